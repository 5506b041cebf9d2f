import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileIdentity } from './faiss-messages.ts';

/** What we know about the pair of files that we put in place last; kept outside of their folder. */
export interface Manifest {
  version: 1;
  /** The index's folder, for people who look in here. */
  dir: string;
  generation: number;
  /** The database whose vectors these are. */
  sourceId: string;
  /** The feed's seq up to which its entries are in the index. */
  appliedSeq: number;
  vectors: number;
  documents: number;
  dimensions: number;
  updatedAt: string;
  faiss: FileMark;
  pkl: FileMark;
}

export interface FileMark {
  /** As `fileIdentity` has it: equal means the same file, untouched. Another one may still have the same content. */
  identity: string;
  bytes: number;
  sha256: string;
}

/** Where everything about one index lies that is not the index itself. */
export interface IndexHome {
  dir: string;
  manifest: string;
  /** The manifest of a publication that was begun; gone when it has ended. */
  pending: string;
  staging: string;
  generations: string;
}

export const FAISS_FILE = 'index.faiss';
export const PKL_FILE = 'index.pkl';

export function indexHome(homeDir: string, dir: string): IndexHome {
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16);
  const home = join(homeDir, 'vector-index', name);
  return {
    dir: home,
    manifest: join(home, 'manifest.json'),
    pending: join(home, 'pending.json'),
    staging: join(home, 'staging'),
    generations: join(home, 'generations'),
  };
}

/** Null where there is none, or none that can be read: the index is then foreign, and adopted like any other. */
export async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isManifest(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Atomic, and on the disk when it returns. */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const aside = `${path}.new`;
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
  await syncDirectory(dirname(path));
}

export async function removeManifest(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncDirectory(dirname(path));
}

/** So that a rename in it survives a power cut. */
export async function syncDirectory(dir: string): Promise<void> {
  // Windows opens no directories, and its file system journals renames by itself.
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function markOf(path: string): Promise<FileMark> {
  const stats = await stat(path, { bigint: true });
  return { identity: fileIdentity(stats), bytes: Number(stats.size), sha256: await sha256Of(path) };
}

/** Whether the file is the marked one. Looks into it only where it is as long but another file (a restored backup). */
export async function matches(path: string, mark: FileMark): Promise<boolean> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  if (stats === null || Number(stats.size) !== mark.bytes) return false;
  return fileIdentity(stats) === mark.identity || (await sha256Of(path)) === mark.sha256;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Record<string, unknown> = { ...value };
  const numbers = ['generation', 'appliedSeq', 'vectors', 'documents', 'dimensions'];
  return (
    fields.version === 1 &&
    typeof fields.dir === 'string' &&
    typeof fields.sourceId === 'string' &&
    typeof fields.updatedAt === 'string' &&
    numbers.every((name) => Number.isSafeInteger(fields[name])) &&
    isMark(fields.faiss) &&
    isMark(fields.pkl)
  );
}

function isMark(value: unknown): value is FileMark {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Record<string, unknown> = { ...value };
  return (
    typeof fields.identity === 'string' &&
    typeof fields.bytes === 'number' &&
    typeof fields.sha256 === 'string'
  );
}
