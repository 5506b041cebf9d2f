import { AppError } from '../../../shared/errors.ts';
import type { ChunkLease, ChunkState } from '../../engine/chunks-port.ts';
import { FENCE } from './commit-statements.ts';
import type { SqlSession } from './session.ts';

/**
 * Holds the leases' chunks until the transaction ends and returns the jobs that stand for them. Throws
 * `load.lease-lost` where one of the chunks has passed to somebody else or has left its state since.
 */
export async function holdLeases(
  session: SqlSession,
  leases: readonly ChunkLease[],
  states: readonly ChunkState[],
): Promise<string[]> {
  const [first] = leases;
  if (first === undefined) return [];
  const { rows } = await session.query<{ chunk_no: number; job_id: string | null }>(FENCE, [
    first.loadId,
    leases.map(({ chunkNo }) => chunkNo),
    leases.map(({ generation }) => generation),
    states,
  ]);
  if (rows.length !== leases.length) throw leaseLost();
  return rows.flatMap(({ job_id }) => job_id ?? []);
}

function leaseLost(): AppError {
  return new AppError({
    code: 'load.lease-lost',
    message:
      'Another process has taken over this part of the load, because this one was silent for too long.',
    hint: 'Nothing is lost: the other process goes on. "accession show" tells how far it is.',
  });
}
