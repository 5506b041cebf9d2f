import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/errors.ts';

const LOCK_FILE = 'accession.lock';
const HOLDER_FILE = 'accession.lock.json';

interface Holder {
  pid: number;
  host: string;
  /** ISO-8601, when the holder opened the folder. */
  since: string;
}

/**
 * Takes a folder for this process alone; PGlite itself takes no lock, and two openers destroy its files. Returns
 * the function that gives it back. Throws AppError `sandbox.locked` naming the holder.
 *
 * The lock is SQLite's own exclusive lock on an otherwise empty file: the operating system drops it with the
 * process, however that ends, so a stale one cannot exist, be misjudged because its process number was given out
 * again, or be taken over by two at once. Beside it stands, for people, who holds it: process, computer and since when.
 */
export function lockFolder(dir: string): () => void {
  const lock = openLock(join(dir, LOCK_FILE));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(join(dir, HOLDER_FILE), `${JSON.stringify(holder)}\n`);
  } catch (cause) {
    lock.close();
    throw isBusy(cause) ? locked(dir, readHolder(dir), cause) : unusable(cause);
  }
  const unlock = () => {
    process.off('exit', unlock);
    if (!lock.isOpen) return;
    rmSync(join(dir, HOLDER_FILE), { force: true });
    lock.close();
  };
  // Also what keeps the lock referred to: collecting the garbage closes a database that nobody holds.
  process.once('exit', unlock);
  return unlock;
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path);
  } catch (cause) {
    throw unusable(cause);
  }
}

function isBusy(thrown: unknown): boolean {
  // SQLITE_BUSY and SQLITE_LOCKED, https://sqlite.org/rescode.html
  return thrown instanceof Error && 'errcode' in thrown && (thrown.errcode === 5 || thrown.errcode === 6);
}

function readHolder(dir: string): Holder | null {
  try {
    const read: unknown = JSON.parse(readFileSync(join(dir, HOLDER_FILE), 'utf8'));
    if (typeof read !== 'object' || read === null) return null;
    const { pid, host, since } = read as Partial<Holder>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string') return null;
    return { pid, host, since };
  } catch {
    return null;
  }
}

function locked(dir: string, holder: Holder | null, cause: unknown): AppError {
  const who =
    holder === null
      ? 'another program'
      : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}, since ${holder.since}`;
  return new AppError({
    code: 'sandbox.locked',
    message: `The sandbox in ${dir} is in use by ${who}.`,
    hint: 'Close the other Accession window or command, or wait until it has finished; the lock goes with it.',
    retryable: true,
    cause,
  });
}

function unusable(cause: unknown): AppError {
  return new AppError({
    code: 'db.failed',
    message: 'The folder of the sandbox cannot be locked.',
    hint: 'Check that the folder ACCESSION_HOME may be written to and is on a disk of this computer.',
    cause,
  });
}
