import { basename } from 'node:path';
import { refuseByFirstBytes } from './package-kind.ts';
import { NO_STRINGS, readSharedStrings } from './shared-strings.ts';
import { csvOfRows } from './sheet-csv.ts';
import { glanceAtSheet, type SheetGlance } from './sheet-glance.ts';
import { sheetRows } from './sheet-rows.ts';
import { readStyles } from './styles.ts';
import { noContent, noSuchSheet, workbookError } from './workbook-errors.ts';
import { readWorkbookParts, type WorkbookParts } from './workbook-parts.ts';
import { openZip, type ZipParts } from './zip-parts.ts';

export interface WorkbookSheet {
  name: string;
  /** The last row in use as the sheet itself says, headings included; null where it does not say. */
  rows: number | null;
  hidden: boolean;
}

export interface SheetCsv {
  /** The sheet that was chosen. */
  sheet: string;
  /** What could be meant: the visible sheets with content, and the chosen one, in the order of their tabs. */
  sheets: string[];
  /** UTF-8, comma, `"`, line feed; sheet row n is the n-th line outside quotes. May be read again; open meanwhile. */
  chunks: AsyncIterable<Uint8Array>;
}

/** 1,048,576 rows of twelve long texts come to 2 GB; what no 32-bit size can say, no spreadsheet program writes. */
const MAX_SHEET_BYTES = 4 * 1024 ** 3;
/** Kept in memory, without its markup. */
const MAX_STRINGS_BYTES = 1024 ** 3;
const MAX_STYLES_BYTES = 64 * 1024 ** 2;

/**
 * The worksheets of an .xlsx or .xlsm file, whatever the file is called, in the order of their tabs.
 *
 * Throws AppError `file.missing`, `file.is-directory`, `file.unreadable`, `file.empty`, `file.encrypted`,
 * `file.not-a-table` (it says what the file is), `file.workbook-damaged`, `file.too-large`; the signal's reason when
 * aborted.
 */
export function listSheets(path: string, signal: AbortSignal): Promise<WorkbookSheet[]> {
  return withWorkbook(path, signal, async (workbook) => {
    const sheets: WorkbookSheet[] = [];
    for (const { name, hidden, rows } of await glances(workbook)) sheets.push({ name, rows, hidden });
    return sheets;
  });
}

/**
 * One sheet as CSV, streamed. Without a name it is the first visible sheet that has content, else the first hidden
 * one; `sheets` tells whether there was a choice. Names are matched as spreadsheets do, whatever the case.
 *
 * Throws what `listSheets` throws, and AppError `file.no-sheet` naming the sheets there are, and `file.empty` for a sheet
 * without content. Reading the chunks throws the same, and `file.not-calculated` at a formula without a result.
 */
export function sheetAsCsv(path: string, sheet: string | null, signal: AbortSignal): Promise<SheetCsv> {
  return withWorkbook(path, signal, async (workbook) => {
    const all = await glances(workbook);
    const filled = all.filter((each) => each.hasContent);
    const chosen =
      sheet === null
        ? (filled.find((each) => !each.hidden) ?? filled[0])
        : all.find((each) => each.name.toLowerCase() === sheet.toLowerCase());
    if (chosen === undefined && sheet !== null) {
      throw noSuchSheet(
        workbook.name,
        sheet,
        all.map((each) => each.name),
      );
    }
    if (chosen === undefined || !chosen.hasContent) throw noContent(workbook.name, sheet);
    return {
      sheet: chosen.name,
      sheets: filled.filter((each) => !each.hidden || each === chosen).map((each) => each.name),
      chunks: { [Symbol.asyncIterator]: () => csvChunks(path, chosen, signal) },
    };
  });
}

interface OpenWorkbook extends WorkbookParts {
  /** What messages call it. */
  name: string;
  parts: ZipParts;
}

type Sheet = WorkbookParts['sheets'][number];

async function openWorkbook(path: string, signal: AbortSignal): Promise<OpenWorkbook> {
  const name = basename(path);
  signal.throwIfAborted();
  await refuseByFirstBytes(path, name);
  const parts = await openZip(path, name, signal);
  try {
    return { name, parts, ...(await readWorkbookParts(name, parts)) };
  } catch (thrown) {
    parts.close();
    throw thrown;
  }
}

async function withWorkbook<T>(
  path: string,
  signal: AbortSignal,
  work: (workbook: OpenWorkbook) => Promise<T>,
): Promise<T> {
  try {
    const workbook = await openWorkbook(path, signal);
    try {
      return await work(workbook);
    } finally {
      workbook.parts.close();
    }
  } catch (thrown) {
    throw translated(thrown, path, signal);
  }
}

async function glances({ parts, sheets }: OpenWorkbook): Promise<(Sheet & SheetGlance)[]> {
  const all: (Sheet & SheetGlance)[] = [];
  for (const sheet of sheets) {
    all.push({ ...sheet, ...(await glanceAtSheet(parts.read(sheet.path, MAX_SHEET_BYTES))) });
  }
  return all;
}

/** Opens the workbook anew when the first chunk is asked for, so that chunks nobody reads hold nothing open. */
async function* csvChunks(path: string, sheet: Sheet, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    const workbook = await openWorkbook(path, signal);
    try {
      yield* sheetChunks(workbook, sheet);
    } finally {
      workbook.parts.close();
    }
  } catch (thrown) {
    throw translated(thrown, path, signal);
  }
}

async function* sheetChunks(workbook: OpenWorkbook, sheet: Sheet): AsyncGenerator<Uint8Array> {
  const { name, parts, sharedStrings, styles, date1904 } = workbook;
  const context = {
    workbook: name,
    sheet: sheet.name,
    strings:
      sharedStrings === null
        ? NO_STRINGS
        : await readSharedStrings(name, parts.read(sharedStrings, MAX_STRINGS_BYTES)),
    formats: styles === null ? [] : await readStyles(parts.read(styles, MAX_STYLES_BYTES)),
    date1904,
  };
  yield* csvOfRows(sheetRows(parts.read(sheet.path, MAX_SHEET_BYTES), context));
}

function translated(thrown: unknown, path: string, signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : workbookError(thrown, path, basename(path));
}
