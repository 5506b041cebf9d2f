import type { SecretProtection, SecretStore } from '../../electron/engine/secret-port.ts';
import { Secret } from '../../shared/settings/profile-secret.ts';

/** Secrets in memory; with `protection: 'basic-text'` as a Linux desktop without a keychain has them. */
export function createMemorySecrets(kind: SecretProtection['kind'] = 'file'): SecretStore {
  const kept = new Map<string, string>();
  const keyOf = (profileId: string, part: string): string => `${profileId} ${part}`;
  let allowed = false;
  return {
    protection: async () => (kind === 'basic-text' ? { kind, allowed } : { kind }),
    async allowUnprotected() {
      allowed = true;
    },
    has: async (profileId, part) => kept.has(keyOf(profileId, part)),
    async get(profileId, part) {
      const text = kept.get(keyOf(profileId, part));
      return text === undefined ? null : new Secret(text);
    },
    async set(profileId, part, secret) {
      kept.set(keyOf(profileId, part), secret.reveal());
    },
    async clear(profileId, part) {
      kept.delete(keyOf(profileId, part));
    },
    async copyAll(fromId, toId) {
      for (const [key, text] of [...kept])
        if (key.startsWith(`${fromId} `)) kept.set(key.replace(fromId, toId), text);
    },
    async removeAll(profileId) {
      for (const key of [...kept.keys()]) if (key.startsWith(`${profileId} `)) kept.delete(key);
    },
  };
}
