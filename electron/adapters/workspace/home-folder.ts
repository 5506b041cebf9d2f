import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { isDiskFull, workspaceFailed } from './workspace-errors.ts';

/**
 * Makes ACCESSION_HOME where it is missing, and tries what all that is kept there needs: making something in it.
 * Throws settings.invalid, and workspace.failed where the disk is full.
 */
export async function prepareHome(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await rmdir(await mkdtemp(join(dir, '.accession-test-')));
  } catch (cause) {
    throw isDiskFull(cause) ? workspaceFailed(dir, cause) : unusable(dir, cause);
  }
}

function unusable(dir: string, cause: unknown): AppError {
  return new AppError({
    code: 'settings.invalid',
    message: `Accession cannot keep its own files in ${dir}${whyNot(cause)}.`,
    hint: 'Set ACCESSION_HOME to a folder that this account may write to.',
    cause,
  });
}

function whyNot(cause: unknown): string {
  switch (cause instanceof Error && 'code' in cause ? cause.code : null) {
    case 'ENOTDIR':
    case 'EEXIST':
      return ': it is no folder, or lies below what is none';
    case 'EACCES':
    case 'EPERM':
      return ': this account may not write there';
    case 'EROFS':
      return ': its disk can only be read';
    default:
      return '';
  }
}
