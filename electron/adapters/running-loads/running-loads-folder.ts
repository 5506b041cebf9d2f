import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { RunningLoadNote, RunningLoads } from '../../engine/running-loads-port.ts';
import { takeOwnerLock, tryOwnerLock } from './owner-lock.ts';

const note = z.strictObject({
  loadId: z.uuid(),
  profileId: z.uuid().nullable(),
  place: z.string(),
  startedAt: z.string(),
  stopping: z.boolean(),
});

/** Names which loads a person has running; nobody else's business. */
const FOLDER_MODE = 0o700;

/**
 * Under `dir` a folder for each process, with a small file for each of its loads: nothing has to be read to write
 * one, and no two processes write the same. Beside the folder lies the lock that tells whether its process lives.
 * Nothing is made before there is a load to note or somebody's to take over.
 */
export function createRunningLoads(dir: string): RunningLoads {
  const own = randomUUID();
  const lockOf = (owner: string): string => join(dir, `${owner}.lock`);
  const pathOf = (loadId: string): string => join(dir, own, `${loadId}.json`);
  let standing: Promise<void> | null = null;

  /** The lock first: a folder that others see without one is a dead process's. */
  const ownFolder = (): Promise<void> => {
    standing ??= (async () => {
      await mkdir(dir, { recursive: true, mode: FOLDER_MODE });
      takeOwnerLock(lockOf(own));
      await mkdir(join(dir, own), { mode: FOLDER_MODE });
    })().catch((thrown: unknown) => {
      standing = null;
      throw thrown;
    });
    return standing;
  };

  const inherit = async (owner: string): Promise<void> => {
    const lock = tryOwnerLock(lockOf(owner));
    if (lock === null) return;
    try {
      const left = join(dir, owner);
      for (const name of await namesIn(left)) {
        await ownFolder();
        await rename(join(left, name), join(dir, own, name));
      }
      await rm(left, { recursive: true, force: true });
    } finally {
      lock.release();
    }
    // An open file cannot be deleted everywhere; whoever locks it in between finds nothing to take.
    await rm(lockOf(owner), { force: true }).catch(() => undefined);
  };

  return {
    takeOver: () =>
      translated(dir, async () => {
        for (const owner of await namesIn(dir))
          if (owner !== own && z.uuid().safeParse(owner).success) await inherit(owner);
        const notes: RunningLoadNote[] = [];
        for (const name of await namesIn(join(dir, own))) {
          const read = note.safeParse(await parsed(join(dir, own, name)));
          if (read.success) notes.push(read.data);
          else await rm(join(dir, own, name), { recursive: true, force: true });
        }
        return notes.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
      }),
    note: (load) =>
      translated(dir, async () => {
        await ownFolder();
        const file = await open(pathOf(load.loadId), 'w', 0o600);
        try {
          await file.writeFile(JSON.stringify(load));
          await file.sync();
        } finally {
          await file.close();
        }
      }),
    ended: (loadId) => translated(dir, () => rm(pathOf(loadId), { force: true })),
  };
}

async function translated<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new AppError({
      code: 'workspace.failed',
      message: `Accession cannot keep in ${dir} which loads are running.`,
      hint: 'Check that the folder may be written to and that the disk is not full. A load that is cut off is not gone on with by itself until then: resume it by hand.',
      cause,
    });
  }
}

/** None where the folder is missing. */
async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw thrown;
  }
}

/** Null for what is no JSON: a note that was cut off while it was written. */
async function parsed(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
