import { describe, expect, it } from 'vitest';
import type { ProfilePorts } from '../../../../electron/application/profiles/profile-ports.ts';
import { clearSecret, setSecret } from '../../../../electron/application/profiles/profile-secrets.ts';
import {
  createProfile,
  deleteProfile,
  duplicateProfile,
  editProfile,
  listProfiles,
  reorderProfiles,
  showProfile,
  useProfile,
} from '../../../../electron/application/profiles/profiles.ts';
import { Secret } from '../../../../shared/settings/profile-secret.ts';
import { NO_PROFILES, withProfile } from '../../../../shared/settings/saved-profiles.ts';
import { createMemoryProfiles } from '../../../fakes/memory-profiles.ts';
import { createMemorySecrets } from '../../../fakes/memory-secrets.ts';
import {
  ADAMS_ID,
  adams,
  complete,
  LINCOLN_ID,
  lincoln,
  PRIVATE_KEY,
} from '../../../shared/settings/profile-fixtures.ts';
import { never } from '../../settings-in-folder.ts';

function portsWith(...profiles: ReturnType<typeof lincoln>[]): ProfilePorts {
  let count = 0;
  return {
    profiles: createMemoryProfiles(profiles.reduce(withProfile, NO_PROFILES)),
    secrets: createMemorySecrets(),
    random: {
      uuid: () => {
        count += 1;
        return `${String(count).padStart(8, '9')}-9999-4999-8999-999999999999`;
      },
    },
  };
}

const { id: _, ...DRAFT } = lincoln({ name: 'Grant' });
const names = async (ports: ProfilePorts): Promise<string[]> =>
  (await listProfiles(ports, never)).profiles.map(({ profile }) => profile.name);

describe('creating a profile', () => {
  it('gives it an id and says what is still to be entered', async () => {
    const ports = portsWith(lincoln());
    const outcome = await createProfile(ports, DRAFT, never);
    expect(outcome).toMatchObject({
      outcome: 'saved',
      view: {
        profile: { name: 'Grant' },
        missing: ['postgres-password'],
        secrets: { 'postgres-password': false },
      },
    });
    expect(await names(ports)).toEqual(['Lincoln', 'Grant']);
  });

  it('is refused with a problem at each field, and nothing is saved', async () => {
    const ports = portsWith(lincoln());
    const outcome = await createProfile(ports, { ...DRAFT, name: 'lincoln' }, never);
    expect(outcome).toEqual({
      outcome: 'refused',
      problems: { name: expect.stringContaining('Another profile') },
    });
    expect(await names(ports)).toEqual(['Lincoln']);
  });
});

describe('editing a profile', () => {
  it('keeps its id, place and secrets', async () => {
    const ports = portsWith(lincoln(), adams());
    await setSecret(ports, LINCOLN_ID, 'postgres-password', new Secret('p'), never);
    const { revision } = await showProfile(ports, 'lincoln', never);
    const draft = { ...DRAFT, name: 'Lincoln West', readOnly: true };
    const outcome = await editProfile(ports, { id: LINCOLN_ID, revision, draft }, never);
    expect(outcome).toMatchObject({
      outcome: 'saved',
      cleared: [],
      view: { profile: { id: LINCOLN_ID, readOnly: true }, missing: [] },
    });
    expect(await names(ports)).toEqual(['Lincoln West', 'Adams']);
  });

  it('that was begun before somebody else changed it is refused', async () => {
    const ports = portsWith(lincoln());
    const { revision } = await showProfile(ports, 'lincoln', never);
    await editProfile(ports, { id: LINCOLN_ID, revision, draft: { ...DRAFT, name: 'Theirs' } }, never);
    const late = editProfile(ports, { id: LINCOLN_ID, revision, draft: { ...DRAFT, name: 'Ours' } }, never);
    await expect(late).rejects.toMatchObject({ code: 'profile.changed' });
    expect(await names(ports)).toEqual(['Theirs']);
  });

  it('onto another server takes the password away, and says so', async () => {
    const ports = portsWith(lincoln());
    await setSecret(ports, LINCOLN_ID, 'postgres-password', new Secret('p'), never);
    const { revision } = await showProfile(ports, 'lincoln', never);
    const draft = {
      ...DRAFT,
      postgres: { host: 'elsewhere.example', database: 'library', user: 'librarian' },
    };
    const outcome = await editProfile(ports, { id: LINCOLN_ID, revision, draft }, never);
    expect(outcome).toMatchObject({
      cleared: ['postgres-password'],
      view: { missing: ['postgres-password'] },
    });
    expect(await ports.secrets.has(LINCOLN_ID, 'postgres-password', never)).toBe(false);
  });

  it('that is refused leaves passwords alone', async () => {
    const ports = portsWith(lincoln(), adams());
    await setSecret(ports, LINCOLN_ID, 'postgres-password', new Secret('p'), never);
    const { revision } = await showProfile(ports, 'lincoln', never);
    const draft = {
      ...DRAFT,
      name: 'Adams',
      postgres: { host: 'elsewhere.example', database: 'd', user: 'u' },
    };
    const outcome = await editProfile(ports, { id: LINCOLN_ID, revision, draft }, never);
    expect(outcome.outcome).toBe('refused');
    expect(await ports.secrets.has(LINCOLN_ID, 'postgres-password', never)).toBe(true);
  });
});

describe('the list of profiles', () => {
  it('can be reordered', async () => {
    const ports = portsWith(lincoln(), adams());
    await reorderProfiles(ports, [ADAMS_ID, LINCOLN_ID], never);
    expect(await names(ports)).toEqual(['Adams', 'Lincoln']);
  });

  it('knows where commands work that name none', async () => {
    const ports = portsWith(lincoln());
    expect((await listProfiles(ports, never)).defaultId).toBeNull();
    await useProfile(ports, 'LINCOLN', never);
    expect((await listProfiles(ports, never)).defaultId).toBe(LINCOLN_ID);
    await useProfile(ports, null, never);
    expect((await listProfiles(ports, never)).defaultId).toBeNull();
  });

  it('answers a mistyped name with the one that was meant', async () => {
    await expect(showProfile(portsWith(lincoln()), 'Lincon', never)).rejects.toMatchObject({
      code: 'profile.unknown',
      message: 'There is no profile "Lincon". Did you mean "Lincoln"?',
    });
  });
});

describe('a duplicate', () => {
  it('stands beside its original, with its settings and secrets under a name of its own', async () => {
    const ports = portsWith(complete(), adams());
    await setSecret(ports, LINCOLN_ID, 'openai-api-key', new Secret('sk'), never);
    const copy = await duplicateProfile(ports, LINCOLN_ID, null, never);
    expect(copy.profile).toEqual({ ...complete(), id: copy.profile.id, name: 'Lincoln (2)' });
    expect(copy.secrets['openai-api-key']).toBe(true);
    expect(await names(ports)).toEqual(['Lincoln', 'Lincoln (2)', 'Adams']);
  });
});

describe('deleting a profile', () => {
  it('needs its name, and takes its secrets along', async () => {
    const ports = portsWith(lincoln(), adams());
    await setSecret(ports, LINCOLN_ID, 'postgres-password', new Secret('p'), never);
    await expect(deleteProfile(ports, LINCOLN_ID, 'yes', never)).rejects.toMatchObject({
      code: 'profile.refused',
    });
    expect(await names(ports)).toEqual(['Lincoln', 'Adams']);
    await deleteProfile(ports, LINCOLN_ID, 'lincoln ', never);
    expect(await names(ports)).toEqual(['Adams']);
    expect(await ports.secrets.has(LINCOLN_ID, 'postgres-password', never)).toBe(false);
  });
});

describe('a secret', () => {
  it('is shown as there or not, and can be cleared', async () => {
    const ports = portsWith(lincoln());
    const view = await setSecret(ports, 'Lincoln', 'postgres-password', new Secret('p'), never);
    expect(view).toMatchObject({ secrets: { 'postgres-password': true }, missing: [] });
    expect((await clearSecret(ports, 'Lincoln', 'postgres-password', never)).missing).toEqual([
      'postgres-password',
    ]);
  });

  it.each([
    ['postgres-password', ' ', 'blank'],
    ['openai-api-key', 'sk-hidden\n', 'line break'],
    ['kafka-client-key', 'hidden', 'PEM'],
    ['kafka-password', 'hidden'.repeat(10_000), 'too long'],
  ] as const)('(%s) that cannot be one is refused without being quoted', async (part, text, why) => {
    const thrown: unknown = await setSecret(
      portsWith(lincoln()),
      'Lincoln',
      part,
      new Secret(text),
      never,
    ).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'profile.refused', message: expect.stringContaining(why) });
    expect(String(thrown)).not.toContain('hidden');
  });

  it('may be a private key of several lines', async () => {
    const view = await setSecret(
      portsWith(complete()),
      'Lincoln',
      'kafka-client-key',
      new Secret(PRIVATE_KEY),
      never,
    );
    expect(view.secrets['kafka-client-key']).toBe(true);
  });
});
