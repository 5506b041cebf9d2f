import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceFile } from '../../../../electron/engine/workspace-port.ts';
import type { RejectedRow, RowIssue } from '../../../../shared/records/types.ts';
import { ALL, issue, LOAD, NEVER, rowsOf, workspaceBench } from './workspace-bench.ts';

const on = workspaceBench();

describe('issues', () => {
  const HEADER = issue(0, { line: 1, column: 'shelf', code: 'column.unknown', severity: 'warning' });
  const WHOLE = issue(2, { column: null, code: 'csv.cells-missing', severity: 'warning', value: null });
  const FIXABLE = issue(3, {
    column: 'reading_level',
    code: 'value.not-a-number',
    value: '4,4',
    suggestion: { label: 'Write 4.4', value: '4.4' },
  });
  const IN_WORDS = issue(3, { suggestion: { label: 'Look it up.', value: null } });
  const MANY = [HEADER, issue(1), WHOLE, FIXABLE, IN_WORDS, issue(9)];

  beforeEach(async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(9), FIXABLE, IN_WORDS]);
    await on.workspace.addIssues(LOAD, 0, [HEADER, issue(1), WHOLE]);
    await on.workspace.addIssues(LOAD, 1, [issue(4)]);
  });

  it('come back as they were, in row order, those of one row in the order in which they were added', async () => {
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual(MANY);
    expect(await on.workspace.issues(LOAD, 1, ALL)).toEqual([issue(4)]);
    expect(await on.workspace.issues(LOAD, 2, ALL)).toEqual([]);
  });

  it('are paged without gap or overlap', async () => {
    const pages: RowIssue[] = [];
    for (let offset = 0; offset < 8; offset += 2)
      pages.push(...(await on.workspace.issues(LOAD, 0, { offset, limit: 2 })));
    expect(pages).toEqual(MANY);
  });

  it.each([
    ['severity', { severity: 'warning' }, [0, 2]],
    ['code', { code: 'value.required' }, [1, 3, 9]],
    ['column', { column: 'reading_level' }, [3]],
    ['the row as a whole', { column: null }, [2]],
    ['first row', { fromRow: 3 }, [3, 3, 9]],
    ['last row', { toRow: 2 }, [0, 1, 2]],
    ['rows between, both included', { fromRow: 1, toRow: 3 }, [1, 2, 3, 3]],
    [
      'all of them at once',
      { severity: 'error', code: 'value.required', column: 'title', fromRow: 2, toRow: 8 },
      [3],
    ],
    ['nothing that is there', { code: 'key.repeated' }, []],
  ] as const)('can be narrowed by %s', async (_by, filter, rows) => {
    expect(rowsOf(await on.workspace.issues(LOAD, 0, { ...ALL, ...filter }))).toEqual(rows);
  });

  it('are narrowed first and paged then', async () => {
    const page = { offset: 1, limit: 1, code: 'value.required' } as const;
    expect(rowsOf(await on.workspace.issues(LOAD, 0, page))).toEqual([3]);
  });

  it('are counted by code, column and severity, most frequent first', async () => {
    expect(await on.workspace.issueCounts(LOAD, 0)).toEqual([
      { code: 'value.required', column: 'title', severity: 'error', count: 3 },
      { code: 'column.unknown', column: 'shelf', severity: 'warning', count: 1 },
      { code: 'csv.cells-missing', column: null, severity: 'warning', count: 1 },
      { code: 'value.not-a-number', column: 'reading_level', severity: 'error', count: 1 },
    ]);
  });

  it('that are added again are there once', async () => {
    await on.workspace.addIssues(LOAD, 0, MANY);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual(MANY);
  });

  it('of a header whose third column repeats the first as its second does are two', async () => {
    const repeats = [2, 3].map((column) =>
      issue(0, {
        line: 1,
        code: 'column.repeated',
        severity: 'warning',
        message: `Column ${column} repeats another.`,
      }),
    );
    await on.workspace.addIssues(LOAD, 3, repeats);
    expect(await on.workspace.issues(LOAD, 3, ALL)).toEqual(repeats);
  });

  it('name the rows with errors once each, behind a row, up to a limit', async () => {
    expect(await on.workspace.rowsWithErrors(LOAD, 0, -1, 10)).toEqual([1, 3, 9]);
    expect(await on.workspace.rowsWithErrors(LOAD, 0, 1, 1)).toEqual([3]);
    expect(await on.workspace.rowsWithErrors(LOAD, 0, 9, 10)).toEqual([]);
  });

  it('go with the facts of their file when it is to be checked anew; other files keep theirs', async () => {
    const block = { blockNo: 0, bytes: Uint8Array.of(1, 2) };
    await on.workspace.saveFacts(LOAD, 0, [block]);
    await on.workspace.saveFacts(LOAD, 1, [block]);
    await on.workspace.clearFindings(LOAD, 0);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual([]);
    expect(await on.workspace.facts(LOAD, 0)).toEqual([]);
    expect(await on.workspace.issues(LOAD, 1, ALL)).toEqual([issue(4)]);
    expect(await on.workspace.facts(LOAD, 1)).toEqual([block]);
  });

  it('outlive the process', async () => {
    expect(await (await on.reopened()).issues(LOAD, 0, ALL)).toEqual(MANY);
  });
});

describe('files', () => {
  const BOOKS: WorkspaceFile = {
    fileNo: 0,
    key: 1,
    name: 'books.csv',
    path: '/home/ana/books.csv',
    mapping: {
      type: 'books',
      header: ['book_id', 'título'],
      sources: { book_id: { kind: 'cells', positions: [0] } },
      dateOrders: {},
      issues: [issue(0)],
    },
    state: 'opened',
    columns: null,
    remembered: true,
    isbnZerosRestored: 0,
  };

  it('come back by number, each as it was noted last', async () => {
    await on.workspace.saveFile(LOAD, { ...BOOKS, fileNo: 1, key: 0 });
    await on.workspace.saveFile(LOAD, BOOKS);
    const checked: WorkspaceFile = {
      ...BOOKS,
      state: 'checked',
      columns: [{ position: 0 }],
      isbnZerosRestored: 7,
    };
    await on.workspace.saveFile(LOAD, checked);
    expect(await (await on.reopened()).files(LOAD)).toEqual([checked, { ...BOOKS, fileNo: 1, key: 0 }]);
  });

  it('are no longer checked once their findings are cleared', async () => {
    await on.workspace.saveFile(LOAD, { ...BOOKS, state: 'checked' });
    await on.workspace.clearFindings(LOAD, 0);
    expect((await on.workspace.files(LOAD)).map(({ state }) => state)).toEqual(['opened']);
  });
});

describe('facts', () => {
  it('come back in block order, each as it was saved last', async () => {
    await on.workspace.saveFacts(LOAD, 0, [
      { blockNo: 10, bytes: Uint8Array.of(10) },
      { blockNo: 2, bytes: Uint8Array.of(2) },
    ]);
    await on.workspace.saveFacts(LOAD, 0, [{ blockNo: 2, bytes: Uint8Array.of(22, 0) }]);
    expect(await on.workspace.facts(LOAD, 0)).toEqual([
      { blockNo: 2, bytes: Uint8Array.of(22, 0) },
      { blockNo: 10, bytes: Uint8Array.of(10) },
    ]);
  });
});

describe('rows that the database refused', () => {
  const refused = (row: number, fileNo = 0): RejectedRow => ({
    fileNo,
    row,
    line: row + 1,
    cells: ['B1', 'a\0b', '\ud83d', 'long '.repeat(1_000)],
    issues: [issue(row, { code: 'database.refused', column: null })],
  });
  const all = async (fileNo: number): Promise<RejectedRow[]> => {
    const rows: RejectedRow[] = [];
    for await (const row of on.workspace.refused(LOAD, fileNo, NEVER)) rows.push(row);
    return rows;
  };

  it('come back whole and in row order, more than are read at once', async () => {
    const many = Array.from({ length: 1_203 }, (_, i) => refused(1_203 - i));
    await on.workspace.addRejected(LOAD, [...many, refused(1, 1)]);
    expect(await all(0)).toEqual(many.toReversed());
    expect(await all(1)).toEqual([refused(1, 1)]);
  });

  it('that are added again are there once, with the newest reason', async () => {
    await on.workspace.addRejected(LOAD, [refused(1)]);
    const again = {
      ...refused(1),
      issues: [issue(1, { code: 'database.refused', message: 'Another reason.' })],
    };
    await on.workspace.addRejected(LOAD, [again]);
    expect(await all(0)).toEqual([again]);
  });
});
