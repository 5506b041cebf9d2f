import { AppError } from '../../../shared/errors.ts';
import { SECRET_WORDS, Secret } from '../../../shared/settings/profile-secret.ts';
import type { Encrypter, SecretProtection, SecretStore } from '../../engine/secret-port.ts';
import { withCopiedSecrets, withoutProfileSecrets, withSecret } from './secrets-content.ts';
import { type SecretsFileParts, secretsOnDisk } from './secrets-on-disk.ts';

/**
 * Secrets encrypted by the system before they are written. Where the system has no keychain (Linux without one
 * offers only `basic_text`) nothing is kept before the person has agreed; where it cannot encrypt at all, nothing is.
 */
export function createEncryptedSecrets(
  path: string,
  encrypter: Encrypter,
  parts: SecretsFileParts,
): SecretStore {
  const disk = secretsOnDisk(path, parts);
  const protection = async (): Promise<SecretProtection> => {
    const available = await encrypter.available();
    if (available === 'yes') return { kind: 'keychain' };
    if (available === 'no') return { kind: 'none' };
    return { kind: 'basic-text', allowed: (await disk.read()).allowed };
  };
  return {
    protection,
    allowUnprotected: (signal) =>
      disk.change(signal, (content) => (content.allowed ? content : { ...content, allowed: true })),
    has: async (profileId, part) => (await disk.read()).secrets[profileId]?.[part] !== undefined,
    async get(profileId, part) {
      const kept = (await disk.read()).secrets[profileId]?.[part];
      if (kept === undefined) return null;
      try {
        return new Secret(await encrypter.decrypt(Buffer.from(kept, 'base64')));
      } catch {
        // Whatever the system says of it stays here: nobody promises that it quotes nothing.
        throw new AppError({
          code: 'secrets.unreadable',
          message: `The saved ${SECRET_WORDS[part]} cannot be decrypted: it was saved under another account, computer or keychain.`,
          hint: 'Unlock the keychain of this computer, or enter it again.',
        });
      }
    },
    async set(profileId, part, secret, signal) {
      const now = await protection();
      if (now.kind === 'none') throw unavailable();
      if (now.kind === 'basic-text' && !now.allowed) throw consentNeeded();
      const encrypted = Buffer.from(await encryptedBytes(secret)).toString('base64');
      await disk.change(signal, (content) => withSecret(content, profileId, part, encrypted));
    },
    clear: (profileId, part, signal) =>
      disk.change(signal, (content) => withSecret(content, profileId, part, null)),
    copyAll: (fromId, toId, signal) =>
      disk.change(signal, (content) => withCopiedSecrets(content, fromId, toId)),
    removeAll: (profileId, signal) =>
      disk.change(signal, (content) => withoutProfileSecrets(content, profileId)),
  };

  async function encryptedBytes(secret: Secret): Promise<Uint8Array> {
    try {
      return await encrypter.encrypt(secret.reveal());
    } catch {
      throw unavailable();
    }
  }
}

function unavailable(): AppError {
  return new AppError({
    code: 'secrets.unavailable',
    message: 'This computer offers no way to keep passwords encrypted, so none is saved.',
    hint: 'Unlock or set up the keychain of this computer (on Linux: GNOME Keyring or KWallet), then try again.',
  });
}

function consentNeeded(): AppError {
  return new AppError({
    code: 'secrets.consent',
    message:
      'This computer has no keychain. A password would be saved in a file that every program running under your account can read.',
    hint: 'Set up GNOME Keyring or KWallet, or agree to keep passwords this way.',
  });
}
