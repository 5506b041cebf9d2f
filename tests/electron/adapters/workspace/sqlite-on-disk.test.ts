import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { ALL, issue, LOAD, NEVER, rowsOf, workspaceBench } from './workspace-bench.ts';

const on = workspaceBench();

describe('on the disk', () => {
  const ask: [string, () => Promise<unknown>, unknown][] = [
    ['files', () => on.workspace.files(LOAD), []],
    ['issues', () => on.workspace.issues(LOAD, 0, ALL), []],
    ['issueCounts', () => on.workspace.issueCounts(LOAD, 0), []],
    ['rowsWithErrors', () => on.workspace.rowsWithErrors(LOAD, 0, 0, 9), []],
    ['facts', () => on.workspace.facts(LOAD, 0), []],
    ['editsNow', async () => on.workspace.editsNow(LOAD, 0, 1, 9), new Map()],
    ['nextOperation', () => on.workspace.nextOperation(LOAD, 'undo'), null],
    ['operations', () => on.workspace.operations(LOAD), []],
    ['refused', () => Array.fromAsync(on.workspace.refused(LOAD, 0, NEVER)), []],
    ['addIssues of none', () => on.workspace.addIssues(LOAD, 0, []), undefined],
    ['addRejected of none', () => on.workspace.addRejected(LOAD, []), undefined],
    ['dropCopies', () => on.workspace.dropCopies(LOAD), undefined],
    ['forget', () => on.workspace.forget(LOAD), undefined],
  ];
  it.each(ask)(
    '%s of an unknown load answers with nothing and makes nothing',
    async (_name, question, answer) => {
      expect(await question()).toEqual(answer);
      expect(existsSync(on.dir)).toBe(false);
    },
  );

  it('everything is for its owner only', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    const folder = join(on.dir, LOAD);
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect([mode(on.dir), mode(folder)]).toEqual(['700', '700']);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['state.sqlite', 'state.sqlite-shm', 'state.sqlite-wal']);
    expect(names.map((name) => mode(join(folder, name)))).toEqual(['600', '600', '600']);
  });

  it('copies of files are dropped and findings stay; what is forgotten is gone', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    const folder = join(on.dir, LOAD);
    for (const name of ['file-0.csv', 'file-0.index', 'file-0.json', 'file-1.csv'])
      writeFileSync(join(folder, name), 'x');
    await on.workspace.dropCopies(LOAD);
    expect(readdirSync(folder).filter((name) => name.startsWith('file'))).toEqual([]);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual([issue(1)]);
    await on.workspace.forget(LOAD);
    expect(existsSync(folder)).toBe(false);
    expect(await on.workspace.issues(LOAD, 0, ALL)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([0, 1, 2])('a workspace of version %i is begun anew', async (version) => {
    mkdirSync(join(on.dir, LOAD), { recursive: true });
    const old = new DatabaseSync(join(on.dir, LOAD, 'state.sqlite'));
    old.exec(`CREATE TABLE files (a); INSERT INTO files VALUES (1); CREATE TABLE "odd ""one" (b);
      CREATE INDEX issues_of_row ON files (a); PRAGMA user_version = ${version}`);
    old.close();
    expect(await on.workspace.files(LOAD)).toEqual([]);
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    expect(await (await on.reopened()).issues(LOAD, 0, ALL)).toEqual([issue(1)]);
  });

  it('a workspace of version 3 keeps what was changed, and takes reviews', async () => {
    const changes = [{ fileNo: 0, row: 1, position: 1, before: null, after: 'Holes' }];
    const operation = { kind: 'new', label: 'Changed title in row 1' } as const;
    await on.workspace.commitOperation(LOAD, { operation, changes, findings: [] });
    const now = await on.reopened();
    const old = new DatabaseSync(join(on.dir, LOAD, 'state.sqlite'));
    old.exec('DROP TABLE review_runs; DROP TABLE review_updates; PRAGMA user_version = 3');
    old.close();
    expect(now.editsNow(LOAD, 0, 1, 9).get(1)).toEqual({ skipped: false, cells: new Map([[1, 'Holes']]) });
    expect(await now.operations(LOAD)).toHaveLength(1);
    await now.clearReview(LOAD);
  });

  it('a workspace of a newer version is refused in words, and left as it is', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    const path = join(on.dir, LOAD, 'state.sqlite');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const workspace = await on.reopened();
    await expect(workspace.issues(LOAD, 0, ALL)).rejects.toMatchObject({
      code: 'workspace.failed',
      message: expect.stringContaining('newer Accession'),
    });
    const after = new DatabaseSync(path);
    expect(after.prepare('SELECT row_no FROM issues').all()).toEqual([{ row_no: 1 }]);
    after.close();
  });

  it('what is no database is an error that says where it lies', async () => {
    mkdirSync(join(on.dir, LOAD), { recursive: true });
    writeFileSync(join(on.dir, LOAD, 'state.sqlite'), 'This is no database. '.repeat(300));
    await expect(on.workspace.files(LOAD)).rejects.toMatchObject({
      code: 'workspace.failed',
      message: expect.stringContaining(join(on.dir, LOAD)),
    });
  });

  it('a table that is gone is an error of the workspace, not of SQLite', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    const other = new DatabaseSync(join(on.dir, LOAD, 'state.sqlite'));
    other.exec('DROP TABLE issues');
    other.close();
    await expect(on.workspace.issues(LOAD, 0, ALL)).rejects.toMatchObject({ code: 'workspace.failed' });
  });

  it('another process that writes for a moment is waited for', async () => {
    await on.workspace.addIssues(LOAD, 0, [issue(1)]);
    const script = `const { DatabaseSync } = require('node:sqlite');
      const db = new DatabaseSync(process.argv[1]);
      db.exec('BEGIN IMMEDIATE'); console.log('held');
      setTimeout(() => { db.exec('COMMIT'); }, 300);`;
    const holder = spawn(process.execPath, ['-e', script, join(on.dir, LOAD, 'state.sqlite')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(holder.stdout, 'data');
    await on.workspace.addIssues(LOAD, 0, [issue(2)]);
    await once(holder, 'exit');
    expect(rowsOf(await on.workspace.issues(LOAD, 0, ALL))).toEqual([1, 2]);
  });
});

it('half a million issues are paged, narrowed and counted', async () => {
  const TOTAL = 500_000;
  const CODES = ['value.required', 'value.not-a-number', 'value.not-whole', 'isbn.invalid'] as const;
  for (let from = 0; from < TOTAL; from += 5_000) {
    const some = Array.from({ length: 5_000 }, (_, i) => {
      const row = from + i + 1;
      const code = CODES[row % 4] ?? 'value.required';
      return issue(row, { code, severity: row % 4 === 3 ? 'warning' : 'error' });
    });
    await on.workspace.addIssues(LOAD, 0, some);
  }
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const beganMs = performance.now();
    const result = await work();
    process.stdout.write(`${what}: ${(performance.now() - beganMs).toFixed(1)} ms\n`);
    return result;
  };
  const first = await timed('first page', () => on.workspace.issues(LOAD, 0, { offset: 0, limit: 100 }));
  expect(rowsOf(first).at(-1)).toBe(100);
  const deep = await timed('page at offset 400,000', () =>
    on.workspace.issues(LOAD, 0, { offset: 400_000, limit: 100 }),
  );
  expect(rowsOf(deep)[0]).toBe(400_001);
  const fromRow = await timed('page from row 400,001', () =>
    on.workspace.issues(LOAD, 0, { offset: 0, limit: 100, fromRow: 400_001 }),
  );
  expect(rowsOf(fromRow)).toEqual(rowsOf(deep));
  const ofCode = await timed('page of a code', () =>
    on.workspace.issues(LOAD, 0, { offset: 50_000, limit: 100, code: 'isbn.invalid' }),
  );
  expect(rowsOf(ofCode)[0]).toBe(200_003);
  const ofColumn = await timed('page of a code and column', () =>
    on.workspace.issues(LOAD, 0, { offset: 50_000, limit: 100, code: 'isbn.invalid', column: 'title' }),
  );
  expect(rowsOf(ofColumn)).toEqual(rowsOf(ofCode));
  const warnings = await timed('page of warnings', () =>
    on.workspace.issues(LOAD, 0, { offset: 0, limit: 100, severity: 'warning' }),
  );
  expect(rowsOf(warnings)[0]).toBe(3);
  const counts = await timed('counts', () => on.workspace.issueCounts(LOAD, 0));
  expect(counts.map(({ count }) => count)).toEqual([125_000, 125_000, 125_000, 125_000]);
  const rows = await timed('rows with errors', () => on.workspace.rowsWithErrors(LOAD, 0, 300_000, 1_000));
  expect(rows).toHaveLength(1_000);
});
