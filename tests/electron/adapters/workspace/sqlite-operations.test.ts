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

describe('operations', () => {
  it('hold as edits, by row and cell, within the rows asked for', async () => {
    await on.workspace.commitOperation(
      LOAD,
      commit('Three', [change(1, null, 'One'), change(1, null, 'skipped', -1), change(3, null, '', 0)]),
    );
    const edits = new Map([
      [1, { cells: new Map([[1, 'One']]), skipped: true }],
      [3, { cells: new Map([[0, '']]), skipped: false }],
    ]);
    expect(on.workspace.editsNow(LOAD, 0, 1, 3)).toEqual(edits);
    expect([...on.workspace.editsNow(LOAD, 0, 2, 9).keys()]).toEqual([3]);
    expect(on.workspace.editsNow(LOAD, 1, 1, 3).size).toBe(0);
    expect((await on.reopened()).editsNow(LOAD, 0, 1, 3)).toEqual(edits);
  });

  it('are undone newest first and redone oldest first', async () => {
    for (const label of ['A', 'B', 'C'])
      await on.workspace.commitOperation(LOAD, commit(label, [change(1, null, label, label.charCodeAt(0))]));
    const turn = async (kind: 'undo' | 'redo'): Promise<string | null> => {
      const next = await on.workspace.nextOperation(LOAD, kind);
      if (next === null) return null;
      const { operationNo, changes, label } = next;
      const turned = changes.map((one) => ({ ...one, before: one.after, after: one.before }));
      await on.workspace.commitOperation(LOAD, {
        operation: { kind, operationNo },
        changes: kind === 'undo' ? turned : changes,
        findings: [],
      });
      return label;
    };
    const turned: (string | null)[] = [];
    for (const kind of ['undo', 'undo', 'redo', 'undo', 'undo', 'undo', 'redo', 'redo'] as const)
      turned.push(await turn(kind));
    expect(turned).toEqual(['C', 'B', 'B', 'B', 'A', null, 'A', 'B']);
    expect(await on.workspace.nextTurns(LOAD)).toEqual({
      undo: { label: 'B', fileNo: 0 },
      redo: { label: 'C', fileNo: 0 },
    });
    expect(await on.workspace.operations(LOAD)).toEqual([
      { operationNo: 1, label: 'A', state: 'done' },
      { operationNo: 2, label: 'B', state: 'done' },
      { operationNo: 3, label: 'C', state: 'undone' },
    ]);
    expect([...(on.workspace.editsNow(LOAD, 0, 1, 1).get(1)?.cells.values() ?? [])]).toEqual(['A', 'B']);
  });

  it('that are undone go when a new one comes', async () => {
    await on.workspace.commitOperation(LOAD, commit('A', [change(1, null, 'A')]));
    await on.workspace.commitOperation(LOAD, {
      operation: { kind: 'undo', operationNo: 1 },
      changes: [change(1, 'A', null)],
      findings: [],
    });
    await on.workspace.commitOperation(LOAD, commit('B', [change(2, null, 'B')]));
    expect((await on.workspace.operations(LOAD)).map(({ label }) => label)).toEqual(['B']);
    expect(await on.workspace.nextOperation(LOAD, 'redo')).toBeNull();
    expect((await on.workspace.nextOperation(LOAD, 'undo'))?.changes).toEqual([change(2, null, 'B')]);
  });

  it('replace all issues of some rows and some codes of others', async () => {
    const repeated = (row: number) => issue(row, { column: 'book_id', code: 'key.repeated' });
    await on.workspace.addIssues(LOAD, 0, [issue(1), repeated(1), issue(2), repeated(2), issue(3)]);
    const findings: FileFindings = {
      fileNo: 0,
      replaced: [
        { rows: [1], codes: null },
        { rows: [2, 3], codes: ['key.repeated'] },
      ],
      issues: [repeated(3)],
      facts: [{ blockNo: 0, bytes: Uint8Array.of(9) }],
    };
    await on.workspace.commitOperation(LOAD, commit('Edit', [change(1, null, 'x')], [findings]));
    const found = await on.workspace.issues(LOAD, 0, ALL);
    expect(found).toEqual([issue(2), issue(3), repeated(3)]);
    expect(await on.workspace.facts(LOAD, 0)).toEqual([{ blockNo: 0, bytes: Uint8Array.of(9) }]);
  });

  it('that fail half-way leave nothing of themselves, and the next one works', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    await on.workspace.commitOperation(LOAD, commit('A', [change(1, null, 'A')]));
    // Facts are written last; a block must have bytes.
    const failing: FileFindings = {
      fileNo: 0,
      replaced: [{ rows: [1], codes: null }],
      issues: [issue(5, { message: 'A message that was not there before.' })],
      facts: [{ blockNo: 0, bytes: null as unknown as Uint8Array }],
    };
    const broken = commit('B', [change(1, 'A', null), change(2, null, 'B')], [failing]);
    await expect(on.workspace.commitOperation(LOAD, broken)).rejects.toMatchObject({
      code: 'workspace.failed',
    });
    expect(await on.workspace.operations(LOAD)).toEqual([{ operationNo: 1, label: 'A', state: 'done' }]);
    expect([...on.workspace.editsNow(LOAD, 0, 1, 9)]).toEqual([
      [1, { cells: new Map([[1, 'A']]), skipped: false }],
    ]);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual([issue(1)]);
    await on.workspace.commitOperation(
      LOAD,
      commit('B', [change(2, null, 'B')], [{ ...failing, facts: [] }]),
    );
    expect((await on.workspace.issues(LOAD, 0, ALL)).map(({ message }) => message)).toEqual([
      'A message that was not there before.',
    ]);
  });
});
