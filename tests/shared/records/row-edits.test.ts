import { expect, it } from 'vitest';
import { withEdit } from '../../../shared/records/row-edits.ts';
import type { SourceRecord } from '../../../shared/records/types.ts';

const RECORD: SourceRecord = { row: 4, line: 7, cells: ['B1', 'Emma', ''], fault: null };

const edited = (record: SourceRecord, cells: [number, string][], skipped = false) =>
  withEdit(record, { cells: new Map(cells), skipped });

it('a record without an edit is itself', () => {
  expect(withEdit(RECORD, undefined)).toBe(RECORD);
  expect(edited(RECORD, [], true)).toBe(RECORD);
});

it('an edit puts its cells in place and leaves the record of the file as it was', () => {
  expect(
    edited(RECORD, [
      [2, '1815'],
      [0, 'B2'],
    ]),
  ).toEqual({ ...RECORD, cells: ['B2', 'Emma', '1815'] });
  expect(RECORD.cells).toEqual(['B1', 'Emma', '']);
});

it('an edit behind the last cell fills the gap with blank cells, in whatever order its cells come', () => {
  expect(
    edited(RECORD, [
      [5, 'x'],
      [4, 'w'],
    ]).cells,
  ).toEqual(['B1', 'Emma', '', '', 'w', 'x']);
});

it('an edit of a record that was no CSV is all there is of it', () => {
  const faulty: SourceRecord = { ...RECORD, cells: ['B1,"Emma'], fault: 'quote-unclosed' };
  expect(edited(faulty, [[1, 'Emma']])).toEqual({ row: 4, line: 7, cells: ['', 'Emma'], fault: null });
  expect(edited(faulty, [], true)).toBe(faulty);
});
