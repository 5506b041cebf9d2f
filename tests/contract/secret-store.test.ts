import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEncryptedSecrets } from '../../electron/adapters/secrets/encrypted-secrets.ts';
import { createEnvironmentSecrets } from '../../electron/adapters/secrets/environment-secrets.ts';
import { createSecretFile } from '../../electron/adapters/secrets/secret-file.ts';
import type { Encrypter, SecretStore } from '../../electron/engine/secret-port.ts';
import { Secret } from '../../shared/settings/profile-secret.ts';
import { never, secretPartsIn, tempDir } from '../electron/settings-in-folder.ts';
import { createMemorySecrets } from '../fakes/memory-secrets.ts';
import { ADAMS_ID, LINCOLN_ID, PRIVATE_KEY } from '../shared/settings/profile-fixtures.ts';

/** Real encryption with a key that goes with the process. */
function cipher(): Encrypter {
  const key = randomBytes(32);
  return {
    available: async () => 'yes',
    async encrypt(text) {
      const start = randomBytes(12);
      const engine = createCipheriv('aes-256-gcm', key, start);
      return Buffer.concat([start, engine.update(text, 'utf8'), engine.final(), engine.getAuthTag()]);
    },
    async decrypt(bytes) {
      const engine = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      engine.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([engine.update(bytes.subarray(12, -16)), engine.final()]).toString('utf8');
    },
  };
}

const STORES: Record<string, () => Promise<SecretStore>> = {
  'in memory': async () => createMemorySecrets(),
  'in a file': async () => {
    const dir = await tempDir();
    return createSecretFile(join(dir, 'secrets.json'), secretPartsIn(dir));
  },
  encrypted: async () => {
    const dir = await tempDir();
    return createEncryptedSecrets(join(dir, 'secrets.json'), cipher(), secretPartsIn(dir));
  },
  'under an empty environment': async () => {
    const dir = await tempDir();
    return createEnvironmentSecrets({}, createSecretFile(join(dir, 'secrets.json'), secretPartsIn(dir)));
  },
};

describe.each(Object.entries(STORES))('secrets %s', (_, open) => {
  it('are there once set, for their profile and part alone', async () => {
    const store = await open();
    expect(await store.get(LINCOLN_ID, 'postgres-password', never)).toBeNull();
    await store.set(LINCOLN_ID, 'postgres-password', new Secret('päss "quoted" \\ '), never);
    await store.set(LINCOLN_ID, 'kafka-client-key', new Secret(PRIVATE_KEY), never);
    expect((await store.get(LINCOLN_ID, 'postgres-password', never))?.reveal()).toBe('päss "quoted" \\ ');
    expect((await store.get(LINCOLN_ID, 'kafka-client-key', never))?.reveal()).toBe(PRIVATE_KEY);
    expect(await store.has(LINCOLN_ID, 'postgres-password', never)).toBe(true);
    expect(await store.has(LINCOLN_ID, 'openai-api-key', never)).toBe(false);
    expect(await store.has(ADAMS_ID, 'postgres-password', never)).toBe(false);
  });

  it('are replaced, cleared and removed with their profile, however often', async () => {
    const store = await open();
    for (const text of ['one', 'two']) await store.set(LINCOLN_ID, 'openai-api-key', new Secret(text), never);
    await store.set(LINCOLN_ID, 'kafka-password', new Secret('k'), never);
    await store.set(ADAMS_ID, 'kafka-password', new Secret('other'), never);
    expect((await store.get(LINCOLN_ID, 'openai-api-key', never))?.reveal()).toBe('two');
    await store.clear(LINCOLN_ID, 'openai-api-key', never);
    await store.clear(LINCOLN_ID, 'openai-api-key', never);
    expect(await store.has(LINCOLN_ID, 'openai-api-key', never)).toBe(false);
    await store.removeAll(LINCOLN_ID, never);
    await store.removeAll(LINCOLN_ID, never);
    expect(await store.has(LINCOLN_ID, 'kafka-password', never)).toBe(false);
    expect((await store.get(ADAMS_ID, 'kafka-password', never))?.reveal()).toBe('other');
  });

  it('are copied to another profile, and then go their own ways', async () => {
    const store = await open();
    await store.set(LINCOLN_ID, 'postgres-password', new Secret('one'), never);
    await store.copyAll(LINCOLN_ID, ADAMS_ID, never);
    await store.set(LINCOLN_ID, 'postgres-password', new Secret('two'), never);
    expect((await store.get(ADAMS_ID, 'postgres-password', never))?.reveal()).toBe('one');
  });
});
