import type { ErrorReport } from '../../shared/errors.ts';

/** How the page stands with its backend. Replaced, never changed. */
export type ConnectionState =
  | { kind: 'connecting' }
  /** `server` names this run of the backend: another one has another. `version` is the application's. */
  | { kind: 'open'; server: string; version: string }
  /** It is tried again by itself after `retryInMs`. */
  | { kind: 'lost'; error: ErrorReport; retryInMs: number }
  /** Trying again by itself would end the same way: another version, or signed out. */
  | { kind: 'refused'; error: ErrorReport };

/** A value that tells its listeners when it is replaced; fits React's useSyncExternalStore. */
export interface Observable<T> {
  get(): T;
  /** Calls `listener` after each replacement until the returned function is called. */
  listen(listener: () => void): () => void;
}

export function createObservable<T>(first: T): Observable<T> & { set(value: T): void } {
  const listeners = new Set<() => void>();
  let current = first;
  return {
    get: () => current,
    set(value) {
      current = value;
      for (const listener of [...listeners]) listener();
    },
    listen(listener) {
      // Of its own, so that one function that listens twice can also stop twice.
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
