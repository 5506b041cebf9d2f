import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/errors.ts';
import type { Exclusively } from '../../engine/profile-port.ts';

/** A change takes milliseconds; who waits longer waits for a process that was stopped in the middle of one. */
const PATIENCE_MS = 15_000;
const AGAIN_MS = 10;
/** The folder holds who may reach what, so it is its owner's alone where we are the ones to make it. */
const FOLDER_MODE = 0o700;

/**
 * A lock among processes, in the file at `path`. It is SQLite's exclusive lock on an otherwise empty file: the
 * operating system drops it with its process however that ends, so no stale lock can exist. Within a process work
 * queues up by itself. Throws settings.unwritable where the lock cannot be had.
 */
export function createSettingsLock(path: string): Exclusively {
  let turn: Promise<unknown> = Promise.resolve();
  return (signal, work) => {
    const mine = turn.then(async () => {
      const lock = await take(path, signal);
      try {
        return await work();
      } finally {
        lock.close();
      }
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
}

async function take(path: string, signal: AbortSignal): Promise<DatabaseSync> {
  const lock = open(path);
  const untilMs = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      signal.throwIfAborted();
      if (tryLock(lock)) return lock;
      if (performance.now() > untilMs) throw busy();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
}

function open(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
    return new DatabaseSync(path);
  } catch (cause) {
    throw unwritable(dirname(path), cause);
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return true;
  } catch (cause) {
    // SQLITE_BUSY and SQLITE_LOCKED, https://sqlite.org/rescode.html
    if (cause instanceof Error && 'errcode' in cause && (cause.errcode === 5 || cause.errcode === 6))
      return false;
    throw unwritable(null, cause);
  }
}

export function unwritable(place: string | null, cause: unknown): AppError {
  return new AppError({
    code: 'settings.unwritable',
    message: `The settings of Accession cannot be written${place === null ? '' : ` in ${place}`}.`,
    hint: 'See that the folder ACCESSION_HOME may be written to and that the disk is not full.',
    cause,
  });
}

function busy(): AppError {
  return new AppError({
    code: 'settings.unwritable',
    message: 'Another Accession is changing the settings and does not finish.',
    hint: 'Try again; if it stays so, close the other windows and commands of Accession.',
    retryable: true,
  });
}
