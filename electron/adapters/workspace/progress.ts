import type { FileProgress } from '../../engine/file-port.ts';

/** Lets any number of readers wait for the one who copies. */
export interface Progress {
  now(): FileProgress;
  /** Resolves once there are more than `rows` records, or no more will come; rejects with what broke the copying. */
  beyond(rows: number, signal: AbortSignal): Promise<FileProgress>;
  advance(progress: FileProgress): void;
  fail(thrown: unknown): void;
}

export function createProgress(start: FileProgress): Progress {
  let progress = start;
  let failure: { thrown: unknown } | null = null;
  let changed = Promise.withResolvers<void>();

  const wake = (): void => {
    const { resolve } = changed;
    changed = Promise.withResolvers<void>();
    resolve();
  };
  return {
    now: () => progress,
    async beyond(rows, signal) {
      const aborted = Promise.withResolvers<never>();
      const onAbort = (): void => aborted.reject(signal.reason);
      aborted.promise.catch(() => undefined);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        for (;;) {
          signal.throwIfAborted();
          if (failure !== null) throw failure.thrown;
          if (progress.ended || progress.rows > rows) return progress;
          await Promise.race([changed.promise, aborted.promise]);
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    advance(next) {
      progress = next;
      wake();
    },
    fail(thrown) {
      failure = { thrown };
      wake();
    },
  };
}
