import { DatabaseSync } from 'node:sqlite';

export interface OwnerLock {
  release(): void;
}

/**
 * Holds `path` until this process ends, however it does. It is SQLite's exclusive lock on an otherwise empty file:
 * the operating system drops it with the process, so that it can neither be stale nor be misread because a process
 * number was given out again.
 */
export function takeOwnerLock(path: string): void {
  const lock = tryOwnerLock(path);
  if (lock === null) throw new Error('The lock of this process is held by another one.');
  // Also what keeps it referred to: collecting the garbage closes a database that nobody holds.
  process.once('exit', lock.release);
}

/** Null while its owner lives. */
export function tryOwnerLock(path: string): OwnerLock | null {
  const lock = new DatabaseSync(path);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => lock.close() };
  } catch (thrown) {
    lock.close();
    if (isBusy(thrown)) return null;
    throw thrown;
  }
}

function isBusy(thrown: unknown): boolean {
  // SQLITE_BUSY and SQLITE_LOCKED, https://sqlite.org/rescode.html
  return thrown instanceof Error && 'errcode' in thrown && (thrown.errcode === 5 || thrown.errcode === 6);
}
