import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type Environment, readEnvironment, SECRET_NAMES } from '../../shared/settings/environment.ts';
import type { SavedProfile, SecretPart } from '../../shared/settings/profile.ts';
import type { Secret } from '../../shared/settings/profile-secret.ts';

/** Where a load goes: a sandbox on this machine, what the environment names, or a saved profile. */
export interface Profile {
  name: string;
  kind: 'sandbox' | 'environment' | 'saved';
  /** Of a saved profile: this machine's own settings, with the profile's sizes and names over them. */
  environment: Environment;
  /** Accession's own files. */
  homeDir: string;
  /** Holds `vector_store/`. */
  dataDir: string;
  /** Holds a sandbox's database and journal. */
  sandboxDir: string;
  /** Null for the built-in sandbox and for the environment. */
  saved: SavedProfile | null;
  /** Of a saved profile; null for what was never entered. */
  secret(part: SecretPart): Promise<Secret | null>;
}

/**
 * The profile a command works with: the environment when DB_URL is set, else the sandbox. `variables` is the
 * process environment; secrets may come from `<NAME>_FILE`. Throws settings.invalid.
 */
export function chooseProfile(
  variables: Readonly<Record<string, string | undefined>>,
  name: string | null,
): Profile {
  const environment = readProcessEnvironment(variables);
  const homeDir = homeDirOf(variables);
  const kind = kindOf(name, environment);
  const dataDir = resolve(environment.DATA_DIR ?? join(homeDir, kind, 'data'));
  const sandboxDir = join(homeDir, 'sandbox');
  return {
    name: kind,
    kind,
    environment,
    homeDir,
    dataDir,
    sandboxDir,
    saved: null,
    secret: async () => null,
  };
}

/** The environment with secrets from `<NAME>_FILE`. Throws settings.invalid. */
export function readProcessEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  return readEnvironment(withSecretFiles(variables));
}

/** Where Accession's own files are, absolute: ACCESSION_HOME, or the place that each system keeps such files in. */
export function homeDirOf(variables: Readonly<Record<string, string | undefined>>): string {
  const chosen = variables.ACCESSION_HOME?.trim() ?? '';
  return resolve(chosen === '' ? defaultHome(variables) : chosen);
}

function kindOf(name: string | null, environment: Environment): 'sandbox' | 'environment' {
  if (name === null) return environment.DB_URL === undefined ? 'sandbox' : 'environment';
  if (name === 'sandbox') return 'sandbox';
  if (name === 'environment' && environment.DB_URL !== undefined) return 'environment';
  throw new AppError({
    code: 'usage.invalid',
    message:
      name === 'environment'
        ? 'The profile "environment" needs DB_URL to be set.'
        : `There is no profile called "${name}".`,
    hint: 'Use --profile sandbox, or set DB_URL and its companions and leave --profile out.',
  });
}

function withSecretFiles(
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const all = { ...variables };
  for (const name of SECRET_NAMES) {
    const path = variables[`${name}_FILE`];
    if (path === undefined || path === '' || (variables[name] ?? '') !== '') continue;
    try {
      all[name] = readFileSync(path, 'utf8').trim();
    } catch (cause) {
      throw new AppError({
        code: 'settings.invalid',
        message: `${name}_FILE names a file that cannot be read: ${path}`,
        hint: 'See that the file exists and that this account may read it.',
        cause,
      });
    }
  }
  return all;
}

/** The place each system keeps an application's data in. */
function defaultHome(variables: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Accession');
  if (process.platform === 'win32')
    return join(variables.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Accession');
  const dataHome = variables.XDG_DATA_HOME;
  return join(
    dataHome === undefined || dataHome === '' ? join(homedir(), '.local', 'share') : dataHome,
    'accession',
  );
}
