import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../../shared/errors.ts';
import { BOOKS, CHECKOUTS, fileOf, NEVER, STUDENTS } from './draft-bench.ts';
import type { World } from './draft-parts.ts';
import { loadBench } from './load-bench.ts';

const bench = loadBench();

const STORED = `${BOOKS}B1,Matilda,240\nB2,Holes,233\n`;
/** B1 changes, B2 stays, B3 is new, B4 is wrong, B5 will be left out. */
const MIXED = `${BOOKS}B1,Matilda!,240\nB2,Holes,233\nB3,Hatchet,195\nB4,,1\nB5,Frindle,105\n`;

async function mixed(): Promise<{ draftId: string; fileNo: number }> {
  const stored = await bench.open({ 'stored.csv': STORED });
  await bench.load(stored.draftId);
  const draft = await bench.open({ 'books.csv': MIXED });
  const { draftId } = draft;
  const { fileNo } = fileOf(draft, 'books.csv');
  await bench.ask('drafts.skip', { draftId, fileNo, rows: [5], skipped: true });
  return { draftId, fileNo };
}

const embedderFails =
  (code: ErrorCode): World['needed'] =>
  ({ embed }) => {
    if (embed) throw new AppError({ code, message: 'There is no embedding service.', hint: 'Add one.' });
  };

const loads = async () => (await bench.query('SELECT load_id, status FROM accession.loads')).length;

describe('a review', () => {
  it('counts what is then loaded', async () => {
    const { draftId, fileNo } = await mixed();
    const { review } = await bench.ask('drafts.review', { draftId });
    const expected = { rows: 5, inserted: 1, updated: 1, unchanged: 1, rejected: 1, skipped: 1 };
    expect(review.files).toEqual([
      {
        ...expected,
        fileNo,
        name: 'books.csv',
        type: 'books',
        changedColumns: [{ column: 'title', rows: 1 }],
      },
    ]);
    expect([review.written, review.confirmation]).toEqual([2, null]);
    expect((await bench.ready(draftId)).review).toBe('ready');
    expect(await bench.books()).toEqual(['B1 Matilda', 'B2 Holes']);

    const after = await bench.load(draftId);
    expect(await bench.books()).toEqual(['B1 Matilda!', 'B2 Holes', 'B3 Hatchet']);
    const loadId = after.loads[0] ?? '';
    const [load] = await bench.process.ports
      .target(null)
      .then(async (target) => {
        const { database } = await target.ports({ embed: false, publish: false });
        const found = await database.ledger.loads(10, NEVER);
        await target.release();
        return found;
      })
      .then((found) => found.filter((one) => one.loadId === loadId));
    expect(load).toMatchObject({ status: 'partial', report: { files: [expected] } });
    expect([after.loading, after.review]).toEqual([null, 'stale']);
  });

  it('has the rows of each kind, changed ones field by field', async () => {
    const { draftId, fileNo } = await mixed();
    const rows = async (change: 'insert' | 'update' | 'unchanged' | 'rejected') =>
      (await bench.ask('drafts.reviewRows', { draftId, fileNo, change, offset: 0, limit: 10 })).rows;
    expect(
      await bench.refusal('drafts.reviewRows', {
        draftId,
        fileNo,
        change: 'insert',
        offset: 0,
        limit: 10,
      }),
    ).toBe('draft.review-gone');
    await bench.ask('drafts.review', { draftId });
    expect(await rows('update')).toEqual([
      {
        row: 1,
        line: 2,
        key: 'B1',
        title: 'Matilda!',
        fields: [{ column: 'title', before: 'Matilda', after: 'Matilda!' }],
      },
    ]);
    expect(await rows('insert')).toEqual([{ row: 3, line: 4, key: 'B3', title: 'Hatchet', fields: [] }]);
    expect((await rows('unchanged')).map(({ key }) => key)).toEqual(['B2']);
    expect((await rows('rejected')).map(({ key }) => key)).toEqual(['B4']);
  });

  it('is stale after an edit, and right again after another one', async () => {
    const { draftId, fileNo } = await mixed();
    await bench.ask('drafts.review', { draftId });
    await bench.edit(draftId, fileNo, 4, 1, 'Wonder');
    expect((await bench.ready(draftId)).review).toBe('stale');
    const { review } = await bench.ask('drafts.review', { draftId });
    expect([review.files[0]?.inserted, review.written]).toEqual([2, 3]);
    expect((await bench.ready(draftId)).review).toBe('ready');
  });

  it('is stale where the profiles were changed', async () => {
    const { draftId } = await mixed();
    await bench.ask('drafts.review', { draftId });
    bench.process.desk.profilesChanged();
    await expect.poll(async () => (await bench.ready(draftId)).review).toBe('stale');
  });

  it('asked for twice at once is made once', async () => {
    const { draftId } = await mixed();
    let made = 0;
    bench.database = (database) => ({
      ...database,
      rehearsal(...given) {
        made += 1;
        return database.rehearsal(...given);
      },
    });
    const review = () => bench.ask('drafts.review', { draftId });
    const [one, other] = await Promise.all([review(), review()]);
    expect([other, made]).toEqual([one, 1]);
    await review();
    expect(made).toBe(2);
  });

  it('of a target without an embedding service forecasts nothing, and the draft can be loaded', async () => {
    bench.safety = { kind: 'production', readOnly: false, rehearseFirst: true, confirmAboveRows: 1_000 };
    bench.world.needed = embedderFails('settings.invalid');
    const { draftId } = await bench.open({ 'books.csv': STORED });
    const { review } = await bench.ask('drafts.review', { draftId });
    expect([review.forecast, review.written]).toEqual([null, 2]);
    await bench.load(draftId);
    expect(await bench.books()).toHaveLength(2);
  });

  it('fails where the embedding service has another fault than not being there', async () => {
    bench.world.needed = embedderFails('secrets.unreadable');
    const { draftId } = await bench.open({ 'books.csv': STORED });
    expect(await bench.refusal('drafts.review', { draftId })).toBe('secrets.unreadable');
    expect((await bench.ready(draftId)).review).toBe('failed');
  });

  it('covers a whole term, its own books and students counted as there', async () => {
    const draft = await bench.open({
      'books.csv': STORED,
      'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
      'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\nS1,B2,2026-09-02\n`,
    });
    const { review } = await bench.ask('drafts.review', { draftId: draft.draftId });
    expect(review.files.map(({ type, inserted, rejected }) => [type, inserted, rejected])).toEqual([
      ['books', 2, 0],
      ['students', 1, 0],
      ['checkouts', 2, 0],
    ]);
    await bench.load(draft.draftId);
    expect(await bench.query('SELECT student_id, book_id FROM checkout ORDER BY book_id')).toEqual([
      { student_id: 'S1', book_id: 'B1' },
      { student_id: 'S1', book_id: 'B2' },
    ]);
  });
});

describe('production', () => {
  const production = (confirmAboveRows: number) => ({
    kind: 'production' as const,
    readOnly: false,
    rehearseFirst: false,
    confirmAboveRows,
  });

  it('is not loaded before it was compared as the draft is now', async () => {
    bench.safety = production(1_000);
    const draft = await bench.open({ 'books.csv': STORED });
    const { draftId } = draft;
    expect(await bench.refusal('drafts.load', { draftId })).toBe('draft.review-first');
    await bench.ask('drafts.review', { draftId });
    await bench.edit(draftId, 0, 1, 1, 'Madeline');
    expect(await bench.refusal('drafts.load', { draftId })).toBe('draft.review-first');
    expect([await bench.books(), await loads()]).toEqual([[], 0]);
    await bench.ask('drafts.review', { draftId });
    await bench.load(draftId);
    expect(await bench.books()).toEqual(['B1 Madeline', 'B2 Holes']);
  });

  it('is loaded without a word up to its threshold', async () => {
    bench.safety = production(2);
    const { draftId } = await bench.open({ 'books.csv': STORED });
    expect((await bench.ask('drafts.review', { draftId })).review.confirmation).toBeNull();
    await bench.load(draftId);
    expect(await bench.books()).toHaveLength(2);
  });

  it('wants its name typed above the threshold, and is not written to for another word', async () => {
    bench.safety = production(1);
    const { draftId } = await bench.open({ 'books.csv': STORED });
    expect((await bench.ask('drafts.review', { draftId })).review.confirmation).toBe('Lincoln Elementary');
    for (const confirmation of [null, 'lincoln elementary', 'yes'])
      expect(await bench.refusal('drafts.load', { draftId, confirmation })).toBe('draft.not-confirmed');
    expect([await bench.books(), await loads()]).toEqual([[], 0]);
    expect((await bench.ready(draftId)).loading).toBeNull();
    await bench.load(draftId, { confirmation: ' Lincoln Elementary ' });
    expect(await bench.books()).toHaveLength(2);
  });

  it('wants its name typed for a few rows, too, where something looks odd', async () => {
    bench.safety = production(1_000);
    const rows = Array.from({ length: 5 }, (_, i) => `B${i},,x`).join('\n');
    const { draftId } = await bench.open({ 'books.csv': `${BOOKS}B9,Matilda,\n${rows}\n` });
    const { review } = await bench.ask('drafts.review', { draftId });
    expect(review.alarms.map(({ kind, fileNo }) => [kind, fileNo])).toEqual([['many-rejected', 0]]);
    expect(review.confirmation).toBe('Lincoln Elementary');
  });
});

describe('other targets', () => {
  it('that are read-only are not loaded into', async () => {
    bench.safety = { kind: 'test', readOnly: true, rehearseFirst: false, confirmAboveRows: 1_000 };
    const { draftId } = await bench.open({ 'books.csv': STORED });
    expect(await bench.refusal('drafts.load', { draftId })).toBe('profile.read-only');
    expect([await bench.books(), await loads()]).toEqual([[], 0]);
    const { readOnly, loading } = await bench.ready(draftId);
    expect([readOnly, loading]).toEqual([true, null]);
  });

  it('that want a rehearsal first get it', async () => {
    bench.safety = { kind: 'test', readOnly: false, rehearseFirst: true, confirmAboveRows: 1 };
    const { draftId } = await bench.open({ 'books.csv': STORED });
    expect(await bench.refusal('drafts.load', { draftId })).toBe('draft.review-first');
    // The name is typed for production only.
    expect((await bench.ask('drafts.review', { draftId })).review.confirmation).toBeNull();
    await bench.load(draftId);
    expect(await bench.books()).toHaveLength(2);
  });
});
