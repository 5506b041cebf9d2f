import type { ColumnSummary } from '../../../shared/damage/column-summary.ts';
import { createObserver } from '../../../shared/damage/observe.ts';
import { columnRoles } from '../../../shared/damage/roles.ts';
import { type CheckedRecord, type CheckRecord, stagedRow } from '../../../shared/records/check.ts';
import { hashKey, KEY_WORDS } from '../../../shared/records/key-hash.ts';
import { type RowEdits, withEdit } from '../../../shared/records/row-edits.ts';
import type { CheckedRow, ColumnMapping, RowIssue, TextHasher } from '../../../shared/records/types.ts';
import {
  type CheckedRange,
  type RangeFacts,
  type Rechecked,
  ROW_STATE,
  type RowIds,
} from '../../engine/checker-port.ts';
import type { CopyReader } from '../csv/copy-reader.ts';

/** Only staged rows carry an id made up for a checkout that has none; a check alone does not pay for it. */
export const NO_HASHES: TextHasher = { sha256Hex: () => '' };

/** Records taken apart at once: few enough that the garbage collector finds next to nothing of them alive. */
export const BLOCK_ROWS = 128;

/** Checks `count` rows from `from` on, all of them readable. */
export function checkRange(
  reader: CopyReader,
  mapping: ColumnMapping,
  range: { from: number; count: number; edits: RowEdits; keepRows: boolean },
  tools: { hasher: TextHasher; check: CheckRecord },
): CheckedRange {
  const { keepRows, edits } = range;
  const observer = createObserver(mapping.header.length, columnRoles(mapping));
  const facts = emptyFacts(range.count, mapping);
  const issues: RowIssue[] = [];
  const rows: CheckedRow[] = [];
  let isbnZerosRestored = 0;
  let i = 0;
  for (const block of reader.blocks(range.from, range.count, BLOCK_ROWS))
    for (const [j, original] of block.records.entries()) {
      if (original.fault === null) observer.observe(original.cells, original.row, block.signs[j]);
      const edit = edits.size === 0 ? undefined : edits.get(original.row);
      const at = i;
      i += 1;
      if (edit?.skipped === true) {
        facts.states[at] = ROW_STATE.skipped;
        continue;
      }
      const record = withEdit(original, edit);
      const checked = tools.check(record);
      for (const issue of checked.issues) issues.push(issue);
      noteFacts(facts, at, checked);
      if (checked.isbnZeroRestored) isbnZerosRestored += 1;
      if (!keepRows) continue;
      const row = stagedRow(mapping.type, record, checked, tools.hasher);
      if (row !== null) rows.push(row);
    }
  const columns: ColumnSummary[] = observer.summary();
  return { firstRow: range.from, facts, columns, isbnZerosRestored, issues, rows };
}

/** Checks some rows (ascending, each once) as they are with `edits`. */
export function checkPicked(
  reader: CopyReader,
  mapping: ColumnMapping,
  { rows, edits, withIds }: { rows: Uint32Array; edits: RowEdits; withIds: boolean },
  check: CheckRecord,
): Rechecked {
  const facts = emptyFacts(rows.length, mapping);
  const issues: RowIssue[] = [];
  const ids: RowIds[] = [];
  let i = 0;
  for (const { records } of reader.pickBlocks(rows, BLOCK_ROWS))
    for (const original of records) {
      const edit = edits.get(original.row);
      const at = i;
      i += 1;
      const { row, line } = original;
      if (edit?.skipped === true) {
        facts.states[at] = ROW_STATE.skipped;
        if (withIds) ids.push({ row, line, key: '', refs: null });
        continue;
      }
      const checked = check(withEdit(original, edit));
      noteFacts(facts, at, checked);
      for (const issue of checked.issues) issues.push(issue);
      if (withIds) ids.push({ row, line, key: checked.key, refs: checked.refs });
    }
  return { facts, issues, ids };
}

function emptyFacts(rows: number, mapping: ColumnMapping): RangeFacts {
  return {
    states: new Uint8Array(rows),
    keys: new Uint32Array(rows * KEY_WORDS),
    refs: mapping.type === 'checkouts' ? new Uint32Array(rows * KEY_WORDS * 2) : null,
  };
}

function noteFacts(facts: RangeFacts, i: number, { record, key, refs }: CheckedRecord): void {
  if (record === null) return;
  facts.states[i] = ROW_STATE.fits;
  hashKey(key, facts.keys, i * KEY_WORDS);
  if (facts.refs === null || refs === null) return;
  hashKey(refs.studentId, facts.refs, i * KEY_WORDS * 2);
  hashKey(refs.bookId, facts.refs, i * KEY_WORDS * 2 + KEY_WORDS);
}
