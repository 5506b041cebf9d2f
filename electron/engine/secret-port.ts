import type { SecretPart } from '../../shared/settings/profile.ts';
import type { Secret } from '../../shared/settings/profile-secret.ts';

/**
 * Passwords and keys of the saved profiles. What goes in comes out on this machine only, and only as a `Secret`;
 * doors ask `has`. No error of it holds a secret or any part of one.
 */
export interface SecretStore {
  /** How secrets are kept here. */
  protection(signal: AbortSignal): Promise<SecretProtection>;
  /** The person agreed that secrets are kept although the system does not protect them. */
  allowUnprotected(signal: AbortSignal): Promise<void>;
  has(profileId: string, part: SecretPart, signal: AbortSignal): Promise<boolean>;
  /** Null where there is none. Throws AppError secrets.unreadable, secrets.exposed, secrets.unavailable. */
  get(profileId: string, part: SecretPart, signal: AbortSignal): Promise<Secret | null>;
  /** Throws AppError secrets.consent, secrets.unavailable, secrets.exposed, settings.unwritable. */
  set(profileId: string, part: SecretPart, secret: Secret, signal: AbortSignal): Promise<void>;
  /** Idempotent. */
  clear(profileId: string, part: SecretPart, signal: AbortSignal): Promise<void>;
  /** What was saved for one profile becomes another's too; nothing is decrypted for it. */
  copyAll(fromProfileId: string, toProfileId: string, signal: AbortSignal): Promise<void>;
  /** Idempotent. */
  removeAll(profileId: string, signal: AbortSignal): Promise<void>;
}

/**
 * `keychain`: encrypted by the system for this account. `file`: a file that only this account may read.
 * `basic-text`: the system offers no keychain, and "encrypts" with a key that everybody knows; the person is
 * asked first. `none`: nothing can be kept.
 */
export type SecretProtection =
  | { kind: 'keychain' }
  | { kind: 'file' }
  | { kind: 'basic-text'; allowed: boolean }
  | { kind: 'none' };

/** The system's own encryption, as the desktop's main process offers it. */
export interface Encrypter {
  available(): Promise<'yes' | 'basic_text' | 'no'>;
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects where another account, machine or keychain encrypted it. */
  decrypt(bytes: Uint8Array): Promise<string>;
}
