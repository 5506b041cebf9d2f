import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeEachDatabase } from '../../contract/database-harness.ts';
import { createMemoryVectorIndex } from '../../fakes/memory-vector-index.ts';
import { type Bench, createBench, term } from './load-harness.ts';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/', import.meta.url));
const NEVER = new AbortController().signal;
const sample = (name: string): string => join(SAMPLES, `${name}.csv`);

describeEachDatabase('a load', (target) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench(await target.open());
  });
  afterEach(() => bench.close());

  it('finds every mistake planted in the samples, and nothing else', async () => {
    const report = await bench.load(['checkouts', 'students', 'books'].map(sample));
    const expected = JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8'));
    expect(report.status).toBe('partial');
    for (const [fileNo, file] of report.files.entries()) {
      const planted = expected[file.type];
      const issues = await bench.ports.workspace.issues(
        report.loadId,
        fileNo,
        { offset: 0, limit: 1_000 },
        NEVER,
      );
      const places = (severity: string) =>
        issues
          .filter((issue) => issue.severity === severity)
          .map(({ row, line, column }) => ({ row, line, column }))
          .toSorted((a, b) => a.row - b.row);
      const place = ({ row, line, column }: { row: number; line: number; column: string | null }) => ({
        row,
        line,
        column,
      });
      expect(places('error'), file.type).toEqual(planted.rejected.map(place));
      expect(places('warning'), file.type).toEqual(planted.warnings.map(place));
      expect([file.rows, file.accepted, file.rejected]).toEqual([
        planted.rows,
        planted.accepted,
        planted.rejected.length,
      ]);
    }
  });

  it('rehearses what the load then does, and leaves nothing behind', async () => {
    const files = ['books', 'students', 'checkouts'].map(sample);
    const everything = `SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2`;
    const before = await bench.rows(everything);
    const rehearsed = await bench.load(files, { dryRun: true });
    expect(rehearsed.status).toBe('rehearsed');
    expect(await bench.rows(everything)).toEqual(before);
    expect(await bench.rows('SELECT 1 FROM catalog UNION ALL SELECT 1 FROM accession.loads')).toEqual([]);
    const loaded = await bench.load(files);
    const counts = (files: typeof loaded.files) =>
      files.map(({ type, accepted, rejected, inserted, updated, unchanged }) => ({
        type,
        accepted,
        rejected,
        inserted,
        updated,
        unchanged,
      }));
    expect(counts(rehearsed.files)).toEqual(counts(loaded.files));
  });

  it('writes, embeds and publishes nothing where nothing changed', async () => {
    const { books, students, checkouts } = term(50);
    const files = [bench.file('c.csv', checkouts), bench.file('b.csv', books), bench.file('s.csv', students)];
    await bench.load(files);
    const requests = bench.embedder.requests.length;
    const sent = bench.publisher.sent.length;
    const again = await bench.load(files);
    expect(again.status).toBe('loaded');
    expect(again.files.map((file) => file.unchanged)).toEqual([50, 50, 50]);
    expect(bench.embedder.requests.length).toBe(requests);
    expect(bench.publisher.sent.slice(sent).map((message) => message.topic)).toEqual(['ingestion_metrics']);
  });

  it('embeds again only the books whose text changed', async () => {
    const file = bench.file('b.csv', term(30).books);
    await bench.load([file]);
    const before = bench.embedder.requests.flat().length;
    bench.file(
      'b.csv',
      term(30).books.replace('Title 7,', 'Another title,').replace(',Author 3,103,', ',Author 3,999,'),
    );
    const report = await bench.load([file]);
    expect(report.files[0]).toMatchObject({ updated: 2, unchanged: 28 });
    expect(bench.embedder.requests.flat().slice(before)).toEqual(['Another title. Author 0']);
    expect(report.embeddings).toMatchObject({ generated: 1, reused: 1 });
  });

  it('rejects a checkout whose book or student is nowhere, naming what is missing', async () => {
    const { books, students } = term(2);
    const checkouts =
      'student_id,book_id,checkout_date\nS0001,B0001,2026-09-01\nS0001,B9999,2026-09-01\nS7777,B8888,2026-09-02\n';
    const report = await bench.load([
      bench.file('c.csv', checkouts),
      bench.file('b.csv', books),
      bench.file('s.csv', students),
    ]);
    expect(report.files[2]).toMatchObject({ rows: 3, inserted: 1, rejected: 2 });
    const issues = await bench.ports.workspace.issues(
      report.loadId,
      2,
      { offset: 0, limit: 10, severity: 'error' },
      NEVER,
    );
    expect(issues.map(({ line, code, value }) => [line, code, value])).toEqual([
      [3, 'reference.missing-book', 'B9999'],
      [4, 'reference.missing-student', 'S7777'],
      [4, 'reference.missing-book', 'B8888'],
    ]);
  });

  it('writes nothing at all with --all-or-nothing when a row is bad', async () => {
    const { books } = term(25);
    const report = await bench.load([bench.file('b.csv', `${books}B9999,,Nobody,1,2001\n`)], {
      options: { allOrNothing: true },
    });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'load.all-or-nothing' } });
    expect(await bench.rows('SELECT 1 FROM catalog')).toEqual([]);
    expect(await bench.rows('SELECT 1 FROM accession.staged_books')).toEqual([]);
    const good = await bench.load([bench.file('b.csv', books)], { options: { allOrNothing: true } });
    expect(good).toMatchObject({ status: 'loaded', error: null });
    expect(good.files[0]?.inserted).toBe(25);
  });

  it('writes nothing where more rows are rejected than --max-rejects allows', async () => {
    const text = `${term(8).books}B9998,,Nobody,1,2001\nB9999,,Nobody,1,2001\n`;
    const file = bench.file('b.csv', text);
    const refused = await bench.load([file], { maxRejects: { percent: 10 } });
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'load.too-many-rejects' } });
    expect(await bench.rows('SELECT 1 FROM catalog')).toEqual([]);
    const allowed = await bench.load([file], { maxRejects: { rows: 2 } });
    expect(allowed).toMatchObject({ status: 'partial', error: null });
  });

  it('leaves out the one row that the database refuses, and says which', async () => {
    await bench.opened.connection.script(
      `ALTER TABLE catalog ADD CONSTRAINT no_thirteen CHECK (title <> 'Title 13')`,
      NEVER,
    );
    const report = await bench.load([bench.file('b.csv', term(40).books)], {
      options: { rejectsDir: join(bench.dir, 'out') },
    });
    expect(report.files[0]).toMatchObject({ rows: 40, accepted: 39, inserted: 39, rejected: 1 });
    const rejects = readFileSync(report.files[0]?.rejectsFile ?? '', 'utf8')
      .trim()
      .split('\r\n');
    expect(rejects).toHaveLength(2);
    expect(rejects[1]).toMatch(/^B0013,Title 13,.*,14,.*refused this row/);
    expect(await bench.rows('SELECT 1 FROM accession.staged_books')).toEqual([]);
  });

  it('keeps no copy of its files, nor anything noted about one, once it has ended', async () => {
    const report = await bench.load([
      bench.file('b.csv', term(5).books),
      bench.file('s.csv', term(5).students),
    ]);
    const kept = readdirSync(join(bench.dir, 'workspace', report.loadId));
    expect(kept.filter((name) => name.startsWith('file-'))).toEqual([]);
  });

  it('waits for another load that is writing to the same tables, and says for whom', async () => {
    const file = bench.file('b.csv', term(60).books);
    const other = bench.file('b2.csv', term(60, 'Other').books);
    const waited: string[] = [];
    const events = (event: { kind: string; reason?: string }): void => {
      if (event.kind === 'waiting') waited.push(event.reason ?? '');
    };
    const holder = '00000000-0000-4000-8000-000000000001';
    await bench.ports.database.ledger.takeTurns(holder, ['books'], 700, NEVER);
    const [one, two] = await Promise.all([
      bench.load([file], { onEvent: events }),
      bench.load([other], { onEvent: events }),
    ]);
    expect([one.status, two.status]).toEqual(['loaded', 'loaded']);
    expect(waited[0]).toContain('00000000');
    const titles = await bench.rows(`SELECT DISTINCT split_part(title, ' ', 1) AS word FROM catalog`);
    expect(titles).toHaveLength(1);
  });

  it('says what its index waits for, and goes on', async () => {
    const memory = createMemoryVectorIndex();
    const index: typeof memory = {
      ...memory,
      update(feed, signal, onWait) {
        onWait?.('It is started again.');
        return memory.update(feed, signal);
      },
    };
    const waited: unknown[] = [];
    const report = await bench.load([bench.file('b.csv', term(10).books)], {
      ports: { index },
      onEvent: (event) => {
        if (event.kind === 'waiting') waited.push([event.step, event.reason, event.untilMs]);
      },
    });
    expect(waited).toEqual([['index', 'It is started again.', null]]);
    expect([report.status, report.problems]).toEqual(['loaded', []]);
  });
});
