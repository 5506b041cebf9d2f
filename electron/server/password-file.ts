import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { WriteWhole } from '../engine/profile-port.ts';
import {
  hashPassword,
  LEAST_PASSWORD_LENGTH,
  LONGEST_PASSWORD_LENGTH,
  type PasswordHash,
  passwordHash,
} from './password.ts';

/** Only this account reads it. */
const MODE = 0o600;

export function passwordPath(homeDir: string): string {
  return join(homeDir, 'browser-door', 'password.json');
}

/** Keeps the hash of a new password. Throws usage.invalid for one that is no good, settings.unwritable. */
export async function savePassword(homeDir: string, password: string, writeWhole: WriteWhole): Promise<void> {
  throwIfWeak(password);
  const path = passwordPath(homeDir);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeWhole(path, `${JSON.stringify(await hashPassword(password), null, 2)}\n`, MODE);
  } catch (cause) {
    throw new AppError({
      code: 'settings.unwritable',
      message: `The password could not be saved in ${path}.`,
      hint: 'See that you may write there and that the disk is not full.',
      cause,
    });
  }
}

function throwIfWeak(password: string): void {
  const problem =
    password.length > LONGEST_PASSWORD_LENGTH
      ? 'It is too long to be one.'
      : [...password].length < LEAST_PASSWORD_LENGTH
        ? `It has fewer than ${LEAST_PASSWORD_LENGTH} characters.`
        : new Set(password).size < 5
          ? 'It is the same few characters over and over.'
          : null;
  if (problem === null) return;
  throw new AppError({
    code: 'usage.invalid',
    message: `The password was not saved. ${problem}`,
    hint: 'Choose another one, for example four or five words that have nothing to do with each other.',
  });
}

/**
 * The saved hash; null where none was saved. Throws secrets.exposed where other accounts may read it, and
 * secrets.unreadable where it cannot be used.
 */
export async function readPassword(homeDir: string): Promise<PasswordHash | null> {
  const path = passwordPath(homeDir);
  let text: string;
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw exposed(path);
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw unreadable(path, thrown);
  }
  try {
    return passwordHash.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function exposed(path: string): AppError {
  return new AppError({
    code: 'secrets.exposed',
    message: `Other accounts of this computer can read the password's file, ${path}.`,
    hint: 'Set a new password with: accession serve --set-password',
  });
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError({
    code: 'secrets.unreadable',
    message: `The password's file, ${path}, cannot be read or is damaged.`,
    hint: 'Set the password anew with: accession serve --set-password',
    cause,
  });
}
