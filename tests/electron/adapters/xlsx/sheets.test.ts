import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSheets, sheetAsCsv } from '../../../../electron/adapters/xlsx/workbook.ts';
import { storedZip } from '../../setup/stored-zip.ts';
import { packedZip } from './packed-zip.ts';
import {
  csvText,
  fileFolder,
  inline,
  never,
  refusal,
  type TestSheet,
  workbookParts,
} from './workbook-files.ts';

let folder: ReturnType<typeof fileFolder>;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const write = (sheets: TestSheet[], name?: string) =>
  folder.write(packedZip(workbookParts({ sheets })), name);
const filled = (name: string, rest: Partial<TestSheet> = {}): TestSheet => ({
  name,
  data: `<row>${inline(name)}</row>`,
  ...rest,
});
const blank = (name: string): TestSheet => ({ name, data: '<row r="1"><c r="A1" s="1"/></row>' });

async function choice(path: string, sheet: string | null = null) {
  const chosen = await sheetAsCsv(path, sheet, never);
  return { sheet: chosen.sheet, sheets: chosen.sheets };
}

describe('the sheets of a workbook', () => {
  it('are listed in the order of their tabs, with the rows they say they have', async () => {
    const path = write([
      filled('Books', { dimension: 'A1:L341' }),
      filled('Streamed', { dimension: 'A1' }),
      filled('Lists', { state: 'hidden' }),
      filled('Macro', { state: 'veryHidden' }),
      { ...blank('Sheet2'), dimension: 'A1:C9' },
    ]);
    expect(await listSheets(path, never)).toEqual([
      { name: 'Books', rows: 341, hidden: false },
      { name: 'Streamed', rows: null, hidden: false },
      { name: 'Lists', rows: null, hidden: true },
      { name: 'Macro', rows: null, hidden: true },
      { name: 'Sheet2', rows: 0, hidden: false },
    ]);
  });

  it('do not count charts', async () => {
    const path = write([filled('Chart', { kind: 'chartsheet' }), filled('Books')]);
    expect(await listSheets(path, never)).toEqual([{ name: 'Books', rows: null, hidden: false }]);
    expect(await choice(path)).toEqual({ sheet: 'Books', sheets: ['Books'] });
  });

  it('the only visible one with content is chosen', async () => {
    const path = write([filled('Lists', { state: 'hidden' }), blank('Sheet1'), filled('Books')]);
    expect(await choice(path)).toEqual({ sheet: 'Books', sheets: ['Books'] });
    expect(await csvText(path)).toBe('Books\n');
  });

  it('of several the first is chosen, and the others are named', async () => {
    const path = write([
      filled('Books'),
      blank('Sheet2'),
      filled('Students'),
      filled('Old', { state: 'hidden' }),
    ]);
    expect(await choice(path)).toEqual({ sheet: 'Books', sheets: ['Books', 'Students'] });
  });

  it('a hidden one is taken where nothing else has content', async () => {
    expect(await choice(write([blank('Sheet1'), filled('Data', { state: 'hidden' })]))).toEqual({
      sheet: 'Data',
      sheets: ['Data'],
    });
  });

  it('one is found by its name, whatever the case', async () => {
    const path = write([filled('Books'), filled('Students'), filled('Old', { state: 'hidden' })]);
    expect(await csvText(path, 'students')).toBe('Students\n');
    expect(await choice(path, 'Old')).toEqual({ sheet: 'Old', sheets: ['Books', 'Students', 'Old'] });
  });

  it('a name that none has is refused with the names there are', async () => {
    expect(await refusal(write([filled('Books'), filled('Q &amp; A')]), 'Checkouts')).toMatchObject({
      code: 'file.no-sheet',
      message: 'term.xlsx has no sheet "Checkouts".',
      hint: 'Its sheets are: "Books", "Q & A".',
    });
  });

  it('without content they are refused', async () => {
    expect(await refusal(write([blank('Sheet1')]))).toMatchObject({
      code: 'file.empty',
      message: 'No sheet of term.xlsx holds anything.',
    });
    expect(await refusal(write([filled('Books'), blank('Sheet2')]), 'Sheet2')).toMatchObject({
      code: 'file.empty',
      message: 'The sheet "Sheet2" of term.xlsx is empty.',
    });
  });

  it('are read whatever the file is called, and however its parts are packed', async () => {
    expect(await csvText(write([filled('Books')], 'books.csv'))).toBe('Books\n');
    expect(await csvText(write([filled('Books')], 'books.xlsm'))).toBe('Books\n');
    const stored = storedZip(workbookParts({ sheets: [filled('Books')] }));
    expect(await csvText(folder.write(stored))).toBe('Books\n');
  });
});
