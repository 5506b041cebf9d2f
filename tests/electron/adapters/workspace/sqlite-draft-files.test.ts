import { describe, expect, it } from 'vitest';
import type { CellChange } from '../../../../electron/engine/workspace-port.ts';
import { ALL, issue, LOAD, workspaceBench } from './workspace-bench.ts';

const on = workspaceBench();

function change(fileNo: number, row: number, position: number, after: string): CellChange {
  return { fileNo, row, position, before: null, after };
}

function commit(label: string, changes: CellChange[]) {
  const operation = { kind: 'new', label } as const;
  return on.workspace.commitOperation(LOAD, { operation, changes, findings: [] });
}

const warning = { severity: 'warning', code: 'isbn.invalid', column: 'isbn', message: 'No ISBN.' } as const;

describe('rows with issues', () => {
  it('come once each, ascending, narrowed by what is asked for, without the header', async () => {
    await on.workspace.addIssues(LOAD, 0, [
      issue(0, { code: 'column.unknown', severity: 'warning', column: 'colour' }),
      issue(7),
      issue(3),
      issue(3, warning),
      issue(5, warning),
      issue(5, { ...warning, message: 'Not one either.' }),
      issue(9, { column: null, code: 'csv.cells-missing', severity: 'warning' }),
    ]);
    const rows = async (kind: object) => [...(await on.workspace.issueRows(LOAD, 0, kind))];
    expect(await rows({})).toEqual([3, 5, 7, 9]);
    expect(await rows({ severity: 'error' })).toEqual([3, 7]);
    expect(await rows({ code: 'isbn.invalid' })).toEqual([3, 5]);
    expect(await rows({ column: 'title' })).toEqual([3, 7]);
    expect(await rows({ column: null })).toEqual([9]);
    expect(await rows({ severity: 'error', code: 'isbn.invalid' })).toEqual([]);
    expect([...(await on.workspace.issueRows(LOAD, 1, {}))]).toEqual([]);
  });

  it('can be gone through from the last to the first', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1), issue(2), issue(2, warning), issue(3)]);
    const page = async (more: object) =>
      (await on.workspace.issues(LOAD, 0, { ...ALL, backwards: true, ...more })).map(
        ({ row, code }) => `${row} ${code}`,
      );
    expect(await page({})).toEqual([
      '3 value.required',
      '2 isbn.invalid',
      '2 value.required',
      '1 value.required',
    ]);
    expect(await page({ toRow: 2, limit: 1 })).toEqual(['2 isbn.invalid']);
    expect(await page({ fromRow: 2, offset: 1, limit: 1 })).toEqual(['2 isbn.invalid']);
  });

  it('lose the issues of one kind and keep the others', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1), issue(1, warning), issue(2, warning)]);
    await on.workspace.addIssues(LOAD, 1, [issue(1, warning)]);
    await on.workspace.removeIssues(LOAD, 0, ['isbn.invalid', 'key.repeated']);
    expect((await on.workspace.issues(LOAD, 0, ALL)).map(({ code }) => code)).toEqual(['value.required']);
    expect(await on.workspace.issues(LOAD, 1, ALL)).toHaveLength(1);
  });
});

describe('findings without an operation', () => {
  it('replace what was found in their rows, and nothing else', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1), issue(2), issue(2, warning)]);
    const facts = [{ blockNo: 0, bytes: new Uint8Array([1, 2]) }];
    const replaced = [{ rows: [2], codes: null }];
    await on.workspace.replaceFindings(LOAD, [{ fileNo: 0, replaced, issues: [issue(3)], facts }]);
    expect((await on.workspace.issues(LOAD, 0, ALL)).map(({ row }) => row)).toEqual([1, 3]);
    expect((await on.workspace.facts(LOAD, 0)).map(({ bytes }) => [...bytes])).toEqual([[1, 2]]);
    expect(await on.workspace.operations(LOAD)).toEqual([]);
  });
});

describe('edited rows', () => {
  it('are told apart from those that were left out, and their cells counted', async () => {
    await commit('Edits', [
      change(0, 9, 1, 'x'),
      change(0, 2, 0, 'x'),
      change(0, 2, 3, ''),
      change(1, 4, 0, 'x'),
    ]);
    await commit('Left out', [change(0, 5, -1, 'skipped'), change(0, 2, -1, 'skipped')]);
    expect([...(await on.workspace.editedRows(LOAD, 0, 'cells'))]).toEqual([2, 9]);
    expect([...(await on.workspace.editedRows(LOAD, 0, 'skipped'))]).toEqual([2, 5]);
    expect([await on.workspace.editedCells(LOAD, 0), await on.workspace.editedCells(LOAD, 1)]).toEqual([
      3, 1,
    ]);
    const nobody = '7f0c2f5e-7a86-4f0e-9a2f-2d7f5f0b1c11';
    expect([
      await on.workspace.editedCells(nobody, 0),
      [...(await on.workspace.editedRows(nobody, 0, 'cells'))],
    ]).toEqual([0, []]);
  });
});

describe('a file that is taken out', () => {
  it('goes with its findings, edits and what was done to it alone; of others all stays', async () => {
    for (const fileNo of [0, 1]) {
      await on.workspace.addIssues(LOAD, fileNo, [issue(1)]);
      await on.workspace.saveFacts(LOAD, fileNo, [{ blockNo: 0, bytes: new Uint8Array([fileNo]) }]);
    }
    await commit('First', [change(0, 1, 1, 'x')]);
    await commit('Both', [change(0, 2, 1, 'x'), change(1, 2, 1, 'y')]);
    await commit('Second', [change(1, 3, 1, 'y')]);
    await on.workspace.removeFile(LOAD, 0);
    expect([await on.workspace.issues(LOAD, 0, ALL), await on.workspace.facts(LOAD, 0)]).toEqual([[], []]);
    expect(on.workspace.editsNow(LOAD, 0, 1, 9).size).toBe(0);
    expect((await on.workspace.issues(LOAD, 1, ALL)).length).toBe(1);
    expect([...on.workspace.editsNow(LOAD, 1, 1, 9).keys()]).toEqual([2, 3]);
    expect((await on.workspace.operations(LOAD)).map(({ label }) => label)).toEqual(['Both', 'Second']);
    const next = await on.workspace.nextOperation(LOAD, 'undo');
    expect(next?.changes.map(({ fileNo }) => fileNo)).toEqual([1]);
  });

  it('that nobody knows is no matter', async () => {
    await on.workspace.removeFile(LOAD, 0);
    expect(await on.workspace.files(LOAD)).toEqual([]);
  });
});

describe('a load that is let go of', () => {
  it('is opened again by whoever asks', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    await on.workspace.letGo(LOAD);
    await on.workspace.letGo(LOAD);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toHaveLength(1);
  });
});
