import type { ErrorReport } from './errors.ts';

/** The endings of the files that Accession opens: what dialogs offer, and what is taken out of a folder. */
export const TABLE_FILE_KINDS = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'gz'] as const;

const known = new RegExp(`\\.(${TABLE_FILE_KINDS.join('|')})$`, 'i');

/** Whether a file is one of the kinds that Accession opens, by its name alone. */
export function isTableFile(name: string): boolean {
  return known.test(name);
}

/**
 * What systems and programs leave in folders by themselves and nobody means to load: hidden files, thumbnails,
 * and the file beside a workbook that is open in Excel.
 */
export function isLitter(name: string): boolean {
  return /^(\.|~\$)|^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name);
}

/** Files and folders that are looked at in one folder: whoever drops more has dropped the wrong folder. */
export const MOST_IN_FOLDER = 1_000;

/** Why something in a dropped folder is not taken, the same words at every door. */
export const FOLDER_REFUSALS = {
  notATable: {
    code: 'file.unknown-type',
    message: 'This is not a table that Accession can read.',
    hint: 'It reads CSV, tab-separated text and Excel workbooks (.xlsx). Save the table as one of these.',
    retryable: false,
  },
  noTables: {
    code: 'file.is-directory',
    message: 'This folder holds no table that Accession can read.',
    hint: 'It reads CSV, tab-separated text and Excel workbooks (.xlsx). Choose the folder or the files that you mean.',
    retryable: false,
  },
  tooMany: {
    code: 'file.is-directory',
    message: `This folder holds more than ${MOST_IN_FOLDER.toLocaleString('en-US')} files and folders; the rest of it was not looked at.`,
    hint: 'Put the files that you want to load into a folder of their own, or choose the files themselves.',
    retryable: false,
  },
} as const satisfies Record<string, ErrorReport>;
