import { describe, expect, it } from 'vitest';
import type {
  CellChange,
  FileFindings,
  OperationCommit,
} from '../../../../electron/engine/workspace-port.ts';
import { ALL, issue, LOAD, workspaceBench } from './workspace-bench.ts';

const on = workspaceBench();

function change(row: number, before: string | null, after: string | null, position = 1): CellChange {
  return { fileNo: 0, row, position, before, after };
}

function commit(label: string, changes: CellChange[], findings: FileFindings[] = []): OperationCommit {
  return { operation: { kind: 'new', label }, changes, findings };
}

describe('odd texts', () => {
  it.each([
    ['a NUL', 'a\0b', 'a\0b'],
    ['half a surrogate pair', 'x\ud83d', 'x\ufffd'],
    ['a whole pair', '😀', '😀'],
    ['a BOM', '\ufeffa', '\ufeffa'],
    ['a text of 4,000 characters', 'é'.repeat(4_000), 'é'.repeat(4_000)],
    ['a megabyte', 'y'.repeat(1 << 20), `${'y'.repeat(4_000)}…`],
    ['a pair that the cut would halve', `${'z'.repeat(3_999)}😀`, `${'z'.repeat(3_999)}…`],
  ])('as the value of an issue: %s', async (_what, value, kept) => {
    await on.workspace.addIssues(LOAD, 0, [issue(1, { value })]);
    expect((await on.workspace.issues(LOAD, 0, ALL)).map((one) => one.value)).toEqual([kept]);
  });

  it.each(['a\0b', '', '😀', 'w'.repeat(1 << 20)])('as an edit, unshortened (%#)', async (text) => {
    await on.workspace.commitOperation(LOAD, commit('odd', [change(1, null, text)]));
    expect(on.workspace.editsNow(LOAD, 0, 1, 1).get(1)?.cells.get(1)).toBe(text);
    expect((await on.workspace.nextOperation(LOAD, 'undo'))?.changes).toEqual([change(1, null, text)]);
  });

  it('as a suggestion, unshortened: it is what would be written into the cell', async () => {
    const suggestion = { label: 'Use this', value: 'v'.repeat(5_000) };
    await on.workspace.addIssues(LOAD, 0, [issue(1, { suggestion })]);
    expect((await on.workspace.issues(LOAD, 0, ALL))[0]?.suggestion).toEqual(suggestion);
  });

  it('as a column of the file itself', async () => {
    const columns = ['__proto__', '%', "'; DROP TABLE issues; --", 'a\0b'];
    await on.workspace.addIssues(
      LOAD,
      0,
      columns.map((column) => issue(0, { column })),
    );
    for (const column of columns)
      expect((await on.workspace.issues(LOAD, 0, { ...ALL, column })).map((one) => one.column)).toEqual([
        column,
      ]);
  });
});
