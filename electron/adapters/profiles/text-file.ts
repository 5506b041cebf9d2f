import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** A `.env`, an export or a password; what is larger than this was named by mistake. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a small file of the person whole, as UTF-8. Throws AppError file.missing, file.is-directory,
 * file.too-large, file.unreadable; none of them quotes what is in it.
 */
export async function readTextFile(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const name = basename(path);
  try {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw isFolder(name);
      if (stats.size > MAX_BYTES) throw tooLarge(name);
      return (await handle.readFile('utf8')).replace(/^\uFEFF/, '');
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
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AppError({
      code: 'file.missing',
      message: `There is no file ${path}.`,
      hint: 'Check the name and the folder; it may have been moved or renamed.',
      cause,
    });
  return new AppError({
    code: 'file.unreadable',
    message: `The file ${name} cannot be read.`,
    hint: 'Check that you may read it and that its disk or network drive is there.',
    cause,
  });
}

function isFolder(name: string): AppError {
  return new AppError({
    code: 'file.is-directory',
    message: `${name} is a folder, not a file.`,
    hint: 'Name the file inside it.',
  });
}

function tooLarge(name: string): AppError {
  return new AppError({
    code: 'file.too-large',
    message: `${name} is too large to be a file of settings.`,
    hint: 'Name the .env, the export or the file that holds the password.',
  });
}
