import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setSecret } from '../../../electron/application/profiles/profile-secrets.ts';
import { createProfile, useProfile } from '../../../electron/application/profiles/profiles.ts';
import { openEmbedder, throwIfUnconfigured } from '../../../electron/compose/outside.ts';
import { embedderOptions, kafkaOptions } from '../../../electron/compose/outside-access.ts';
import type { Profile } from '../../../electron/compose/profile.ts';
import { findChosenProfile } from '../../../electron/compose/saved-profile.ts';
import { openSettings } from '../../../electron/compose/settings.ts';
import { tuningOf } from '../../../electron/compose/tuning.ts';
import type { SecretPart } from '../../../shared/settings/profile.ts';
import { Secret } from '../../../shared/settings/profile-secret.ts';
import { complete, lincoln, PRIVATE_KEY } from '../../shared/settings/profile-fixtures.ts';
import { never, tempDir } from '../settings-in-folder.ts';

const SECRETS: Record<SecretPart, string> = {
  'postgres-password': 'p@ss',
  'kafka-password': 'k-pass',
  'kafka-client-key': PRIVATE_KEY,
  'openai-api-key': 'sk-key',
};

/** A home with these profiles, and the variables of a process that works in it. */
async function homeWith(...drafts: ReturnType<typeof lincoln>[]): Promise<Record<string, string>> {
  const homeDir = await tempDir();
  const settings = await openSettings({ homeDir, secrets: { variables: {} }, onNotice: () => undefined });
  for (const { id: _, ...draft } of drafts) {
    const outcome = await createProfile(settings, draft, never);
    if (outcome.outcome === 'refused') throw new Error(JSON.stringify(outcome.problems));
    for (const part of Object.keys(SECRETS) as SecretPart[])
      await setSecret(settings, outcome.view.profile.id, part, new Secret(SECRETS[part]), never);
  }
  return { ACCESSION_HOME: homeDir };
}

const choose = (variables: Record<string, string>, name: string | null): Promise<Profile> =>
  findChosenProfile(variables, name, () => undefined);

describe('--profile', () => {
  it('finds a saved profile whatever its capitals, with everything it names', async () => {
    const profile = await choose(await homeWith(complete()), 'lincoln');
    expect(profile).toMatchObject({ name: 'Lincoln', kind: 'saved', dataDir: '/srv/engine/data' });
    expect(tuningOf(profile)).toMatchObject({
      chunkRows: 1_000,
      embedConcurrency: 4,
      topicNames: { books: 'prod.book_events', students: 'student_events' },
    });
    expect(await embedderOptions(profile)).toEqual({
      apiKey: 'sk-key',
      baseUrl: 'https://models.school.example/v1',
      model: 'bge-m3',
      dimensions: 1536,
    });
    // Its certificates are made up: they are looked at before anything is reached.
    await expect(kafkaOptions(profile)).rejects.toMatchObject({ code: 'settings.invalid' });
    expect((await openEmbedder(profile)).model).toBe('bge-m3');
  });

  it('still knows sandbox and environment, saved profiles or not', async () => {
    const variables = await homeWith(lincoln());
    expect(await choose(variables, 'sandbox')).toMatchObject({ kind: 'sandbox', saved: null });
    expect(await choose(variables, null)).toMatchObject({ kind: 'sandbox' });
    const withUrl = { ...variables, DB_URL: 'postgresql://u:p@localhost/d' };
    expect(await choose(withUrl, null)).toMatchObject({ kind: 'environment', saved: null });
    expect(await choose(withUrl, 'environment')).toMatchObject({ kind: 'environment' });
    await expect(choose(variables, 'environment')).rejects.toMatchObject({ code: 'usage.invalid' });
  });

  it('mistyped is answered with the name that was meant', async () => {
    const variables = await homeWith(lincoln());
    await expect(choose(variables, 'Lincon')).rejects.toMatchObject({
      code: 'profile.unknown',
      message: 'There is no profile "Lincon". Did you mean "Lincoln"?',
    });
    await expect(choose({ ACCESSION_HOME: await tempDir() }, 'sandbax')).rejects.toThrow(
      'Did you mean "sandbox"?',
    );
  });

  it('left out means the default, behind DB_URL', async () => {
    const variables = await homeWith(lincoln());
    const homeDir = variables.ACCESSION_HOME ?? '';
    const settings = await openSettings({ homeDir, secrets: { variables }, onNotice: () => undefined });
    await useProfile(settings, 'Lincoln', never);
    expect(await choose(variables, null)).toMatchObject({ name: 'Lincoln' });
    expect(await choose({ ...variables, DB_URL: 'postgresql://u:p@localhost/d' }, null)).toMatchObject({
      kind: 'environment',
    });
  });

  it('tells of a damaged file and goes on with the last good one', async () => {
    const variables = await homeWith(lincoln());
    await writeFile(join(variables.ACCESSION_HOME ?? '', 'profiles.json'), '{');
    const notices: string[] = [];
    const profile = await findChosenProfile(variables, 'Lincoln', (notice) => notices.push(notice));
    expect(profile.name).toBe('Lincoln');
    expect(notices.join()).toContain('was damaged');
  });
});

describe('a saved profile', () => {
  it('is not mixed with the connections of the environment, but takes its secrets and this machine’s sizes', async () => {
    const variables = await homeWith(lincoln({ openai: {} }));
    const profile = await choose(
      {
        ...variables,
        EMBEDDING_MODEL: 'other',
        BOOK_EVENTS_TOPIC: 'other',
        OPENAI_API_KEY: 'sk-env',
        BATCH_SIZE: '7',
      },
      'Lincoln',
    );
    expect(await embedderOptions(profile)).toMatchObject({
      apiKey: 'sk-env',
      model: 'text-embedding-3-small',
    });
    expect(tuningOf(profile)).toMatchObject({ chunkRows: 7, topicNames: { books: 'book_events' } });
  });

  it('without what a load needs says so by its name before anything is opened', async () => {
    const profile = await choose(await homeWith(lincoln()), 'Lincoln');
    expect(() => throwIfUnconfigured(profile, { embed: true, publish: true })).toThrow(
      /"Lincoln"[\s\S]*--no-embed[\s\S]*--no-events/,
    );
    expect(() => throwIfUnconfigured(profile, { embed: false, publish: false })).not.toThrow();
  });

  it('whose key was never entered says how to enter it', async () => {
    const variables = { ACCESSION_HOME: await tempDir() };
    const settings = await openSettings({
      homeDir: variables.ACCESSION_HOME,
      secrets: { variables },
      onNotice: () => undefined,
    });
    await createProfile(settings, { ...lincoln({ openai: {} }) }, never);
    const profile = await choose(variables, 'Lincoln');
    await expect(openEmbedder(profile)).rejects.toMatchObject({
      code: 'settings.invalid',
      hint: expect.stringContaining('accession profiles secret "Lincoln" openai-api-key'),
    });
  });

  it('that asks for an index which cannot be built yet is refused, not taken for another', async () => {
    const variables = await homeWith(lincoln({ vectorStore: { index: 'hnsw' } }));
    await expect(choose(variables, 'Lincoln')).rejects.toMatchObject({ code: 'settings.invalid' });
  });

  it('written by hand is held to the same rules as one that was entered', async () => {
    const homeDir = await tempDir();
    const unverified = complete({ kafka: { brokers: ['kafka.school.example:9093'], tls: 'encrypt' } });
    await writeFile(join(homeDir, 'profiles.json'), JSON.stringify({ profiles: [unverified] }));
    await expect(choose({ ACCESSION_HOME: homeDir }, 'Lincoln')).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('kafka.tls: In production the server has to prove who it is'),
    });
  });

  it('of kind sandbox has a folder of its own', async () => {
    const variables = await homeWith(lincoln({ kind: 'sandbox', postgres: null }));
    const profile = await choose(variables, 'Lincoln');
    expect(profile).toMatchObject({ kind: 'sandbox', environment: { VECTOR_STORE_TYPE: undefined } });
    expect(profile.sandboxDir).toBe(
      join(variables.ACCESSION_HOME ?? '', 'profiles', profile.saved?.id ?? '', 'sandbox'),
    );
  });
});
