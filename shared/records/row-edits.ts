import type { SourceRecord } from './types.ts';

/** What a person changed in a row: cells by position, and whether the row is to be left out. */
export interface RowEdit {
  cells: ReadonlyMap<number, string>;
  skipped: boolean;
}

/** Edits of one file by row. */
export type RowEdits = ReadonlyMap<number, RowEdit>;

/**
 * The record with its edits in place. An edit behind the record's last cell fills the gap with blank cells. A
 * record that was no CSV is typed anew by its edits: its text is one cell that nobody could have meant.
 */
export function withEdit(record: SourceRecord, edit: RowEdit | undefined): SourceRecord {
  if (edit === undefined || edit.cells.size === 0) return record;
  const cells = record.fault === null ? [...record.cells] : [];
  for (const [position, text] of edit.cells) {
    while (cells.length < position) cells.push('');
    cells[position] = text;
  }
  return { ...record, cells, fault: null };
}
