import { AppError } from '../../../shared/errors.ts';

export function workspaceFailed(dir: string, cause: unknown): AppError {
  const full = isDiskFull(cause);
  return new AppError({
    code: 'workspace.failed',
    message: full
      ? `The disk that holds ${dir} is full; Accession keeps a copy of each file there until it is loaded.`
      : `Accession cannot write its findings into ${dir}.`,
    hint: full
      ? 'Make room, or set ACCESSION_HOME to a folder on another disk, and try again.'
      : 'See that the disk is not full and that you may write there, or set ACCESSION_HOME to another folder.',
    cause,
  });
}

/** Left as it is: it may hold what somebody changed. */
export function newerWorkspace(dir: string): AppError {
  return new AppError({
    code: 'workspace.failed',
    message: `What lies in ${dir} was written by a newer Accession.`,
    hint: 'Open it with the newer one, or discard it there. Nothing in it was touched.',
  });
}

/** Result code of SQLite for a disk that is full (sqlite.org/rescode.html). */
const SQLITE_FULL = 13;

export function isDiskFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if ('errcode' in cause && cause.errcode === SQLITE_FULL) return true;
  return 'code' in cause && ['ENOSPC', 'EDQUOT'].includes(String(cause.code));
}
