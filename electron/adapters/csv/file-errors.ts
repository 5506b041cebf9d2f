import { AppError } from '../../../shared/errors.ts';

/** What the operating system says about a file, as an AppError `file.*`. An AppError passes through. */
export function fileError(thrown: unknown, path: string, name: string): AppError {
  if (thrown instanceof AppError) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing(path, thrown);
    case 'EISDIR':
      return isDirectory(name, thrown);
    case 'EACCES':
    case 'EPERM':
      return unreadable(
        `You are not allowed to read ${name}.`,
        'Ask its owner for the right to read it, or copy it to a folder of your own.',
        thrown,
      );
    case 'EBUSY':
      return unreadable(`${name} is held by another program.`, 'Close it there and try again.', thrown);
    case 'EMFILE':
    case 'ENFILE':
      return unreadable(
        `${name} cannot be opened: too many files are open on this computer.`,
        'Close other programs, or load fewer files at once, then try again.',
        thrown,
      );
    case 'EIO':
      return unreadable(
        `${name} cannot be read: its disk, stick or network drive reports a fault.`,
        'Copy the file to another disk and load it from there; if it cannot be copied, it is damaged.',
        thrown,
      );
    case 'ENXIO':
      return noRegularFile(name, thrown);
    default:
      return unreadable(
        `${name} cannot be read.`,
        'Check that its disk or network drive is there, then try again.',
        thrown,
      );
  }
}

function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function missing(path: string, cause: unknown): AppError {
  return new AppError({
    code: 'file.missing',
    message: `There is no file ${path}.`,
    hint: 'Check the name and the folder; it may have been moved or renamed.',
    cause,
  });
}

export function isDirectory(name: string, cause?: unknown): AppError {
  return new AppError({
    code: 'file.is-directory',
    message: `${name} is a folder, not a file.`,
    hint: 'Name the CSV files inside it.',
    cause,
  });
}

export function unreadable(message: string, hint: string, cause?: unknown): AppError {
  return new AppError({ code: 'file.unreadable', message, hint, cause });
}

export function noRegularFile(name: string, cause?: unknown): AppError {
  return unreadable(`${name} is not a regular file.`, 'Save its contents to a CSV file first.', cause);
}

export function changedWhileRead(name: string): AppError {
  return unreadable(
    `${name} changed while it was being read.`,
    'Wait until it is saved completely, then load it again.',
  );
}

export function damagedHeader(name: string, line: number): AppError {
  return unreadable(
    `The headings of ${name} (line ${line}) cannot be told apart: a quotation mark or a line break is missing or misplaced.`,
    'Mend that line in a text editor, or save the file as CSV again.',
  );
}

/** A gzip in which lies no CSV but a zip (a workbook, say) or another gzip. */
export function archiveInside(name: string): AppError {
  return new AppError({
    code: 'file.compressed',
    message: `${name} is a compressed file with another compressed file or a workbook inside.`,
    hint: 'Unpack it, and load the CSV file or the workbook that is inside.',
  });
}

export function empty(name: string): AppError {
  return new AppError({
    code: 'file.empty',
    message: `${name} is empty.`,
    hint: 'Choose a CSV file that begins with the headings of its columns.',
  });
}
