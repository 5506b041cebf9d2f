import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { SecretPart } from '../../../shared/settings/profile.ts';
import { Secret } from '../../../shared/settings/profile-secret.ts';
import type { SecretStore } from '../../engine/secret-port.ts';

/** The variable of each part; with `_FILE` behind it, a file that holds it (mounted secrets of containers). */
export const SECRET_VARIABLES: Readonly<Record<SecretPart, string>> = {
  'postgres-password': 'DB_PASSWORD',
  'kafka-password': 'KAFKA_SASL_PASSWORD',
  'kafka-client-key': 'KAFKA_CLIENT_KEY',
  'openai-api-key': 'OPENAI_API_KEY',
};

/**
 * Secrets of the environment before those of `below`, for whatever profile is used: containers and CI have one.
 * Read anew for every call, so that a mounted secret may be exchanged. Saving and removing go to `below`.
 */
export function createEnvironmentSecrets(
  variables: Readonly<Record<string, string | undefined>>,
  below: SecretStore,
): SecretStore {
  return {
    ...below,
    has: async (profileId, part, signal) =>
      isSet(variables, part) || (await below.has(profileId, part, signal)),
    get: async (profileId, part, signal) =>
      (await fromEnvironment(variables, part)) ?? (await below.get(profileId, part, signal)),
  };
}

function isSet(variables: Readonly<Record<string, string | undefined>>, part: SecretPart): boolean {
  const name = SECRET_VARIABLES[part];
  return (variables[name] ?? '') !== '' || (variables[`${name}_FILE`] ?? '') !== '';
}

/** Null where neither variable is set. Throws settings.invalid where the file cannot be read. */
async function fromEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  part: SecretPart,
): Promise<Secret | null> {
  const name = SECRET_VARIABLES[part];
  const text = variables[name];
  if (text !== undefined && text !== '') return new Secret(text);
  const path = variables[`${name}_FILE`];
  if (path === undefined || path === '') return null;
  try {
    // Editors and `echo` end a file with a line break that is no part of the secret.
    return new Secret((await readFile(path, 'utf8')).replace(/\r?\n$/, ''));
  } catch (cause) {
    throw new AppError({
      code: 'settings.invalid',
      message: `${name}_FILE names a file that cannot be read: ${path}`,
      hint: 'See that the file exists and that this account may read it.',
      cause,
    });
  }
}
