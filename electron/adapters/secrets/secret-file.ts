import type { SecretPart } from '../../../shared/settings/profile.ts';
import { Secret } from '../../../shared/settings/profile-secret.ts';
import type { SecretStore } from '../../engine/secret-port.ts';
import { withCopiedSecrets, withoutProfileSecrets, withSecret } from './secrets-content.ts';
import { type SecretsFileParts, secretsOnDisk } from './secrets-on-disk.ts';

/** Secrets as plain text in a file that only this account may read: for the doors without a keychain. */
export function createSecretFile(path: string, parts: SecretsFileParts): SecretStore {
  const disk = secretsOnDisk(path, parts);
  const find = async (profileId: string, part: SecretPart): Promise<string | null> =>
    (await disk.read()).secrets[profileId]?.[part] ?? null;
  return {
    protection: async () => ({ kind: 'file' }),
    allowUnprotected: async () => undefined,
    has: async (profileId, part) => (await find(profileId, part)) !== null,
    async get(profileId, part) {
      const text = await find(profileId, part);
      return text === null ? null : new Secret(text);
    },
    set: (profileId, part, secret, signal) =>
      disk.change(signal, (content) => withSecret(content, profileId, part, secret.reveal())),
    clear: (profileId, part, signal) =>
      disk.change(signal, (content) => withSecret(content, profileId, part, null)),
    copyAll: (fromId, toId, signal) =>
      disk.change(signal, (content) => withCopiedSecrets(content, fromId, toId)),
    removeAll: (profileId, signal) =>
      disk.change(signal, (content) => withoutProfileSecrets(content, profileId)),
  };
}
