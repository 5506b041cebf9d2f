import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/settings/environment.ts';
import type { SavedProfile } from '../../shared/settings/profile.ts';
import {
  BUILT_IN_PROFILES,
  findProfile,
  noSuchProfile,
  sameName,
} from '../../shared/settings/profile-names.ts';
import { profilesOf } from '../../shared/settings/saved-profiles.ts';
import type { SecretStore } from '../engine/secret-port.ts';
import { chooseProfile, homeDirOf, type Profile, readProcessEnvironment } from './profile.ts';
import { openSettings } from './settings.ts';
import { throwIfUnsound } from './sound-profile.ts';

/**
 * The profile a command works with: the named one, built in (`sandbox`, `environment`) or saved; without a name the
 * environment when DB_URL is set, else the saved default, else the sandbox. Throws profile.unknown, usage.invalid,
 * settings.*.
 */
export async function findChosenProfile(
  variables: Readonly<Record<string, string | undefined>>,
  name: string | null,
  notify: (notice: string) => void,
): Promise<Profile> {
  const builtIn = BUILT_IN_PROFILES.find((known) => name !== null && sameName(known, name));
  if (builtIn !== undefined) return chooseProfile(variables, builtIn);
  const environment = readProcessEnvironment(variables);
  const homeDir = homeDirOf(variables);
  // Without a file there is no default, and a load need not wait for the settings to be opened.
  const unsaved = environment.DB_URL !== undefined || !existsSync(join(homeDir, 'profiles.json'));
  if (name === null && unsaved) return chooseProfile(variables, null);
  const { profiles, secrets } = await openSettings({
    homeDir,
    secrets: { variables },
    onNotice: ({ message }) => notify(message),
  });
  const signal = new AbortController().signal;
  const saved = await profiles.read(signal);
  const chosen =
    name === null ? (saved.profiles[saved.default ?? ''] ?? null) : findProfile(profilesOf(saved), name);
  if (chosen !== null) return savedProfile(chosen, { environment, homeDir, secrets });
  if (name === null) return chooseProfile(variables, null);
  throw new AppError({
    code: 'profile.unknown',
    message: noSuchProfile(profilesOf(saved), name),
    hint: 'The saved profiles are listed by: accession profiles list. Without --profile a command works in the sandbox, or in the database that DB_URL names.',
  });
}

/**
 * A saved profile as `compose` takes it. Of the environment only what belongs to this machine counts; where the
 * profile leaves a size open, the environment's is used. Throws settings.invalid where it asks for what this version
 * cannot do.
 */
export function savedProfile(
  saved: SavedProfile,
  parts: { environment: Environment; homeDir: string; secrets: SecretStore },
): Profile {
  const { environment, homeDir, secrets } = parts;
  const dir = join(homeDir, 'profiles', saved.id);
  throwIfUnsound(saved);
  return {
    name: saved.name,
    kind: saved.kind === 'sandbox' ? 'sandbox' : 'saved',
    environment: environmentOf(saved, environment),
    homeDir,
    dataDir: resolve(saved.vectorStore.dataDir ?? join(dir, 'data')),
    sandboxDir: join(dir, 'sandbox'),
    saved,
    secret: (part) => secrets.get(saved.id, part, new AbortController().signal),
  };
}

function environmentOf(saved: SavedProfile, machine: Environment): Environment {
  const topics = saved.kafka?.topics;
  return {
    // Reached over the profile itself (outside-access.ts), with more than variables can say.
    KAFKA_SECURITY: undefined,
    KAFKA_SASL_MECHANISM: undefined,
    VECTOR_METRIC: undefined,
    VECTOR_INDEX: undefined,
    ACCESSION_HOME: machine.ACCESSION_HOME,
    CHECK_THREADS: machine.CHECK_THREADS,
    LOG_LEVEL: machine.LOG_LEVEL,
    BATCH_SIZE: saved.batchRows ?? machine.BATCH_SIZE,
    EMBED_CONCURRENCY: saved.embedConcurrency ?? machine.EMBED_CONCURRENCY,
    DB_POOL_SIZE: saved.postgres?.poolSize ?? machine.DB_POOL_SIZE,
    BOOK_EVENTS_TOPIC: topics?.books,
    STUDENT_EVENTS_TOPIC: topics?.students,
    CHECKOUT_EVENTS_TOPIC: topics?.checkouts,
    BOOK_ENRICHMENT_TASKS_TOPIC: topics?.enrichment,
    INGESTION_METRICS_TOPIC: topics?.metrics,
    // A sandbox takes FAISS where it is installed, and does without it where it is not.
    VECTOR_STORE_TYPE:
      saved.kind === 'sandbox' && saved.vectorStore.type === 'faiss' ? undefined : saved.vectorStore.type,
  };
}
