import type { ReviewRow } from '../../shared/contract/draft-review.ts';
import { KEY_SEPARATOR } from '../../shared/records/check.ts';
import { withEdit } from '../../shared/records/row-edits.ts';
import type { ColumnMapping, RecordType, SourceRecord } from '../../shared/records/types.ts';
import type { CheckContext } from './load-context.ts';
import type { MappedFile } from './open-files.ts';
import type { ReviewedRow } from './workspace-port.ts';

const KEY_COLUMNS: Readonly<Record<RecordType, readonly string[]>> = {
  books: ['book_id'],
  students: ['student_id'],
  checkouts: ['student_id', 'book_id', 'checkout_date'],
};
const BETWEEN_PARTS = ' · ';

/**
 * What reviewed rows (ascending, each once; a page of them) are called, from the file as it is with its edits. A
 * rejected row has the key that its cells give, as far as they do.
 */
export async function describeReviewRows(
  context: CheckContext,
  { fileNo, opened, mapping }: Pick<MappedFile, 'fileNo' | 'opened' | 'mapping'>,
  reviewed: readonly ReviewedRow[],
): Promise<ReviewRow[]> {
  const first = reviewed[0]?.row;
  const last = reviewed.at(-1)?.row;
  if (first === undefined || last === undefined) return [];
  const { abort } = context.signals;
  const rows = reviewed.map(({ row }) => row);
  const edits = context.edits(fileNo, first, last);
  const { ids } = await context.ports.checker.recheck(opened, mapping, rows, { edits, withIds: true }, abort);
  const records = await opened.pick(rows, abort);
  return reviewed.map(({ row, fields }, i) => {
    const found = records[i];
    const record = found === undefined ? undefined : withEdit(found, edits.get(row));
    const key = ids[i]?.key ?? '';
    return {
      row,
      line: record?.line ?? 0,
      key: key === '' ? cellsOf(KEY_COLUMNS[mapping.type], mapping, record) : readable(key),
      title: cellsOf(['title'], mapping, record),
      fields: [...fields],
    };
  });
}

function readable(key: string): string {
  return key.replaceAll(KEY_SEPARATOR, BETWEEN_PARTS);
}

/** Of each column the first cell that says something; columns that have none are passed over. */
function cellsOf(
  columns: readonly string[],
  { sources }: ColumnMapping,
  record: SourceRecord | undefined,
): string {
  if (record === undefined || record.fault !== null) return '';
  return columns
    .map((column) => {
      const source = sources[column];
      if (source?.kind === 'constant') return source.value;
      if (source?.kind !== 'cells') return '';
      const texts = source.positions.map((position) => (record.cells[position] ?? '').trim());
      return texts.find((text) => text !== '') ?? '';
    })
    .filter((text) => text !== '')
    .join(BETWEEN_PARTS);
}
