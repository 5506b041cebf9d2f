import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { parseSavedMapping, type SavedMapping } from '../../../shared/records/saved-mapping.ts';
import { writeNamed } from './write-named.ts';

/** A mapping names some dozen columns; what is larger than this is another file, named by mistake. */
const MAX_BYTES = 1024 * 1024;

/** Reads `--mapping FILE`. Throws AppError: file.missing, file.is-directory, file.unreadable, mapping.invalid. */
export async function readMappingFile(path: string): Promise<SavedMapping> {
  const name = basename(path);
  return parseSavedMapping(await textOf(path, name), name);
}

/** Writes a mapping so that a person can read and change it. Throws AppError mapping.unwritable. */
export async function writeMappingFile(path: string, mapping: SavedMapping): Promise<void> {
  try {
    await writeNamed(path, `${JSON.stringify(mapping, null, 2)}\n`);
  } catch (cause) {
    throw unwritable(`The mapping cannot be written to ${path}.`, cause);
  }
}

export function unwritable(message: string, cause: unknown): AppError {
  return new AppError({
    code: 'mapping.unwritable',
    message,
    hint: 'See that the folder exists, that you may write there and that the disk is not full.',
    cause,
  });
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw isFolder(name);
      if (stats.size > MAX_BYTES) throw tooLarge(name);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : fileError(thrown, path, name);
  }
}

function fileError(cause: unknown, path: string, name: string): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EISDIR') return isFolder(name);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError({
      code: 'file.missing',
      message: `There is no mapping file ${path}.`,
      hint: 'Check the name and the folder; it may have been moved or renamed.',
      cause,
    });
  }
  return new AppError({
    code: 'file.unreadable',
    message: `The mapping file ${name} cannot be read.`,
    hint: 'Check that you may read it and that its disk or network drive is there.',
    cause,
  });
}

function isFolder(name: string): AppError {
  return new AppError({
    code: 'file.is-directory',
    message: `${name} is a folder, not a mapping file.`,
    hint: 'Name the mapping file inside it.',
  });
}

function tooLarge(name: string): AppError {
  return new AppError({
    code: 'mapping.invalid',
    message: `${name} is too large for a mapping.`,
    hint: 'Name the mapping file (JSON), not the file with the records.',
  });
}
