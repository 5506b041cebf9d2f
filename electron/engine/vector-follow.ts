import { reportOf, toAppError } from '../../shared/errors.ts';
import type { LoadContext } from './load-context.ts';

/** Small enough that stopping never waits long: an HNSW index takes about 130 vectors a second. */
const FOLLOW_BATCH = 32;

export interface VectorFollow {
  /** Stops after the batch in hand. */
  stop(): Promise<void>;
  /** Resolves once no vector is left to follow. */
  done: Promise<void>;
}

/**
 * Copies vectors into `book_embeddings.vec` where an ANN index made writing them too slow for the load
 * itself. Runs beside the load's other steps; what it does not reach is counted in the report and done by
 * the next load or `resume`. `onDone` is told how many have followed so far.
 */
export function followVectors(context: LoadContext, onDone?: (vectors: number) => void): VectorFollow {
  const { ports, signals, loadId } = context;
  const halt = new AbortController();
  const work = async (): Promise<void> => {
    try {
      for (let all = 0; !halt.signal.aborted && !signals.stop.aborted; ) {
        const more = await ports.database.vectors.publishPending(FOLLOW_BATCH, signals.abort);
        if (more === 0) return;
        all += more;
        onDone?.(all);
      }
    } catch (thrown) {
      context.emit({ kind: 'problem', loadId, step: 'index', error: reportOf(toAppError(thrown)) });
    }
  };
  const done = work();
  return {
    done,
    async stop() {
      halt.abort();
      await done;
    },
  };
}
