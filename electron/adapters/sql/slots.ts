/** A fixed number of places, given out in the order in which they were asked for. */
export interface Slots {
  /** Resolves to the function that gives the place back (once; again does nothing). Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
}

/**
 * Waiting for a connection happens here rather than in a driver's own queue, because there it can neither be
 * aborted nor told apart from a server that does not answer.
 */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();

  const giveBack = (): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next();
    };
  };

  return {
    take(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(giveBack());
      }
      return new Promise((resolve, reject) => {
        const onTurn = () => {
          waiting.delete(onTurn);
          signal.removeEventListener('abort', onAbort);
          resolve(giveBack());
        };
        const onAbort = () => {
          waiting.delete(onTurn);
          reject(signal.reason);
        };
        waiting.add(onTurn);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
