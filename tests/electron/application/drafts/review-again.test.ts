import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOKS, CHECKOUTS, fileOf, STUDENTS } from './draft-bench.ts';
import { loadBench } from './load-bench.ts';

const bench = loadBench();

const STORED = `${BOOKS}B1,Matilda,240\nB2,Holes,233\nB3,Hatchet,195\n`;

async function changed(): Promise<{ draftId: string; fileNo: number }> {
  const stored = await bench.open({ 'stored.csv': STORED });
  await bench.load(stored.draftId);
  await bench.ask('drafts.discard', { draftId: stored.draftId });
  const { draftId } = await bench.open({
    'books.csv': `${BOOKS}B1,Matilda!,240\nB2,Holes!,233\nB3,Hatchet!,195\n`,
  });
  return { draftId, fileNo: 0 };
}

const page = { change: 'update', offset: 0, limit: 10 } as const;

describe('a review that is made again', () => {
  it('has nothing of the earlier one in its rows', async () => {
    const file = await changed();
    await bench.ask('drafts.review', { draftId: file.draftId });
    await bench.edit(file.draftId, file.fileNo, 2, 1, 'Holes');
    const { review } = await bench.ask('drafts.review', { draftId: file.draftId });
    expect(review.files).toMatchObject([{ updated: 2, unchanged: 1 }]);
    const { rows } = await bench.ask('drafts.reviewRows', { ...file, ...page });
    expect(rows.map(({ key }) => key)).toEqual(['B1', 'B3']);
  });

  it('leaves nothing on the disk but what is the draft’s own', async () => {
    const { draftId } = await changed();
    const before = readdirSync(join(bench.world.dir, 'workspace')).toSorted();
    expect(before).toContain(draftId);
    await bench.ask('drafts.review', { draftId });
    expect(readdirSync(join(bench.world.dir, 'workspace')).toSorted()).toEqual(before);
  });

  it('is none of the target that was chosen since', async () => {
    const file = await changed();
    const { draftId } = file;
    await bench.ask('drafts.review', { draftId });
    await bench.ask('drafts.target', { draftId, profileId: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01' });
    expect((await bench.ready(draftId)).review).toBe('none');
    expect(await bench.refusal('drafts.reviewRows', { ...file, ...page })).toBe('draft.review-gone');
  });
});

describe('a term whose files came in another order than they are loaded in', () => {
  it('is reviewed and loaded books first, its rows under the numbers that they had', async () => {
    const draft = await bench.open({
      'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\nS1,B9,2026-09-02\n`,
      'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
    });
    const { draftId } = draft;
    const added = await bench.add(draftId, { 'books.csv': STORED });
    const numbers = ['books.csv', 'students.csv', 'checkouts.csv'].map((name) => fileOf(added, name).fileNo);
    expect(numbers).toEqual([2, 1, 0]);
    const { review } = await bench.ask('drafts.review', { draftId });
    expect(review.files.map(({ fileNo, inserted, rejected }) => [fileNo, inserted, rejected])).toEqual([
      [2, 3, 0],
      [1, 1, 0],
      [0, 1, 1],
    ]);
    await bench.load(draftId);
    expect(await bench.query('SELECT student_id, book_id FROM checkout')).toEqual([
      { student_id: 'S1', book_id: 'B1' },
    ]);
  });
});
