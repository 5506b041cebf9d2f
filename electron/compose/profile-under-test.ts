import { readFileSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { readEnvProfile } from '../../shared/settings/env-file-profile.ts';
import type { Environment } from '../../shared/settings/environment.ts';
import { profileSchema, type SavedProfile } from '../../shared/settings/profile.ts';
import { checkProfile } from '../../shared/settings/profile-problems.ts';
import type { ProbeTarget } from '../engine/connection-test-port.ts';
import type { Profile } from './profile.ts';

/** Of the profiles that nobody saved: no secret and no folder is kept under it. */
const NO_ID = '00000000-0000-4000-8000-000000000000';

/**
 * What a command would work with, as its test and its loads take it. The environment is read as its `.env` would be
 * imported, so that both are treated alike. Throws AppError settings.invalid where the environment is no profile.
 */
export function probeTargetOf(profile: Profile): ProbeTarget {
  const { saved, kind, name } = profile;
  if (saved !== null)
    return { profile: saved, secret: async (part) => (await profile.secret(part))?.reveal() ?? null };
  if (kind === 'sandbox')
    return {
      profile: withFolder(profileSchema.parse({ id: NO_ID, name, kind: 'sandbox' }), profile.dataDir),
      secret: async () => null,
    };
  const { draft, secrets } = readEnvProfile(envTextOf(profile.environment), { name, kind: 'test' });
  const ca = authorityOf(profile.environment.DB_URL);
  const postgres = ca === null ? draft.postgres : { ...draft.postgres, ca };
  const checked = checkProfile(NO_ID, { ...draft, postgres, name: 'From the environment' }, []);
  if (!checked.ok)
    throw new AppError({
      code: 'settings.invalid',
      message: `The settings in the environment make no profile:\n${Object.values(checked.problems)
        .map((problem) => `  - ${problem}`)
        .join('\n')}`,
      hint: 'Correct these variables, or name a saved profile.',
    });
  return {
    ...(profile.environment.DB_URL === undefined ? {} : { postgresUrl: profile.environment.DB_URL }),
    profile: withFolder(checked.profile, profile.dataDir),
    secret: async (part) => secrets.find((one) => one.part === part)?.secret.reveal() ?? null,
  };
}

/** A profile holds the authority itself, DB_URL the name of its file. */
function authorityOf(url: string | undefined): string | null {
  const file = url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get('sslrootcert') : null;
  if (file === null || file === 'system') return null;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError({
      code: 'settings.invalid',
      message: 'The file that sslrootcert of DB_URL names cannot be read.',
      hint: 'Check the path and that the file may be read.',
      cause,
    });
  }
}

function withFolder(profile: SavedProfile, dataDir: string): SavedProfile {
  return { ...profile, vectorStore: { ...profile.vectorStore, dataDir } };
}

function envTextOf(environment: Environment): string {
  return Object.entries(environment)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}="${String(value)
          .replace(/["\\$]/g, '\\$&')
          .replaceAll('\n', '\\n')}"`,
    )
    .join('\n');
}
