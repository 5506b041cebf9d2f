import { constants, copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FAISS_FILE,
  type IndexHome,
  type Manifest,
  matches,
  PKL_FILE,
  readManifest,
  removeManifest,
  syncDirectory,
  writeManifest,
} from './manifest.ts';

const GENERATIONS_KEPT = 2;

export interface Pair {
  faiss: string;
  pkl: string;
}

export function publishedPair(dir: string): Pair {
  return { faiss: join(dir, FAISS_FILE), pkl: join(dir, PKL_FILE) };
}

/**
 * Where the next pair is built: under ACCESSION_HOME; or, where that is another disk, from which nothing can be
 * renamed into place, as hidden files beside the index.
 */
export async function stagingPair(home: IndexHome, dir: string): Promise<Pair> {
  await mkdir(home.staging, { recursive: true });
  const [here, there] = await Promise.all([stat(home.staging), stat(dir)]);
  if (here.dev === there.dev)
    return { faiss: join(home.staging, FAISS_FILE), pkl: join(home.staging, PKL_FILE) };
  return { faiss: join(dir, `.${FAISS_FILE}.accession`), pkl: join(dir, `.${PKL_FILE}.accession`) };
}

/** Steps of a publication at which a test may end it, as a power cut would. */
export type PublishStep = 'pending' | 'pkl' | 'faiss' | 'manifest';

/**
 * Puts a verified, synced pair in place, to be called under the lock. What is going to be is written down first
 * (`pending`), so that whoever comes after a crash can end it: a reader meanwhile finds the old vectors with the
 * new documents, whose positions mean the same books. `previous` is the generation to keep what stood there as.
 */
export async function publish(
  home: IndexHome,
  dir: string,
  staged: Pair,
  next: Manifest,
  previous: { generation: number; manifest: Manifest | null } | null,
  passed: (step: PublishStep) => void = () => {},
): Promise<void> {
  const published = publishedPair(dir);
  if (previous !== null) await keepGeneration(home, published, previous);
  await writeManifest(home.pending, next);
  passed('pending');
  await rename(staged.pkl, published.pkl);
  passed('pkl');
  await rename(staged.faiss, published.faiss);
  passed('faiss');
  await syncDirectory(dir);
  await writeManifest(home.manifest, next);
  passed('manifest');
  await removeManifest(home.pending);
  await pruneGenerations(home, next.generation);
}

/**
 * Ends a publication that a crash cut short, to be called under the lock, and returns the manifest that holds
 * then. Where somebody else has written both files since, theirs stand, and only our note goes.
 */
export async function recover(home: IndexHome, dir: string): Promise<Manifest | null> {
  const pending = await readManifest(home.pending);
  if (pending === null) return readManifest(home.manifest);
  const published = publishedPair(dir);
  if (await matches(published.pkl, pending.pkl)) {
    const staged = await stagingPair(home, dir);
    if (!(await matches(published.faiss, pending.faiss)) && (await matches(staged.faiss, pending.faiss)))
      await rename(staged.faiss, published.faiss);
    await syncDirectory(dir);
    if (await matches(published.faiss, pending.faiss)) await writeManifest(home.manifest, pending);
  }
  await removeManifest(home.pending);
  return readManifest(home.manifest);
}

/** By a second name where the disk is the same: nobody writes into a file that we take out of its folder. */
async function keepGeneration(
  home: IndexHome,
  published: Pair,
  { generation, manifest }: { generation: number; manifest: Manifest | null },
): Promise<void> {
  const folder = join(home.generations, String(generation));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await linkOrCopy(published.faiss, join(folder, FAISS_FILE));
  await linkOrCopy(published.pkl, join(folder, PKL_FILE));
  if (manifest !== null) await writeManifest(join(folder, 'manifest.json'), manifest);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // Another disk, a file system without links, or a file of somebody else's (protected_hardlinks).
    if (
      !['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(
        String((error as NodeJS.ErrnoException).code),
      )
    )
      throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

async function pruneGenerations(home: IndexHome, current: number): Promise<void> {
  for (const name of await readdir(home.generations).catch(() => [])) {
    if (Number(name) < current - GENERATIONS_KEPT)
      await rm(join(home.generations, name), { recursive: true, force: true });
  }
}
