import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { FaissIndexOptions } from '../adapters/faiss/faiss-index.ts';
import { PgvectorIndex } from '../adapters/pgvector/pgvector-index.ts';
import type { Database } from '../engine/database-port.ts';
import type { Clock, VectorIndex } from '../engine/ports.ts';
import type { Profile } from './profile.ts';
import { readOnlyIndex } from './read-only.ts';

/** Starts the process that holds FAISS, where this one may not start any itself (the desktop's backend). */
export type StartFaiss = NonNullable<FaissIndexOptions['startFaiss']>;

/** The index of a profile: FAISS, or the database itself where that was asked for or FAISS cannot be had. */
export async function openIndex(
  profile: Profile,
  database: () => Promise<Database>,
  clock: Clock,
  notify: (notice: string) => void,
  startFaiss: StartFaiss | undefined,
): Promise<VectorIndex> {
  const index = await openWritable(profile, database, clock, notify, startFaiss);
  return profile.saved?.readOnly === true ? readOnlyIndex(index, profile.name) : index;
}

/**
 * Writes into the index's folder and the one around it, as a publication does, and removes what it wrote; nothing of
 * a profile that may only read. Throws index.failed.
 */
export async function throwIfUnpublishable({ saved }: Profile, dir: string): Promise<void> {
  if (saved?.readOnly === true) return;
  const { nearestFolder, trialWrite } = await import('../adapters/faiss/probe-write.ts');
  const folders = new Set([await nearestFolder(dirname(dir)), await nearestFolder(dir)]);
  for (const folder of folders) {
    const problem = await trialWrite(folder, async () => undefined);
    if (problem === null) continue;
    const named = saved === null ? ' Without a saved profile it is DATA_DIR that names the folder.' : '';
    throw new AppError({ code: 'index.failed', message: problem.message, hint: problem.hint + named });
  }
}

async function openWritable(
  profile: Profile,
  database: () => Promise<Database>,
  clock: Clock,
  notify: (notice: string) => void,
  startFaiss: StartFaiss | undefined,
): Promise<VectorIndex> {
  const pgvector = (): VectorIndex => new PgvectorIndex(async () => (await database()).vectors);
  if (profile.environment.VECTOR_STORE_TYPE === 'pgvector') return pgvector();
  const { createFaissIndex, faissIsInstalled } = await import('../adapters/faiss/faiss-index.ts');
  // Asked for by name, FAISS that is not there is an error of the first call; by default it is a notice.
  if (profile.environment.VECTOR_STORE_TYPE === undefined && !faissIsInstalled()) {
    notify('FAISS is not installed here: searching in the database itself (VECTOR_STORE_TYPE=pgvector).');
    return pgvector();
  }
  return createFaissIndex({
    dir: join(profile.dataDir, 'vector_store'),
    homeDir: profile.homeDir,
    clock,
    onNotice: notify,
    ...(startFaiss === undefined ? {} : { startFaiss }),
  });
}
