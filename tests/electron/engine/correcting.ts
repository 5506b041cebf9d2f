import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createCorrectionsSink } from '../../../electron/adapters/rejects/corrections-sink.ts';
import { createFileStore } from '../../../electron/adapters/workspace/file-store.ts';
import { sheetAsCsv } from '../../../electron/adapters/xlsx/workbook.ts';
import type { Checked } from '../../../electron/engine/check.ts';
import type { CheckedFile } from '../../../electron/engine/check-file.ts';
import {
  correctionsIn,
  type PlannedCorrections,
  planCorrections,
} from '../../../electron/engine/corrections.ts';
import { createEditSession, type EditSession } from '../../../electron/engine/edit-session.ts';
import { AS_FOUND, type OpenedFile } from '../../../electron/engine/file-port.ts';
import { rowsToCorrect } from '../../../electron/engine/rows-to-correct.ts';
import { requestOf } from '../adapters/rejects/rows-to-write.ts';
import { createEditBench, type EditBench, NEVER } from './edit-harness.ts';

export const DRAFT = '0b9c1d2e-3f40-4152-8364-758697a8b9ca';
export type Format = 'csv' | 'xlsx';
/** The heading row and the rows below it, as a spreadsheet shows them. */
export type Table = string[][];

/** A draft of one file whose rejected rows are exported, changed and brought back. */
export interface Correcting {
  readonly checked: Checked;
  readonly session: EditSession;
  readonly file: CheckedFile;
  open(text: string): Promise<void>;
  /** Writes the rejected rows and reads them as any file is read. */
  exported(format: Format): Promise<Table>;
  /** Saves a table as a spreadsheet would: quoted CSV text, or a workbook. */
  saved(table: Table, format: Format, name?: string): Promise<OpenedFile>;
  /** Opens any bytes. */
  opened(name: string, text: string): Promise<OpenedFile>;
  plan(returned: OpenedFile, draftId?: string): Promise<PlannedCorrections>;
  /** `row position text` of each edit that saving the table and dropping it comes to. */
  edits(table: Table, format: Format): Promise<string[]>;
}

export function correcting(): Correcting {
  let bench: EditBench;
  let checked: Checked;
  let session: EditSession;
  let files: OpenedFile[];
  let key = 0;
  beforeEach(() => {
    bench = createEditBench();
    files = [];
  });
  afterEach(async () => {
    for (const file of files) await file.close();
    await checked.close();
    await bench.close();
    bench.remove();
  });
  const store = () => createFileStore({ dir: join(bench.dir, 'returned'), openWorkbook: sheetAsCsv });
  const opened = async (path: string): Promise<OpenedFile> => {
    key += 1;
    const file = await store().open({ loadId: 'returned', key, path, reading: AS_FOUND }, NEVER);
    files.push(file);
    return file;
  };
  const fileOf = (): CheckedFile => {
    const [file] = checked.files;
    if (file === undefined) throw new Error('The test has no file.');
    return file;
  };
  const saved = async (table: Table, format: Format, name = `saved-${key + 1}.${format}`) => {
    if (format === 'csv') {
      const quoted = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
      return opened(bench.file(name, `${quoted.join('\r\n')}\r\n`));
    }
    const path = join(bench.dir, name);
    await createCorrectionsSink().write(requestOf(path, 'xlsx', table), NEVER);
    return opened(path);
  };
  const plan = async (returned: OpenedFile, draftId = DRAFT) => {
    const corrections = correctionsIn(returned);
    if (corrections === null) throw new Error('It was not recognised.');
    return planCorrections(checked.context, fileOf(), corrections, draftId);
  };
  return {
    get checked() {
      return checked;
    },
    get session() {
      return session;
    },
    get file() {
      return fileOf();
    },
    async open(text) {
      checked = await bench.check([bench.file('students.csv', text)]);
      session = createEditSession(checked.context, checked.files, () => null);
    },
    async exported(format) {
      const path = join(bench.dir, `rejected-${key + 1}.${format}`);
      const { columns, rows } = await rowsToCorrect(checked.context, fileOf(), DRAFT);
      const request = { path, name: 'students.csv', format, columns, rows };
      const { rows: count } = await createCorrectionsSink().write(request, NEVER);
      const file = await opened(path);
      await file.ready(Number.POSITIVE_INFINITY, NEVER);
      const records = await file.page(1, count + 1, NEVER);
      return [[...file.header], ...records.map(({ cells }) => [...cells])];
    },
    saved,
    opened: (name, text) => opened(bench.file(name, text)),
    plan,
    async edits(table, format) {
      const { edits } = await plan(await saved(table, format));
      return edits.map(({ row, position, text }) => `${row} ${position} ${text}`);
    },
  };
}

/** The table with one cell replaced; rows from 1, the heading being row 0. */
export function withCell(table: Table, row: number, column: number, text: string): Table {
  return table.map((cells, at) => (at === row ? cells.with(column, text) : cells));
}
