import { lstat, realpath, stat, writeFile } from 'node:fs/promises';
import { writeWhole } from './write-file.ts';

/** As any file that a program writes for its user, who may pass it on. */
const MODE = 0o666;

/**
 * Writes to where a person said. A file is replaced whole, or made; a link stays, and what it leads to is replaced;
 * a pipe or a device takes the text and stays what it is. Rejects with the system's error.
 */
export async function writeNamed(path: string, text: string): Promise<void> {
  const found = await orNull(stat(path));
  if (found?.isFile()) return writeWhole(await realpath(path), text, MODE);
  const isNew = found === null && (await orNull(lstat(path))) === null;
  if (isNew) return writeWhole(path, text, MODE);
  // Also a link that leads nowhere yet: this makes the file that it names.
  await writeFile(path, text);
}

/** Null where there is nothing. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
