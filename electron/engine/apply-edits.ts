import type { RowIssue } from '../../shared/records/types.ts';
import type { CheckedFile } from './check-file.ts';
import { type Rechecked, ROW_STATE } from './checker-port.ts';
import { editsWith } from './edit-overlay.ts';
import { KeyTable } from './key-table.ts';
import type { CheckContext } from './load-context.ts';
import { checkReferences, type IdLookup, REFERENCE_CODES, REFERENCES } from './references.ts';
import { repeatedKeyIssue } from './repeated-keys.ts';
import type { CellChange, FileFindings } from './workspace-port.ts';

/** Edits are laid over so many rows at once: all of a large operation would double what it takes. */
const ROWS_AT_ONCE = 16_384;

/** What is collected for one file while an operation is worked out. */
interface Change {
  file: CheckedFile;
  /** Rows whose cells change, ascending. */
  edited: number[];
  /** Keys whose bearers changed: rows that have them, and rows that point at them, are looked at again. */
  keys: KeyTable;
  /** Rows whose repeated keys, or references, were worked out anew. */
  regrouped: number[];
  referring: number[];
  issues: RowIssue[];
}

/**
 * Checks the changed rows again and everything that hangs on them: the other rows of a repeated key, the
 * checkouts of a book or student whose id changed, came or went. Updates the files' facts and returns what
 * changes among the findings; nothing is written. Where it throws, the facts have to be read back.
 */
export async function findingsAfter(
  context: CheckContext,
  files: readonly CheckedFile[],
  changes: readonly CellChange[],
  lookup: IdLookup | null,
): Promise<FileFindings[]> {
  const edited: CheckContext = { ...context, edits: editsWith(context.edits, changes) };
  const byFile = new Map<number, Change>();
  const changeOf = (file: CheckedFile): Change => {
    const known = byFile.get(file.fileNo);
    if (known !== undefined) return known;
    const change: Change = {
      file,
      edited: [],
      keys: new KeyTable(16),
      regrouped: [],
      referring: [],
      issues: [],
    };
    byFile.set(file.fileNo, change);
    return change;
  };
  for (const [fileNo, own] of Map.groupBy(changes, (change) => change.fileNo)) {
    const file = files.find((candidate) => candidate.fileNo === fileNo);
    if (file === undefined) throw new RangeError(`The load has no file ${fileNo}.`);
    const change = changeOf(file);
    change.edited = [...new Set(own.map(({ row }) => row))].sort((a, b) => a - b);
    await recheckEdited(edited, change);
    await regroup(edited, change);
  }
  for (const [file, rows] of affectedReferences(files, byFile)) {
    const change = changeOf(file);
    change.referring = rows;
  }
  const referring = [...byFile.values()].filter(({ referring: rows }) => rows.length > 0);
  const missing = await checkReferences(
    edited,
    files,
    referring.map(({ file, referring: rows }) => ({ file, rows })),
    lookup,
  );
  // One by one: a book may be named by more checkouts than a call takes arguments.
  for (const change of referring)
    for (const issue of missing.get(change.file.fileNo) ?? []) change.issues.push(issue);
  return [...byFile.values()].map(findingsOf);
}

/** The edited rows on their own. */
async function recheckEdited(context: CheckContext, change: Change): Promise<void> {
  const { edited } = change;
  for (let at = 0; at < edited.length; at += ROWS_AT_ONCE)
    await recheckRows(context, change, edited.slice(at, at + ROWS_AT_ONCE));
}

async function recheckRows(context: CheckContext, change: Change, rows: readonly number[]): Promise<void> {
  const { file } = change;
  const { facts } = file;
  const rowEdits = context.edits(file.fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
  const again: Rechecked = await context.ports.checker.recheck(
    file.opened,
    file.mapping,
    rows,
    { edits: rowEdits, withIds: false },
    context.signals.abort,
  );
  for (const [i, row] of rows.entries()) {
    const before = facts.state(row);
    const [a, b, c] = keyOf(file, row);
    facts.set(row, again.facts, i);
    const [d, e, f] = keyOf(file, row);
    const sameBearer = (before & ROW_STATE.fits) !== 0 && facts.fits(row) && a === d && b === e && c === f;
    if (sameBearer && (before & ROW_STATE.superseded) === 0) continue;
    if ((before & ROW_STATE.fits) !== 0) change.keys.set(a, b, c, 0);
    if (facts.fits(row)) change.keys.set(d, e, f, 0);
  }
  for (const issue of again.issues) change.issues.push(issue);
}

/** Which of the rows that share a changed key wins now, and what is to be said of the others. */
async function regroup(context: CheckContext, change: Change): Promise<void> {
  const { file, keys } = change;
  const { facts } = file;
  if (keys.size === 0) return;
  let groups = 0;
  const numbered = new KeyTable(keys.size);
  for (const [a, b, c] of keys.entries()) numbered.set(a, b, c, groups++);
  const bearers = facts.rowsWithKeys(numbered);
  change.regrouped = bearers.map(({ row }) => row);
  const next = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { row, at } of bearers) {
    facts.setState(row, facts.state(row) & ~ROW_STATE.superseded);
    const before = last.get(at);
    if (before !== undefined) next.set(before, row);
    last.set(at, row);
  }
  const superseded = [...next.keys()].sort((a, b) => a - b);
  if (superseded.length === 0) return;
  for (const row of superseded) facts.setState(row, facts.state(row) | ROW_STATE.superseded);
  const rowEdits = context.edits(file.fileNo, superseded[0] ?? 0, superseded.at(-1) ?? 0);
  const again = await context.ports.checker.recheck(
    file.opened,
    file.mapping,
    superseded,
    { edits: rowEdits, withIds: true },
    context.signals.abort,
  );
  const nextRows = superseded.map((row) => next.get(row) ?? row);
  const lines = await file.opened.lines(nextRows, context.signals.abort);
  for (const [i, ids] of again.ids.entries()) {
    const place = { row: nextRows[i] ?? 0, line: lines[i] ?? 0 };
    change.issues.push(repeatedKeyIssue(file.mapping.type, ids, ids.key, place));
  }
}

/** Checkouts to be looked at again: edited or regrouped ones, and those that point at a changed key. */
function affectedReferences(
  files: readonly CheckedFile[],
  changes: ReadonlyMap<number, Change>,
): Map<CheckedFile, number[]> {
  const affected = new Map<CheckedFile, number[]>();
  for (const file of files) {
    if (file.mapping.type !== 'checkouts') continue;
    const own = changes.get(file.fileNo);
    const rows = new Set<number>([...(own?.edited ?? []), ...(own?.regrouped ?? [])]);
    for (const { type, offset } of REFERENCES)
      for (const change of changes.values()) {
        if (change.file.mapping.type !== type || change.keys.size === 0) continue;
        for (const row of file.facts.rowsWithRefs(change.keys, offset)) rows.add(row);
      }
    if (rows.size > 0)
      affected.set(
        file,
        [...rows].sort((a, b) => a - b),
      );
  }
  return affected;
}

function findingsOf({ file, edited, regrouped, referring, issues }: Change): FileFindings {
  // Of an edited row everything is replaced anyway.
  const whole = new Set(edited);
  const others = (rows: readonly number[]): number[] => rows.filter((row) => !whole.has(row));
  return {
    fileNo: file.fileNo,
    replaced: [
      { rows: edited, codes: null },
      { rows: others(regrouped), codes: ['key.repeated'] },
      { rows: others(referring), codes: REFERENCE_CODES },
    ],
    issues,
    facts: file.facts.blocks(new Set([...edited, ...regrouped, ...referring])),
  };
}

function keyOf({ facts }: CheckedFile, row: number): [number, number, number] {
  return [facts.key(row, 0), facts.key(row, 1), facts.key(row, 2)];
}
