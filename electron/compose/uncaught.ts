import { framesOf } from '../../shared/errors.ts';

/** An error that nobody caught, without its message, which may quote a row or a password. */
export interface Uncaught {
  name: string;
  frames: readonly string[];
}

/**
 * From now on an error that nobody caught ends this process with code 1, as it does without us, but after `tell` and
 * without Node's own last words, which would print its message and whatever else the error holds.
 */
export function endOnUncaught(tell: (uncaught: Uncaught) => void): void {
  process.on('uncaughtException', (thrown: unknown) => {
    try {
      tell(
        thrown instanceof Error
          ? { name: thrown.name, frames: framesOf(thrown) }
          : { name: 'thrown', frames: [] },
      );
    } finally {
      process.exit(1);
    }
  });
}
