import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createCorrectionsSink } from '../../../../electron/adapters/rejects/corrections-sink.ts';
import { describeWithPython } from '../../../services/available.ts';
import { requestOf } from './rows-to-write.ts';

const SCRIPT = fileURLToPath(new URL('./read-workbook.py', import.meta.url));

const seenSchema = z.object({
  sheets: z.array(z.tuple([z.string(), z.string()])),
  frozen: z.string().nullable(),
  filter: z.string().nullable(),
  widths: z.record(z.string(), z.number()),
  cells: z.record(
    z.string(),
    z.object({
      value: z.unknown(),
      type: z.string(),
      format: z.string(),
      bold: z.boolean(),
      fill: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
});

describeWithPython('a workbook of rejected rows, as openpyxl sees it', (pythonBin) => {
  const folder = mkdtempSync(join(tmpdir(), 'accession-openpyxl-'));
  let seen: z.infer<typeof seenSchema>;
  const cell = (reference: string) => seen.cells[reference];

  beforeAll(async () => {
    const path = join(folder, 'rejected.xlsx');
    const rows = [
      ['student_id', 'age', 'What is wrong', 'accession_row'],
      ['007', '', 'The age is missing.', 'r1-abcd-efgh'],
      ['9780306406157', '=1+1', 'Two things.', 'r2-abcd-efgh'],
      ['é 😀 <&>\nB', '2026-09-03', 'The whole row.', 'r3-abcd-efgh'],
    ];
    const notes = [
      { row: 1, position: 1, text: 'The age is missing.', bad: true },
      { row: 2, position: 0, text: 'The row.\nThe id & <more>.', bad: true },
      { row: 3, position: 0, text: 'The whole row.', bad: false },
    ];
    await createCorrectionsSink().write(requestOf(path, 'xlsx', rows, notes), new AbortController().signal);
    const { stdout } = await promisify(execFile)(pythonBin, [SCRIPT, path]);
    seen = seenSchema.parse(JSON.parse(stdout));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one visible sheet with a frozen, bold heading row and filters over all of it', () => {
    expect(seen.sheets).toEqual([['Rejected rows', 'visible']]);
    expect(seen.frozen).toBe('A2');
    expect(seen.filter).toBe('A1:D4');
    expect(['A1', 'B1', 'C1', 'D1'].map((at) => cell(at)?.bold)).toEqual([true, true, true, true]);
    expect(cell('A2')?.bold).toBe(false);
  });

  it('has text in every cell, and the text format for what is typed there', () => {
    expect(cell('A2')).toMatchObject({ value: '007', type: 's', format: '@' });
    expect(cell('A3')).toMatchObject({ value: '9780306406157', type: 's', format: '@' });
    expect(cell('B4')).toMatchObject({ value: '2026-09-03', type: 's', format: '@' });
    expect(cell('B2')).toMatchObject({ value: null, format: '@' });
    // No formula: it would be of type f.
    expect(cell('B3')).toMatchObject({ value: '=1+1', type: 's', format: '@' });
    expect(cell('A4')?.value).toBe('é 😀 <&>\nB');
  });

  it('has bad cells in red, blank ones too, and no other', () => {
    const red = Object.entries(seen.cells).filter(([, { fill }]) => fill === 'FFFFC7CE');
    expect(red.map(([at]) => at)).toEqual(['B2', 'A3']);
  });

  it('has the reasons as notes, those of the whole row on its first cell', () => {
    const notes = Object.entries(seen.cells).filter(([, { note }]) => note !== null);
    expect(notes.map(([at, { note }]) => [at, note])).toEqual([
      ['D1', 'By this column Accession finds the rows again. Please leave it as it is.'],
      ['B2', 'The age is missing.'],
      ['A3', 'The row.\nThe id & <more>.'],
      ['A4', 'The whole row.'],
    ]);
  });

  it('has columns as wide as what they hold', () => {
    expect(seen.widths).toEqual({ A: 15, B: 12, C: 70, D: 14 });
  });
});
