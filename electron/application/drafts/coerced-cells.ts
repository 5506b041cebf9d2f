import type { CheckRecord } from '../../../shared/records/check.ts';
import type { SourceRecord } from '../../../shared/records/types.ts';
import type { MappedFile } from '../../engine/open-files.ts';

/** What would be loaded of each cell, where that is not simply its text. */
export function coercedCells(
  { mapping }: MappedFile,
  check: CheckRecord,
): (record: SourceRecord) => { position: number; text: string }[] {
  const places = Object.entries(mapping.sources).flatMap(([column, source]) => {
    if (source?.kind === 'cells') return [{ column, positions: source.positions }];
    return source?.kind === 'derived' ? [{ column, positions: [source.position] }] : [];
  });
  return (record) => {
    const values = check(record).record as Readonly<Record<string, unknown>> | null;
    if (values === null) return [];
    const coerced: { position: number; text: string }[] = [];
    for (const { column, positions } of places) {
      const position = positions.find((at) => (record.cells[at] ?? '').trim() !== '');
      if (position === undefined) continue;
      const cell = (record.cells[position] ?? '').trim();
      const text = inWords(values[column]);
      if (text !== plainly(cell)) coerced.push({ position, text });
    }
    return coerced;
  };
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** A list as a person would write it: what its JSON says is no other value. */
function plainly(cell: string): string {
  if (!cell.startsWith('[')) return cell;
  try {
    const list: unknown = JSON.parse(cell);
    return Array.isArray(list) ? list.join(', ') : cell;
  } catch {
    return cell;
  }
}
