import type { ColumnToCorrect, CorrectionsRequest, RowToCorrect } from '../../../../electron/engine/ports.ts';

/** A request for a table whose first row is the heading; the last two columns are the reasons and the mark. */
export function requestOf(
  path: string,
  format: 'csv' | 'xlsx',
  [headings = [], ...rows]: readonly (readonly string[])[],
  notes: readonly (RowToCorrect['notes'][number] & { row: number })[] = [],
): CorrectionsRequest {
  const kinds = ['reasons', 'mark'] as const;
  const columns = headings.map(
    (heading, at): ColumnToCorrect => ({ heading, kind: kinds[at - headings.length + 2] ?? 'cells' }),
  );
  async function* written(): AsyncGenerator<RowToCorrect> {
    for (const [at, cells] of rows.entries())
      yield { cells, notes: notes.filter(({ row }) => row === at + 1) };
  }
  return { path, name: 'students.csv', format, columns, rows: written() };
}
