import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts with a key that only this process knows, or, as `basic_text` does, with one that everybody knows. */
export function createSafeStorage(mode: 'keychain' | 'basic_text' | 'none') {
  const key = Buffer.alloc(32, mode === 'basic_text' ? 'peanuts' : 'a key from the keychain of this system');

  function encrypt(text: string): Buffer {
    if (mode === 'none') throw new Error('Error while encrypting the text provided to safeStorage.');
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([
      Buffer.from(mode === 'basic_text' ? 'v10' : 'v11'),
      iv,
      cipher.getAuthTag(),
      sealed,
    ]);
  }
  function decrypt(sealed: Buffer): string {
    if (mode === 'none') throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
  }

  return {
    isAsyncEncryptionAvailable: async () => mode !== 'none',
    encryptStringAsync: async (text: string) => encrypt(text),
    decryptStringAsync: async (sealed: Buffer) => ({ result: decrypt(sealed), shouldReEncrypt: false }),
    isEncryptionAvailable: () => mode !== 'none',
    encryptString: encrypt,
    decryptString: decrypt,
    getSelectedStorageBackend: () =>
      mode === 'keychain' ? 'gnome_libsecret' : mode === 'none' ? 'unknown' : mode,
    setUsePlainTextEncryption() {},
  };
}
