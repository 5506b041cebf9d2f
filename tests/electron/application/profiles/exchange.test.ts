import { describe, expect, it } from 'vitest';
import {
  enrol,
  exportProfiles,
  importEnv,
  importProfiles,
  linkTo,
} from '../../../../electron/application/profiles/exchange.ts';
import type { ProfilePorts } from '../../../../electron/application/profiles/profile-ports.ts';
import { listProfiles } from '../../../../electron/application/profiles/profiles.ts';
import { AppError } from '../../../../shared/errors.ts';
import { NO_PROFILES, withProfile } from '../../../../shared/settings/saved-profiles.ts';
import { createMemoryProfiles } from '../../../fakes/memory-profiles.ts';
import { createMemorySecrets } from '../../../fakes/memory-secrets.ts';
import { ADAMS_ID, adams, complete, LINCOLN_ID, lincoln } from '../../../shared/settings/profile-fixtures.ts';
import { never } from '../../settings-in-folder.ts';

function portsWith(...profiles: ReturnType<typeof lincoln>[]): ProfilePorts {
  return {
    profiles: createMemoryProfiles(profiles.reduce(withProfile, NO_PROFILES)),
    secrets: createMemorySecrets(),
    random: { uuid: () => crypto.randomUUID() },
  };
}
const names = async (ports: ProfilePorts): Promise<string[]> =>
  (await listProfiles(ports, never)).profiles.map(({ profile }) => profile.name);

const ENV =
  'DB_URL=postgresql://lib:hidden@db.school.example/library\nKAFKA_BROKERS=k:9092\nOPENAI_API_KEY=sk-hidden\nX=1';

describe("importing the old service's .env", () => {
  it('makes a profile that lacks nothing, and reports names only', async () => {
    const ports = portsWith();
    const outcome = await importEnv(ports, { text: ENV, name: 'Lincoln', kind: 'production' }, never);
    expect(outcome).toMatchObject({
      outcome: 'saved',
      view: { missing: [], profile: { kind: 'production', colour: 'red' } },
      report: { ignored: [{ name: 'X' }] },
    });
    expect(JSON.stringify(outcome)).not.toContain('hidden');
  });

  it('that is refused keeps nothing', async () => {
    const ports = portsWith();
    const outcome = await importEnv(
      ports,
      { text: 'KAFKA_BROKERS=k:9092', name: 'Lincoln', kind: 'test' },
      never,
    );
    expect(outcome).toMatchObject({ outcome: 'refused', problems: { postgres: expect.any(String) } });
    expect(await names(ports)).toEqual([]);
  });

  it('whose passwords cannot be kept leaves no profile behind', async () => {
    const ports = portsWith();
    const consent = new AppError({ code: 'secrets.consent', message: 'Ask first.', hint: '' });
    ports.secrets = { ...ports.secrets, set: () => Promise.reject(consent) };
    await expect(importEnv(ports, { text: ENV, name: 'Lincoln', kind: 'test' }, never)).rejects.toBe(consent);
    expect(await names(ports)).toEqual([]);
  });
});

describe('profiles from elsewhere', () => {
  it('go through an export and an import, under ids of their own', async () => {
    const text = await exportProfiles(portsWith(complete(), adams()), [], never);
    const ports = portsWith(adams({ readOnly: true }));
    const outcome = await importProfiles(ports, text, never);
    expect(outcome.refused).toEqual([]);
    expect(await names(ports)).toEqual(['Adams', 'Lincoln', 'Adams (2)']);
    const ids = outcome.imported.map(({ profile }) => profile.id);
    expect(ids).not.toContain(LINCOLN_ID);
    expect(ids).not.toContain(ADAMS_ID);
    expect(outcome.imported[0]?.profile).toEqual({ ...complete(), id: ids[0] });
  });

  it('cannot take the id, and so the passwords, of one that is here', async () => {
    const ports = portsWith(lincoln());
    const stolen = {
      ...lincoln({ name: 'Evil' }),
      postgres: { host: 'evil.example', database: 'd', user: 'u' },
    };
    const text = JSON.stringify({ format: 'accession-profiles', version: 1, profiles: [stolen] });
    const { imported } = await importProfiles(ports, text, never);
    expect(imported[0]?.profile.id).not.toBe(LINCOLN_ID);
    expect(await names(ports)).toEqual(['Lincoln', 'Evil']);
  });

  it('are imported one by one: what will not do is named, the rest is there', async () => {
    const ports = portsWith();
    const profiles = [{ name: 'Bad', kind: 'test' }, lincoln()];
    const text = JSON.stringify({ format: 'accession-profiles', version: 1, profiles });
    const outcome = await importProfiles(ports, text, never);
    expect(outcome.refused).toEqual([{ name: 'Bad', problems: { postgres: expect.any(String) } }]);
    expect(await names(ports)).toEqual(['Lincoln']);
  });

  it('are refused as a whole from a file that is no export', async () => {
    await expect(importProfiles(portsWith(), 'DB_URL=x', never)).rejects.toMatchObject({
      code: 'profile.refused',
    });
  });

  it('come by a link that asks for the passwords', async () => {
    const { link, asksFor } = await linkTo(portsWith(complete()), 'Lincoln', never);
    expect(asksFor).toEqual(['postgres-password', 'kafka-password', 'kafka-client-key', 'openai-api-key']);
    const outcome = await enrol(portsWith(lincoln()), link, never);
    expect(outcome).toMatchObject({
      outcome: 'saved',
      view: { profile: { name: 'Lincoln (2)' }, missing: asksFor },
    });
  });
});
