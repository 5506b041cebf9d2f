import { join } from 'node:path';
import { PgvectorIndex } from '../adapters/pgvector/pgvector-index.ts';
import type { Database } from '../engine/database-port.ts';
import type { Clock, VectorIndex } from '../engine/ports.ts';
import type { Profile } from './profile.ts';

/** The index of a profile: FAISS, or the database itself where that was asked for or FAISS cannot be had. */
export async function openIndex(
  profile: Profile,
  database: () => Promise<Database>,
  clock: Clock,
  notify: (notice: string) => void,
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
  });
}
