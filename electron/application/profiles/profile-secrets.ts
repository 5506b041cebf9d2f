import { AppError } from '../../../shared/errors.ts';
import type { SecretPart } from '../../../shared/settings/profile.ts';
import { SECRET_WORDS, type Secret } from '../../../shared/settings/profile-secret.ts';
import type { SecretProtection } from '../../engine/secret-port.ts';
import { type ProfilePorts, type ProfileView, profileOf, viewOf } from './profile-ports.ts';

/** PEM keys are the longest; what is longer is a file named by mistake. */
const MAX_LENGTH = 32_768;

/** Throws profile.unknown, profile.refused, and what SecretStore.set throws. */
export async function setSecret(
  ports: ProfilePorts,
  idOrName: string,
  part: SecretPart,
  secret: Secret,
  signal: AbortSignal,
): Promise<ProfileView> {
  const profile = profileOf(await ports.profiles.read(signal), idOrName);
  const problem = problemOf(part, secret.reveal());
  if (problem !== null)
    throw new AppError({
      code: 'profile.refused',
      message: `The ${SECRET_WORDS[part]} was not saved: ${problem}`,
      hint: 'Enter it again.',
    });
  await ports.secrets.set(profile.id, part, secret, signal);
  return viewOf(ports, profile, signal);
}

function problemOf(part: SecretPart, text: string): string | null {
  if (text.trim() === '') return 'it is blank.';
  if (text.length > MAX_LENGTH) return 'it is too long to be one.';
  if (part === 'kafka-client-key')
    return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? null : 'it is no private key in PEM form.';
  // A line break is a slip of the clipboard, and in an HTTP header it would be an error that quotes the key.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text) ? 'it holds a line break or another control character.' : null;
}

/** Throws profile.unknown. */
export async function clearSecret(
  ports: ProfilePorts,
  idOrName: string,
  part: SecretPart,
  signal: AbortSignal,
): Promise<ProfileView> {
  const profile = profileOf(await ports.profiles.read(signal), idOrName);
  await ports.secrets.clear(profile.id, part, signal);
  return viewOf(ports, profile, signal);
}

/** The person was told that this computer does not protect secrets, and agreed. */
export async function allowUnprotectedSecrets(
  ports: ProfilePorts,
  signal: AbortSignal,
): Promise<SecretProtection> {
  await ports.secrets.allowUnprotected(signal);
  return ports.secrets.protection(signal);
}
