import { join } from 'node:path';
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
