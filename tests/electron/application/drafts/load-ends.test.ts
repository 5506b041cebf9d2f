import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { createGate } from '../loads/desk-bench.ts';
import { BOOKS, CHECKOUTS, fileOf, STUDENTS } from './draft-bench.ts';
import { loadBench } from './load-bench.ts';

const bench = loadBench();

/** What the school's own database forbids, and nobody told Accession. */
const FORBID = `ALTER TABLE catalog ADD CONSTRAINT no_thirteen CHECK (title <> 'Thirteen')`;
const ALLOW = 'ALTER TABLE catalog DROP CONSTRAINT IF EXISTS no_thirteen';
afterEach(() => bench.query(ALLOW));

const TWO = `${BOOKS}B1,Matilda,240\nB2,Thirteen,13\n`;

async function refusedOnce(): Promise<{ draftId: string; fileNo: number }> {
  await bench.query(FORBID);
  const { draftId, files } = await bench.open({ 'books.csv': TWO });
  await bench.load(draftId);
  return { draftId, fileNo: files[0]?.fileNo ?? -1 };
}

async function counts(draftId: string): Promise<string[]> {
  return (await bench.ready(draftId)).files.map(
    ({ accepted, rejected, skipped }) => `${accepted} ${rejected} ${skipped}`,
  );
}

describe('a row that the database refuses', () => {
  it('comes back as an error of the draft’s own row', async () => {
    const { draftId, fileNo } = await refusedOnce();
    expect(await bench.books()).toEqual(['B1 Matilda']);
    expect(await counts(draftId)).toEqual(['1 1 0']);
    expect(await bench.issues(draftId, fileNo)).toEqual(['2 database.refused null']);
    const [, row] = await bench.rows(draftId, fileNo);
    expect([row?.state, row?.issues[0]?.message.startsWith('The database refused this row')]).toEqual([
      'rejected',
      true,
    ]);
  });

  it('is mended and sent again', async () => {
    const { draftId, fileNo } = await refusedOnce();
    await bench.edit(draftId, fileNo, 2, 1, 'Twelve');
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
    expect(await counts(draftId)).toEqual(['2 0 0']);
    const { loads } = await bench.load(draftId);
    expect(loads).toHaveLength(2);
    expect(await bench.books()).toEqual(['B1 Matilda', 'B2 Twelve']);
    expect(await counts(draftId)).toEqual(['2 0 0']);
  });

  it('is tried again as it is, and no error any more once it was taken', async () => {
    const { draftId, fileNo } = await refusedOnce();
    await bench.load(draftId);
    expect(await bench.issues(draftId, fileNo)).toEqual(['2 database.refused null']);
    await bench.query(ALLOW);
    await bench.load(draftId);
    expect(await bench.books()).toEqual(['B1 Matilda', 'B2 Thirteen']);
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
    expect(await counts(draftId)).toEqual(['2 0 0']);
  });

  it('is tried again where nothing else is left to load', async () => {
    await bench.query(FORBID);
    const { draftId } = await bench.open({ 'books.csv': `${BOOKS}B2,Thirteen,13\n` });
    await bench.load(draftId);
    expect(await counts(draftId)).toEqual(['0 1 0']);
    await bench.query(ALLOW);
    await bench.load(draftId);
    expect(await bench.books()).toEqual(['B2 Thirteen']);
  });

  it('is an error after a restart, too', async () => {
    const { draftId, fileNo } = await refusedOnce();
    await bench.restart();
    expect(await counts(draftId)).toEqual(['1 1 0']);
    expect(await bench.issues(draftId, fileNo)).toEqual(['2 database.refused null']);
    await bench.edit(draftId, fileNo, 2, 1, 'Twelve');
    await bench.restart();
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
  });

  it('comes back to a draft that nobody had open when its load ended', async () => {
    await bench.query(FORBID);
    const gate = createGate();
    hold(gate);
    const { draftId } = await bench.open({ 'books.csv': TWO });
    const over = bench.ended();
    await bench.ask('drafts.load', { draftId, embed: false, publish: false });
    await gate.reached;
    bench.kill();
    gate.open();
    await over;
    expect(await bench.issues((await bench.ready(draftId)).draftId, 0)).toEqual(['2 database.refused null']);
    expect(await counts(draftId)).toEqual(['1 1 0']);
  });

  it('takes what hangs on it along: a refused book leaves its checkouts behind', async () => {
    await bench.query(FORBID);
    const draft = await bench.open({
      'books.csv': TWO,
      'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
      'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\nS1,B2,2026-09-02\n`,
    });
    const { draftId } = draft;
    await bench.load(draftId);
    expect(await counts(draftId)).toEqual(['1 1 0', '1 0 0', '1 1 0']);
    await bench.edit(draftId, fileOf(draft, 'books.csv').fileNo, 2, 1, 'Twelve');
    await bench.load(draftId);
    expect(await counts(draftId)).toEqual(['2 0 0', '1 0 0', '2 0 0']);
    expect(await bench.query('SELECT book_id FROM checkout ORDER BY book_id')).toEqual([
      { book_id: 'B1' },
      { book_id: 'B2' },
    ]);
  });
});

/** Lets commits wait at the gate. */
function hold(gate: { pass(): Promise<void> }): void {
  bench.database = (database) => ({
    ...database,
    commits: {
      ...database.commits,
      async commit(...given) {
        await gate.pass();
        return database.commits.commit(...given);
      },
    },
  });
}

describe('while it is loaded a draft', () => {
  it('cannot be changed, taken apart, loaded again or discarded; afterwards it can', async () => {
    const gate = createGate();
    hold(gate);
    const { draftId } = await bench.open({ 'books.csv': TWO });
    const over = bench.ended();
    const { loadId } = await bench.ask('drafts.load', { draftId, embed: false, publish: false });
    await gate.reached;
    expect((await bench.ask('drafts.show', { draftId })).draft.loading).toBe(loadId);
    const edits = [{ row: 1, position: 1, text: 'Madeline' }];
    const bulk = { kind: 'skip', code: null, column: null } as const;
    for (const refused of [
      bench.refusal('drafts.edit', { draftId, fileNo: 0, edits }),
      bench.refusal('drafts.skip', { draftId, fileNo: 0, rows: [1], skipped: true }),
      bench.refusal('drafts.apply', { draftId, fileNo: 0, bulk }),
      bench.refusal('drafts.undo', { draftId }),
      bench.refusal('drafts.remove', { draftId, fileNo: 0 }),
      bench.refusal('drafts.read', { draftId, fileNo: 0, type: 'books' }),
      bench.refusal('drafts.target', { draftId, profileId: null }),
      bench.refusal('drafts.load', { draftId }),
      bench.refusal('drafts.discard', { draftId }),
    ])
      expect(await refused).toBe('draft.busy');
    expect(await bench.rows(draftId, 0)).toHaveLength(2);
    gate.open();
    await over;
    expect((await bench.ready(draftId)).loading).toBeNull();
    await bench.edit(draftId, 0, 1, 1, 'Madeline');
  });

  it('is read on though its page goes, and is to be had when the load has ended', async () => {
    const gate = createGate();
    hold(gate);
    const { draftId } = await bench.open({ 'books.csv': TWO });
    const over = bench.ended();
    await bench.ask('drafts.load', { draftId, embed: false, publish: false });
    await gate.reached;
    await bench.process.desk.clientGone('page');
    gate.open();
    await over;
    expect(await bench.books()).toEqual(['B1 Matilda', 'B2 Thirteen']);
    // Nobody has it open then: not even its target is held.
    await expect.poll(() => bench.world.held, { timeout: 10_000 }).toBe(0);
    expect((await bench.ready(draftId, 'another')).loading).toBeNull();
  });
});

describe('a load that comes to nothing', () => {
  it('for rows that are rejected, where all or nothing was asked for, leaves the draft as it was', async () => {
    const { draftId } = await bench.open({ 'books.csv': `${TWO}B3,,1\n` });
    const after = await bench.load(draftId, { allOrNothing: true });
    expect(await bench.books()).toEqual([]);
    expect([after.loading, after.loads.length]).toEqual([null, 1]);
    await bench.edit(draftId, 0, 3, 1, 'Hatchet');
    await bench.load(draftId, { allOrNothing: true });
    expect(await bench.books()).toHaveLength(3);
  });

  it('at its very first step does not keep the draft locked', async () => {
    bench.database = (database) => ({
      ...database,
      ledger: new Proxy(database.ledger, {
        get: (ledger, name) =>
          name === 'begin'
            ? () => Promise.reject(new AppError({ code: 'db.full', message: 'Full.', hint: 'Make room.' }))
            : Reflect.get(ledger, name),
      }),
    });
    const { draftId } = await bench.open({ 'books.csv': TWO });
    expect((await bench.load(draftId)).loading).toBeNull();
    await bench.edit(draftId, 0, 1, 1, 'Madeline');
  });

  it('does not begin where no row could be loaded', async () => {
    const { draftId } = await bench.open({ 'books.csv': `${BOOKS}B1,,\n` });
    expect(await bench.refusal('drafts.load', { draftId })).toBe('load.nothing-accepted');
    expect((await bench.ready(draftId)).loads).toEqual([]);
  });
});
