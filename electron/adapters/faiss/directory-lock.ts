import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import { lockHolder } from './lock-holder.ts';

/** The file that the Python side locks with `filelock`. */
export const LOCK_FILE = 'index.lock';
const FLOCK = 'flock';
/** util-linux's flock ends with this where somebody else holds the lock. */
const BUSY = 1;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** How long a directory that was just there may be away: the Python side deletes it and moves another into its place. */
const REPLACEMENT_MS = 5_000;

export interface DirectoryLock {
  release(): Promise<void>;
}

export interface LockOptions {
  waitMs: number;
  clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  /** True where an index was there before, so that a missing directory is one that is being replaced. */
  wasThere: boolean;
  /** Told once, in a sentence, for whom a call waits, and once that this machine has no `flock` command. */
  onNotice(notice: string): void;
  /** The command that locks; another name only in tests. */
  command?: string;
}

/**
 * Locks the directory against the Python side and other Accessions, and makes it where it is missing.
 *
 * Node has no flock(2). flock(1) locks the open file it is handed, and as the lock belongs to the open file and
 * not to the process, it stays ours when that process has ended, until our descriptor closes, however we end.
 * Whoever held the lock may have replaced the whole directory: what we locked counts only while the path still
 * leads to it. Throws `index.locked` after `waitMs`, or the signal's reason.
 */
export async function lockDirectory(
  dir: string,
  options: LockOptions,
  signal: AbortSignal,
): Promise<DirectoryLock> {
  const { clock } = options;
  const path = join(dir, LOCK_FILE);
  const giveUpAt = clock.monotonicMs() + options.waitMs;
  let wasThere = options.wasThere;
  let waitedFor: string | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    signal.throwIfAborted();
    const handle = await openLockFile(dir, path, wasThere, clock, signal);
    wasThere = true;
    try {
      const outcome = await runFlock(options.command ?? FLOCK, handle.fd);
      if (outcome === 'no-command') {
        options.onNotice(
          'This computer has no flock command, so nothing keeps other programs from writing the search index at the same time.',
        );
        return { release: () => handle.close() };
      }
      if (outcome === 'locked' && (await stillLeadsTo(path, handle)))
        return { release: () => handle.close() };
      if (outcome === 'busy') {
        const holder = await lockHolder((await handle.stat()).ino);
        if (waitedFor === null) options.onNotice(`Waiting for ${holder}, which is writing the search index.`);
        waitedFor = holder;
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    if (clock.monotonicMs() >= giveUpAt) throw locked(waitedFor, options.waitMs);
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

async function openLockFile(
  dir: string,
  path: string,
  wasThere: boolean,
  clock: LockOptions['clock'],
  signal: AbortSignal,
): Promise<FileHandle> {
  // Made too early, our directory would be in the way of the one that is about to be moved there.
  const makeAt = clock.monotonicMs() + (wasThere ? REPLACEMENT_MS : 0);
  for (;;) {
    try {
      return await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // Somebody else's lock file can be locked without being written.
      if (code === 'EACCES')
        return await open(path, constants.O_RDONLY).catch((cause) => Promise.reject(notOurs(dir, cause)));
      if (code !== 'ENOENT') throw notOurs(dir, error);
    }
    if (clock.monotonicMs() >= makeAt) {
      await mkdir(dir, { recursive: true }).catch((cause) => Promise.reject(notOurs(dir, cause)));
    } else await clock.sleep(LONGEST_PAUSE_MS / 10, signal);
  }
}

function runFlock(command: string, fd: number): Promise<'locked' | 'busy' | 'no-command'> {
  return new Promise((resolve, reject) => {
    // -n: we wait ourselves, as a waiting child could not tell us when the directory was replaced.
    const child = spawn(command, ['-x', '-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
    child.on('error', (error) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') resolve('no-command');
      else reject(error);
    });
    child.on('close', (code) => {
      if (code === 0) resolve('locked');
      else if (code === BUSY) resolve('busy');
      // The file system knows no locks (some network shares): said like a missing command, and gone on.
      else resolve('no-command');
    });
  });
}

async function stillLeadsTo(path: string, handle: FileHandle): Promise<boolean> {
  const ours = await handle.stat({ bigint: true });
  const there = await stat(path, { bigint: true }).catch(() => null);
  return there !== null && there.ino === ours.ino && there.dev === ours.dev;
}

function locked(holder: string | null, waitMs: number): AppError {
  return new AppError({
    code: 'index.locked',
    message: `The search index has been in use by ${holder ?? 'another program'} for ${Math.round(waitMs / 1000)} seconds.`,
    hint: 'Wait until it is done and continue the load; nothing is lost.',
    retryable: true,
  });
}

function notOurs(dir: string, cause: unknown): AppError {
  return new AppError({
    code: 'index.failed',
    message: `Accession cannot write into the folder of the search index, ${dir}.`,
    hint: 'See whether the folder may be written by whoever runs Accession, and whether the disk is full.',
    cause,
  });
}
