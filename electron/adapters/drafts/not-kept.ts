import { AppError } from '../../../shared/errors.ts';

/** What belongs to a draft cannot be written to `place`, or read back from there. */
export function notKept(place: string, cause: unknown): AppError {
  return new AppError({
    code: 'workspace.failed',
    message: `Accession cannot keep in ${place} what it has to remember of the open files.`,
    hint: 'See that the disk is not full and that you may write there, or set ACCESSION_HOME to another folder.',
    cause,
  });
}
