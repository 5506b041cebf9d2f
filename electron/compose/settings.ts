import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { writeWhole } from '../adapters/mappings/write-file.ts';
import { writeNamed } from '../adapters/mappings/write-named.ts';
import { createProfileFile, type SettingsStore } from '../adapters/profiles/profile-file.ts';
import { createSettingsLock } from '../adapters/profiles/settings-lock.ts';
import { readTextFile } from '../adapters/profiles/text-file.ts';
import { createEncryptedSecrets } from '../adapters/secrets/encrypted-secrets.ts';
import { createEnvironmentSecrets } from '../adapters/secrets/environment-secrets.ts';
import { createSecretFile } from '../adapters/secrets/secret-file.ts';
import type { SecretsFileParts } from '../adapters/secrets/secrets-on-disk.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { createSystemRandom } from '../adapters/system/random.ts';
import type { ProfilePorts } from '../application/profiles/profile-ports.ts';
import type { SettingsNotice } from '../engine/profile-port.ts';
import type { Encrypter, SecretStore } from '../engine/secret-port.ts';

export interface SettingsOptions {
  /** `homeDirOf(process.env)`. */
  homeDir: string;
  /** electron-store in the desktop's main process; conf, which it is underneath, where this is left out. */
  Store?: SettingsStore;
  /** The desktop's keychain, or a file and the environment's variables for every other door. */
  secrets: { encrypter: Encrypter } | { variables: Readonly<Record<string, string | undefined>> };
  /** Told once for each file that had to be set aside; `profiles.notices()` keeps it. */
  onNotice(notice: SettingsNotice): void;
}

/** Profiles and secrets of this machine, and the files by which they come and go. */
export interface Settings extends ProfilePorts {
  /** Throws AppError file.*. */
  readText(path: string, signal: AbortSignal): Promise<string>;
  /** Throws AppError settings.unwritable. */
  writeText(path: string, text: string): Promise<void>;
}

/** The same for all doors. Nothing is read or created yet. */
export async function openSettings(options: SettingsOptions): Promise<Settings> {
  const { homeDir, onNotice } = options;
  const clock = createSystemClock();
  return {
    profiles: createProfileFile(homeDir, {
      Store: options.Store ?? (await import('conf')).default,
      exclusively: createSettingsLock(join(homeDir, 'profiles.lock')),
      writeWhole,
      clock,
      onNotice,
    }),
    secrets: secretsOf(options, {
      exclusively: createSettingsLock(join(homeDir, 'secrets', 'secrets.lock')),
      writeWhole,
      clock,
      onNotice,
    }),
    random: createSystemRandom(),
    readText: readTextFile,
    async writeText(path, text) {
      await writeNamed(path, text).catch((cause: unknown) => {
        throw new AppError({
          code: 'settings.unwritable',
          message: `The file ${path} cannot be written.`,
          hint: 'See that the folder exists, that you may write there and that the disk is not full.',
          cause,
        });
      });
    },
  };
}

/** In a folder of their own, which only this account may enter; encrypted ones under a name of their own. */
function secretsOf({ homeDir, secrets }: SettingsOptions, parts: SecretsFileParts): SecretStore {
  const dir = join(homeDir, 'secrets');
  if ('encrypter' in secrets)
    return createEncryptedSecrets(join(dir, 'secrets.encrypted.json'), secrets.encrypter, parts);
  return createEnvironmentSecrets(secrets.variables, createSecretFile(join(dir, 'secrets.json'), parts));
}
