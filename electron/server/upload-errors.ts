import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** Why an upload was not taken, for the person whose file it is. */

export function notBytes(): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: 'The file did not come in the way in which Accession takes files.',
    hint: 'Reload the page, so that it is of the same version as Accession, and choose the file again.',
  });
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError({
    code: 'file.too-large',
    message: `The file is larger than ${Math.round(maxBytes / 1024 / 1024).toLocaleString('en-US')} MB, the most that this server takes.`,
    hint: 'Split it into several files, or ask whoever runs the server to raise --max-upload-mb. Compressed as .gz it may fit.',
  });
}

export function tooManyAtOnce(): AppError {
  return new AppError({
    code: 'connection.refused',
    message: 'Too many files are being sent at once.',
    hint: 'Wait until some of them are there, then choose this one again.',
    retryable: true,
  });
}

export function tooManyFiles(most: number): AppError {
  return new AppError({
    code: 'connection.refused',
    message: `You have brought ${most} files already, the most that are kept for one person.`,
    hint: 'Sign out and in again: the files that were brought are then removed. What was loaded stays.',
  });
}

export function diskFull(cause?: unknown): AppError {
  return new AppError({
    code: 'workspace.failed',
    message: 'There is no room for the file on the disk of the server.',
    hint: 'Ask whoever runs the server to make room in ACCESSION_HOME, then choose the file again.',
    cause,
  });
}

export function tooSlow(): AppError {
  return new AppError({
    code: 'connection.lost',
    message: 'The file came so slowly that the transfer was broken off.',
    hint: 'Choose the file again, on a better network if there is one.',
    retryable: true,
  });
}

export function signedOut(): AppError {
  return new AppError({
    code: 'connection.refused',
    message: 'You were signed out while the file was being sent.',
    hint: 'Sign in again and choose the file again.',
  });
}

/** By the sender or by the network. */
export function brokenOff(cause: unknown): AppError {
  return new AppError({
    code: 'connection.lost',
    message: 'The transfer of the file was broken off.',
    hint: 'Choose the file again.',
    retryable: true,
    cause,
  });
}

/** By the disk. */
export function notKept(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(cause);
  return new AppError({
    code: 'workspace.failed',
    message: 'The file could not be kept on the server.',
    hint: 'Ask whoever runs the server whether it may write to ACCESSION_HOME.',
    cause,
  });
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'usage.invalid': 415,
  'file.too-large': 413,
  'connection.refused': 429,
  'connection.lost': 408,
  'workspace.failed': 507,
};

export function statusOf(error: AppError): number {
  return STATUS[error.code] ?? 500;
}
