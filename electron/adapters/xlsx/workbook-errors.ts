import { AppError } from '../../../shared/errors.ts';
import { fileError } from '../csv/file-errors.ts';

const SAVE_AGAIN =
  'Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and load it again.';

/**
 * Anything thrown while the workbook `name` was read, as an AppError: what the operating system says about the file
 * as `file.missing`, `file.is-directory` or `file.unreadable`; what the ZIP or XML reader says as
 * `file.workbook-damaged`. An AppError passes through.
 */
export function workbookError(thrown: unknown, path: string, name: string): AppError {
  if (thrown instanceof AppError) return thrown;
  // Whoever calls the system says so; the readers of ZIP and XML never do.
  const ofTheSystem = thrown instanceof Error && 'syscall' in thrown;
  return ofTheSystem ? fileError(thrown, path, name) : damaged(name, thrown);
}

export function folder(name: string, cause?: unknown): AppError {
  return new AppError({
    code: 'file.is-directory',
    message: `${name} is a folder, not a file.`,
    hint: 'Name the files inside it.',
    cause,
  });
}

/** `cause` says which part and why; it may quote the file, so it never reaches a screen. */
export function damaged(name: string, cause: unknown): AppError {
  return new AppError({
    code: 'file.workbook-damaged',
    message: `${name} is a damaged workbook, or was not copied completely.`,
    hint: `Get it again from where it came from. If it opens in your spreadsheet program: ${SAVE_AGAIN}`,
    cause,
  });
}

/** For a file that is something else: `what` is a noun with its article, `hint` how to get a table out of it. */
export function notATable(name: string, what: string, hint: string): AppError {
  return new AppError({ code: 'file.not-a-table', message: `${name} is ${what}.`, hint });
}

export function encrypted(name: string): AppError {
  return new AppError({
    code: 'file.encrypted',
    message: `${name} is protected with a password, so it cannot be read.`,
    hint: 'Open it in your spreadsheet program, take the password off (in Excel: File > Info > Protect Workbook > Encrypt with Password, and leave it empty), save it, and load it again.',
  });
}

export function tooLarge(name: string, cause: string): AppError {
  return new AppError({
    code: 'file.too-large',
    message: `${name} unpacks to far more data than a workbook of books, students or checkouts holds.`,
    hint: 'If you trust it, open it in your spreadsheet program, save the sheet as "CSV UTF-8", and load that.',
    cause: new Error(cause),
  });
}

export function noContent(name: string, sheet: string | null): AppError {
  return new AppError({
    code: 'file.empty',
    message:
      sheet === null ? `No sheet of ${name} holds anything.` : `The sheet "${sheet}" of ${name} is empty.`,
    hint: 'Choose a sheet that begins with the headings of its columns.',
  });
}

export function noSuchSheet(name: string, sheet: string, names: readonly string[]): AppError {
  return new AppError({
    code: 'file.no-sheet',
    message: `${name} has no sheet "${sheet}".`,
    hint: `Its sheets are: ${names.map((each) => `"${each}"`).join(', ')}.`,
  });
}

export function notCalculated(name: string, sheet: string, cell: string): AppError {
  return new AppError({
    code: 'file.not-calculated',
    message: `Cell ${cell} of the sheet "${sheet}" in ${name} holds a formula that was never calculated.`,
    hint: 'Open it in Excel or LibreOffice, which calculates it, save it there, and load it again.',
  });
}
