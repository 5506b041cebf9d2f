import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';

/** More than a disk keeps in reserve for small files. */
const TRIAL_BYTES = 1_048_576;

/** The folder itself, or the nearest one above it that exists: a load makes what is missing below that. */
export async function nearestFolder(dir: string): Promise<string> {
  for (let at = dir; ; at = dirname(at)) {
    // What is no folder, or may not be seen, is found out by writing there.
    const there = await stat(at).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
    if (there || dirname(at) === at) return at;
  }
}

/**
 * Makes a folder of its own in `folder`, and in it writes a megabyte, brings it to the disk, renames it as a
 * publication does, reads it again, lets `use` have the folder, and removes everything, whatever happened. Null
 * where all that worked.
 */
export async function trialWrite(
  folder: string,
  use: (trialDir: string) => Promise<void>,
): Promise<ProbeProblem | null> {
  const dir = join(folder, `.accession-test-${randomUUID()}`);
  let made = false;
  try {
    await mkdir(dir);
    made = true;
    const written = join(dir, 'written');
    const renamed = join(dir, 'renamed');
    const content = Buffer.alloc(TRIAL_BYTES, 'accession ');
    await writeToDisk(written, content);
    await rename(written, renamed);
    if (!(await readFile(renamed)).equals(content)) return notTheSame(folder);
    await use(dir);
    return null;
  } catch (thrown) {
    const problem = writeProblem(thrown, folder);
    if (problem === null) throw thrown;
    return problem;
  } finally {
    if (made) await rm(dir, { recursive: true, force: true });
  }
}

/** Bytes that this account may still write there. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function writeToDisk(path: string, content: Buffer): Promise<void> {
  const handle: FileHandle = await open(path, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function writeProblem(thrown: unknown, folder: string): ProbeProblem | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message: `There is no room left on the disk of ${folder}, where the search index is kept.`,
        hint: 'Make room on this disk, or choose a folder on another one in the profile.',
        fix: null,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'not-writable',
        message: `${account()} may not write into the folder ${folder}, where the search index is kept.`,
        hint: 'Have the folder opened for this account (for reading and writing), or choose another one in the profile.',
        fix: null,
      };
    case 'EROFS':
      return {
        code: 'not-writable',
        message: `The disk of the folder ${folder}, where the search index is kept, can only be read.`,
        hint: 'Have the disk mounted for writing, or choose a folder on another one in the profile.',
        fix: null,
      };
    case 'ENOTDIR':
    case 'ENOENT':
      return {
        code: 'no-folder',
        message: `${folder}, where the search index is to be kept, is no folder.`,
        hint: 'Choose a folder in the profile.',
        fix: null,
      };
    default:
      return null;
  }
}

function notTheSame(folder: string): ProbeProblem {
  return {
    code: 'not-writable',
    message: `What was written into the folder ${folder} came back changed.`,
    hint: 'The disk or the network share is failing: choose a folder on another one in the profile, and have this one looked at.',
    fix: null,
  };
}

function account(): string {
  try {
    return `The account "${userInfo().username}"`;
  } catch {
    // In a container the account may have a number only.
    return 'This account';
  }
}
