import type { ChunkLease, ChunkRow } from './chunks-port.ts';
import { type LoadContext, throwIfStopped } from './load-context.ts';

/** A chunk that another process holds is looked at again this often. */
const HELD_CHUNK_POLL_MS = 500;

/** The right to work on the chunk in the state it was seen in; null where another process holds it now. */
export function leaseChunk(context: LoadContext, chunk: ChunkRow): Promise<ChunkLease | null> {
  const { ports, signals, tuning, loadId, owner } = context;
  const { ledger } = ports.database;
  return ledger.lease(loadId, chunk.chunkNo, chunk.state, owner, tuning.leaseMs, signals.abort);
}

/**
 * The same, but waits for who holds the chunk: a process that died there must not make this one pass it over.
 * Null once the other one has done the work.
 */
export async function leaseWhenFree(
  context: LoadContext,
  chunk: ChunkRow,
  step: 'commit' | 'embed',
): Promise<ChunkLease | null> {
  const { ports, signals, loadId } = context;
  for (;;) {
    const lease = await leaseChunk(context, chunk);
    if (lease !== null) return lease;
    const chunks = await ports.database.ledger.chunks(loadId, signals.abort);
    const now = chunks.find((other) => other.chunkNo === chunk.chunkNo);
    if (now?.state !== chunk.state || now.embedFailed !== chunk.embedFailed) return null;
    throwIfStopped(context);
    context.emit({
      kind: 'waiting',
      loadId,
      step,
      reason:
        'Another process was working on this load a moment ago. If it has died, this one takes over shortly.',
      untilMs: null,
    });
    await ports.clock.sleep(HELD_CHUNK_POLL_MS, signals.abort);
  }
}
