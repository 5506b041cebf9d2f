import { type AppError, reportOf } from '../../shared/errors.ts';
import type { LoadPorts } from './load-context.ts';

type Ports = Pick<LoadPorts, 'database' | 'clock'>;

/**
 * Ends a load that was cut off before all of its rows were in the database, by a process that is gone: its staged
 * rows go, and the ledger says why. One that the ledger does not know had staged nothing. Idempotent.
 */
export async function endCutOff(
  { database, clock }: Ports,
  loadId: string,
  error: AppError,
  signal: AbortSignal,
): Promise<void> {
  const load = await database.ledger.load(loadId, signal);
  if (load === null) return;
  await database.staging(loadId, load.files).discard(signal);
  // Where it had ended by itself before, the ledger has the better reason.
  if (load.endedAt !== null) return;
  const status = error.code === 'stopped' ? 'stopped' : 'failed';
  const end = {
    status,
    endedAt: clock.now(),
    report: load.report,
    error: reportOf(error),
    closing: [],
  } as const;
  await database.ledger.finish(loadId, end, signal);
}

/**
 * Writes down that a person stopped a load whose process died before it had: sealed, it waits for `resume`. True
 * where there was nothing in the database to wait with, and it is over.
 */
export async function leaveStopped(
  ports: Ports,
  loadId: string,
  stopped: AppError,
  signal: AbortSignal,
): Promise<boolean> {
  const { ledger } = ports.database;
  if ((await ledger.chunks(loadId, signal)).length === 0) {
    await endCutOff(ports, loadId, stopped, signal);
    return true;
  }
  await ledger.releaseTurns(loadId, signal);
  await ledger.setStatus(loadId, 'stopped', signal);
  return false;
}
