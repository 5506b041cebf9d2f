import { AppError } from '../../shared/errors.ts';
import type { RecordType } from '../../shared/records/types.ts';
import { type LoadContext, throwIfStopped } from './load-context.ts';

/** How often a waiting load looks whether its turn has come. */
const TURN_POLL_MS = 250;

export interface HeldTurns {
  /** Call between chunks: renews the lease once a third of it has passed. Throws load.lease-lost where it passed on. */
  keep(): Promise<void>;
}

/**
 * Waits for the turn to commit to these types' tables, so that two loads end as if one came after the other.
 * Says for whom it waits; throws `stopped` when asked to stop while waiting.
 */
export async function takeTurns(context: LoadContext, types: readonly RecordType[]): Promise<HeldTurns> {
  const { ports, tuning, signals, loadId } = context;
  const take = () => ports.database.ledger.takeTurns(loadId, types, tuning.leaseMs, signals.abort);
  let announcedFor: string | null = null;
  for (;;) {
    const turn = await take();
    if (turn.held) break;
    throwIfStopped(context);
    if (announcedFor !== turn.byLoadId) {
      announcedFor = turn.byLoadId;
      context.emit({
        kind: 'waiting',
        loadId,
        step: 'commit',
        reason: `Load ${turn.byLoadId.slice(0, 8)}, started at ${turn.startedAt.toISOString()}, is writing to the same tables. This load goes on when that one has finished.`,
        untilMs: null,
      });
    }
    await ports.clock.sleep(TURN_POLL_MS, signals.abort);
  }
  let takenMs = ports.clock.monotonicMs();
  return {
    async keep() {
      if (ports.clock.monotonicMs() - takenMs < tuning.leaseMs / 3) return;
      const turn = await take();
      if (!turn.held) throw turnLost(turn.byLoadId);
      takenMs = ports.clock.monotonicMs();
    },
  };
}

function turnLost(byLoadId: string): AppError {
  return new AppError({
    code: 'load.lease-lost',
    message: `This load paused for so long that load ${byLoadId.slice(0, 8)} took its turn.`,
    hint: 'Nothing was lost: run `accession resume` for this load once the other one has finished.',
    retryable: true,
  });
}
