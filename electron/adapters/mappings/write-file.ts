import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts a text in place of a file, atomically, and on the disk when it resolves: a reader sees the old text or
 * the new one, also after a power cut. `mode` is that of a new file. Rejects with the system's error, and
 * leaves the old file as it was.
 */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const aside = `${path}.${randomUUID()}.new`;
  try {
    const handle = await open(aside, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } catch (thrown) {
    await rm(aside, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/** So that a rename in it survives a power cut. */
async function syncFolder(dir: string): Promise<void> {
  // Windows opens no folders, and its file system journals renames by itself.
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
