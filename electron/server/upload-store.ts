import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export interface UploadStore {
  /** A path for a new file of this name, in a folder of its own that nobody else may enter. */
  place(name: string): Promise<string>;
  /** Removes a file that `place` has given, with its folder. Never rejects. */
  remove(path: string): Promise<void>;
  freeBytes(): Promise<number>;
  /** Removes all of them. */
  close(): Promise<void>;
}

/** What a crashed server left behind goes after this. */
const LEFTOVER_MS = 24 * 3_600_000;

/** Bytes; file systems take 255, and `.gz` or a number may still come behind it. */
const MAX_NAME_BYTES = 200;

/**
 * Uploaded files below `dir`, in a folder for this process. They live as long as the session that brought them:
 * a check or load copies what it needs.
 */
export async function openUploadStore(dir: string, now: () => number): Promise<UploadStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await removeLeftovers(dir, now());
  const own = join(dir, `${process.pid}-${randomUUID()}`);
  await mkdir(own, { mode: 0o700 });
  const quietly = (path: string): Promise<void> => rm(path, { recursive: true, force: true }).catch(() => {});
  return {
    async place(name) {
      const folder = join(own, randomUUID());
      await mkdir(folder, { mode: 0o700 });
      return join(folder, name);
    },
    remove: (path) => quietly(join(path, '..')),
    async freeBytes() {
      const { bavail, bsize } = await statfs(own);
      return bavail * bsize;
    },
    close: () => quietly(own),
  };
}

/** Folders of processes that are gone; a day old, because another machine's processes cannot be asked. */
async function removeLeftovers(dir: string, now: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > LEFTOVER_MS && !isAlive(Number.parseInt(name, 10)))
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it is there, and somebody else's.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** The name a file is kept and shown under: without folders, and without what a file system or a terminal may trip over. */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  // Windows opens devices by these names, whatever comes behind the dot.
  const name = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain;
  return shortened(name === '' || name === '_' ? 'upload' : name);
}

/** Keeps the end, where the kind of file stands. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const points = [...name];
  const ending = points.slice(-20);
  let head = points.slice(0, -20);
  while (Buffer.byteLength(head.join('') + ending.join('')) > MAX_NAME_BYTES) head = head.slice(0, -1);
  return head.join('') + ending.join('');
}
