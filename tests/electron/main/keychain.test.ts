import { expect, test } from 'vitest';
import { keychainThroughMain } from '../../../electron/backend/keychain-through-main.ts';
import { isKeychainQuestion, keychain, type SystemEncryption } from '../../../electron/main/keychain.ts';

/** Encrypts by turning the text around. */
function system(options: { available?: boolean; backend?: string } = {}): SystemEncryption {
  const turned = (text: string): string => [...text].reverse().join('');
  return {
    isAsyncEncryptionAvailable: async () => options.available ?? true,
    encryptStringAsync: async (text) => Buffer.from(turned(text)),
    async decryptStringAsync(bytes) {
      if (bytes.length === 0) throw new Error('of another account: hunter2');
      return { result: turned(bytes.toString()) };
    },
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
  };
}

/** Backend and main, with the parent port between them. */
function desktop(encryption: SystemEncryption, platform: NodeJS.Platform = 'linux') {
  const crossed: unknown[] = [];
  const answer = keychain(
    encryption,
    (message) => {
      crossed.push(message);
      backend.receive(message);
    },
    platform,
  );
  const backend = keychainThroughMain((question) => {
    expect(isKeychainQuestion(question)).toBe(true);
    void answer(question);
  });
  return { encrypter: backend.encrypter, crossed };
}

test('what the backend has encrypted by main it gets decrypted again', async () => {
  const { encrypter } = desktop(system());
  const sealed = await encrypter.encrypt('päßword ✓');
  expect(Buffer.from(sealed).toString()).toBe('✓ drowßäp');
  expect(await encrypter.decrypt(sealed)).toBe('päßword ✓');
});

test('questions that are asked at once get their own answers', async () => {
  const { encrypter } = desktop(system());
  const sealed = await Promise.all(['a1', 'b2', 'c3'].map((text) => encrypter.encrypt(text)));
  expect(sealed.map((bytes) => Buffer.from(bytes).toString())).toEqual(['1a', '2b', '3c']);
});

test.each([
  ['a keychain', {}, 'linux', 'yes'],
  ['no encryption', { available: false }, 'linux', 'no'],
  ['a key that everybody knows', { backend: 'basic_text' }, 'linux', 'basic_text'],
  ['a system other than Linux, which has no such choice', { backend: 'basic_text' }, 'darwin', 'yes'],
] as const)('%s is told as what it is', async (_what, options, platform, expected) => {
  expect(await desktop(system(options), platform).encrypter.available()).toBe(expected);
});

test('what the system refuses rejects, and its words go nowhere', async () => {
  const { encrypter, crossed } = desktop(system());
  const refused = await encrypter.decrypt(new Uint8Array()).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(Error);
  expect(`${refused} ${JSON.stringify(crossed)}`).not.toContain('hunter2');
});

test('a main process that does not answer is waited for no longer than two minutes', async () => {
  const limits: { ms: number; stop: AbortController }[] = [];
  const { encrypter, receive } = keychainThroughMain(
    () => {},
    (ms) => {
      const stop = new AbortController();
      limits.push({ ms, stop });
      return stop.signal;
    },
  );
  const asked = encrypter.encrypt('hunter2').catch((thrown: unknown) => String(thrown));
  limits[0]?.stop.abort();
  expect(await asked).toBe('Error: The keychain did not encrypt.');
  expect(limits[0]?.ms).toBe(120_000);
  expect(receive({ kind: 'keychain-answer', id: 1, value: 'late' })).toBe(true);
});

test.each([[null], ['keychain-answer'], [{ kind: 'faiss-reply', channel: 1 }]])(
  '%j is no answer of the keychain',
  (message) => {
    expect(keychainThroughMain(() => {}).receive(message)).toBe(false);
    expect(isKeychainQuestion(message)).toBe(false);
  },
);
