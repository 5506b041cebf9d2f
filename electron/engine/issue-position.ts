import type { ColumnMapping, RowIssue } from '../../shared/records/types.ts';

/**
 * The cell that an issue speaks of: where several may hold its column, the one with the issue's value. Null for an
 * issue of the row as a whole, and for one of a value that stands in no cell (the same for every row).
 */
export function issuePosition(
  { sources, header }: ColumnMapping,
  { column, value }: RowIssue,
  cells: readonly string[],
): number | null {
  if (column === null) return null;
  const source = sources[column];
  if (source === undefined) {
    const own = header.indexOf(column);
    return own === -1 ? null : own;
  }
  if (source.kind === 'constant') return null;
  if (source.kind === 'derived') return source.position;
  const { positions } = source;
  return positions.find((position) => cells[position] === value) ?? positions[0] ?? null;
}
