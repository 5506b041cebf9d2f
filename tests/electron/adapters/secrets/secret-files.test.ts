import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEncryptedSecrets } from '../../../../electron/adapters/secrets/encrypted-secrets.ts';
import { createEnvironmentSecrets } from '../../../../electron/adapters/secrets/environment-secrets.ts';
import { createSecretFile } from '../../../../electron/adapters/secrets/secret-file.ts';
import type { Encrypter } from '../../../../electron/engine/secret-port.ts';
import { Secret } from '../../../../shared/settings/profile-secret.ts';
import { LINCOLN_ID } from '../../../shared/settings/profile-fixtures.ts';
import { never, secretPartsIn, tempDir } from '../../settings-in-folder.ts';

async function place(): Promise<{ path: string; parts: ReturnType<typeof secretPartsIn> }> {
  const dir = join(await tempDir(), 'secrets');
  return { path: join(dir, 'secrets.json'), parts: secretPartsIn(dir) };
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('the file of secrets', () => {
  it('and its folder are open to nobody else, even if the folder was', async () => {
    const { path, parts } = await place();
    await mkdir(join(path, '..'), { mode: 0o755 });
    const store = createSecretFile(path, parts);
    await store.set(LINCOLN_ID, 'openai-api-key', new Secret('sk'), never);
    expect(await modeOf(path)).toBe(0o600);
    expect(await modeOf(join(path, '..'))).toBe(0o700);
  });

  it.each([0o640, 0o604, 0o660])(
    'with mode %o is refused, and the message says how to close it',
    async (mode) => {
      const { path, parts } = await place();
      const store = createSecretFile(path, parts);
      await store.set(LINCOLN_ID, 'openai-api-key', new Secret('sk-hidden'), never);
      await chmod(path, mode);
      const refused = { code: 'secrets.exposed', hint: expect.stringContaining(`chmod 600 ${path}`) };
      await expect(store.get(LINCOLN_ID, 'openai-api-key', never)).rejects.toMatchObject(refused);
      await expect(store.has(LINCOLN_ID, 'openai-api-key', never)).rejects.toMatchObject(refused);
      await expect(store.set(LINCOLN_ID, 'openai-api-key', new Secret('x'), never)).rejects.toMatchObject(
        refused,
      );
      expect(await readFile(path, 'utf8')).toContain('sk-hidden');
    },
  );

  it('that is damaged is set aside and told, without a word of what it held', async () => {
    const { path, parts } = await place();
    await mkdir(join(path, '..'));
    await writeFile(path, '{"version":1,"secrets":{"sk-hidden', { mode: 0o600 });
    const store = createSecretFile(path, parts);
    expect(await store.has(LINCOLN_ID, 'openai-api-key', never)).toBe(false);
    expect(parts.notices).toHaveLength(1);
    expect(JSON.stringify(parts.notices)).not.toContain('sk-hidden');
    const kept = `${path}.corrupt-2026-11-25T10-20-30.000Z`;
    expect(await readFile(kept, 'utf8')).toContain('sk-hidden');
    expect(await modeOf(kept)).toBe(0o600);
  });

  it('is shared by two stores without losing what either set', async () => {
    const { path, parts } = await place();
    const stores = [createSecretFile(path, parts), createSecretFile(path, secretPartsIn(join(path, '..')))];
    const ids = Array.from({ length: 10 }, (_, at) => `profile-${at}`);
    await Promise.all(ids.map((id, at) => stores[at % 2]?.set(id, 'kafka-password', new Secret(id), never)));
    for (const id of ids) expect((await stores[0]?.get(id, 'kafka-password', never))?.reveal()).toBe(id);
  });
});

/** Turns the text around: enough to see whether it was asked. */
function encrypter(available: 'yes' | 'basic_text' | 'no', broken = false): Encrypter {
  const turned = (text: string): string => [...text].toReversed().join('');
  return {
    available: async () => available,
    encrypt: async (text) => new TextEncoder().encode(turned(text)),
    async decrypt(bytes) {
      if (broken) throw new Error(`cannot decrypt ${new TextDecoder().decode(bytes)}`);
      return turned(new TextDecoder().decode(bytes));
    },
  };
}

describe('encrypted secrets', () => {
  it('are written encrypted only', async () => {
    const { path, parts } = await place();
    const store = createEncryptedSecrets(path, encrypter('yes'), parts);
    await store.set(LINCOLN_ID, 'openai-api-key', new Secret('sk-hidden'), never);
    expect(await store.protection(never)).toEqual({ kind: 'keychain' });
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('sk-hidden');
    expect(text).toContain(Buffer.from('neddih-ks').toString('base64'));
  });

  it('are not kept in basic text before the person has agreed, and are afterwards', async () => {
    const { path, parts } = await place();
    const store = createEncryptedSecrets(path, encrypter('basic_text'), parts);
    expect(await store.protection(never)).toEqual({ kind: 'basic-text', allowed: false });
    const set = () => store.set(LINCOLN_ID, 'openai-api-key', new Secret('sk'), never);
    await expect(set()).rejects.toMatchObject({ code: 'secrets.consent' });
    expect(await store.has(LINCOLN_ID, 'openai-api-key', never)).toBe(false);
    await store.allowUnprotected(never);
    await set();
    const later = createEncryptedSecrets(path, encrypter('basic_text'), parts);
    expect(await later.protection(never)).toEqual({ kind: 'basic-text', allowed: true });
    expect((await later.get(LINCOLN_ID, 'openai-api-key', never))?.reveal()).toBe('sk');
  });

  it('are not kept at all where the system cannot encrypt', async () => {
    const { path, parts } = await place();
    const store = createEncryptedSecrets(path, encrypter('no'), parts);
    expect(await store.protection(never)).toEqual({ kind: 'none' });
    const set = store.set(LINCOLN_ID, 'openai-api-key', new Secret('sk'), never);
    await expect(set).rejects.toMatchObject({ code: 'secrets.unavailable' });
    await expect(readdir(join(path, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of another keychain are asked for again; what the system said about them is dropped', async () => {
    const { path, parts } = await place();
    const own = createEncryptedSecrets(path, encrypter('yes'), parts);
    await own.set(LINCOLN_ID, 'openai-api-key', new Secret('sk-hidden'), never);
    const other = createEncryptedSecrets(path, encrypter('yes', true), parts);
    const thrown: unknown = await other
      .get(LINCOLN_ID, 'openai-api-key', never)
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      code: 'secrets.unreadable',
      message: expect.stringContaining('key for OpenAI'),
    });
    expect((thrown as Error).cause).toBeUndefined();
  });
});

describe('secrets of the environment', () => {
  it('come before those of the file, from a variable or from the file it names', async () => {
    const { path, parts } = await place();
    const mounted = join(await tempDir(), 'mounted');
    await writeFile(mounted, 'from-mount\n');
    const file = createSecretFile(path, parts);
    await file.set(LINCOLN_ID, 'openai-api-key', new Secret('from-file'), never);
    const store = createEnvironmentSecrets(
      { OPENAI_API_KEY: 'from-variable', DB_PASSWORD: '', DB_PASSWORD_FILE: mounted },
      file,
    );
    expect((await store.get(LINCOLN_ID, 'openai-api-key', never))?.reveal()).toBe('from-variable');
    expect((await store.get('any', 'postgres-password', never))?.reveal()).toBe('from-mount');
    expect(await store.has('any', 'postgres-password', never)).toBe(true);
    expect(await store.has('any', 'kafka-password', never)).toBe(false);
  });

  it('are never written down by a copy', async () => {
    const { path, parts } = await place();
    const file = createSecretFile(path, parts);
    const store = createEnvironmentSecrets({ OPENAI_API_KEY: 'from-variable' }, file);
    await store.copyAll(LINCOLN_ID, 'copy', never);
    expect(await file.has('copy', 'openai-api-key', never)).toBe(false);
  });

  it('from a file that cannot be read are an error that names the variable', async () => {
    const { path, parts } = await place();
    const store = createEnvironmentSecrets(
      { KAFKA_CLIENT_KEY_FILE: '/nowhere/key' },
      createSecretFile(path, parts),
    );
    await expect(store.get(LINCOLN_ID, 'kafka-client-key', never)).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('KAFKA_CLIENT_KEY_FILE'),
    });
  });
});
