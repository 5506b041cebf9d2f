import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOKS, draftBench } from './draft-bench.ts';

const bench = draftBench();

const FILE = { 'books.csv': `${BOOKS}B1,Matilda,x\n` };
const DAY_MS = 24 * 3_600_000;

async function listed(client: string): Promise<string[]> {
  return (await bench.ask('drafts.list', {}, client)).drafts.map(({ draftId }) => draftId);
}

describe('a draft', () => {
  it('is its client’s alone', async () => {
    const { draftId } = await bench.open(FILE, 'amy');
    expect(await listed('ben')).toEqual([]);
    for (const refused of [
      bench.refusal('drafts.show', { draftId }, 'ben'),
      bench.refusal('drafts.rows', { draftId, fileNo: 0, from: 1, count: 1 }, 'ben'),
      bench.refusal('drafts.undo', { draftId }, 'ben'),
      bench.refusal('drafts.discard', { draftId }, 'ben'),
    ])
      expect(await refused).toBe('draft.unknown');
    expect(await listed('amy')).toEqual([draftId]);
  });

  it('may be had by another once its client has gone, and not by the first any more then', async () => {
    const { draftId } = await bench.open(FILE, 'amy');
    await bench.process.desk.clientGone('amy');
    expect(await listed('ben')).toEqual([draftId]);
    expect((await bench.ready(draftId, 'ben')).files[0]?.state).toBe('checked');
    expect(await bench.refusal('drafts.show', { draftId }, 'amy')).toBe('draft.unknown');
    expect(await listed('amy')).toEqual([]);
  });

  it('may be had by another after a restart, for as long as its client is not back', async () => {
    const { draftId } = await bench.open(FILE, 'amy');
    await bench.restart();
    expect(await listed('ben')).toEqual([draftId]);
    expect(await listed('amy')).toEqual([draftId]);
    expect(await listed('ben')).toEqual([]);
    expect(await bench.refusal('drafts.show', { draftId }, 'ben')).toBe('draft.unknown');
    expect((await bench.ready(draftId, 'amy')).files[0]?.state).toBe('checked');
  });

  it('goes to one of two that ask at the same moment', async () => {
    const { draftId } = await bench.open(FILE, 'amy');
    await bench.restart();
    const asked = await Promise.all([
      bench.refusal('drafts.show', { draftId }, 'ben'),
      bench.refusal('drafts.show', { draftId }, 'eve'),
    ]);
    expect(asked.toSorted()).toEqual(['', 'draft.unknown']);
  });

  it('is one and the same for two pages that ask at the same moment', async () => {
    const { draftId } = await bench.open(FILE);
    await bench.restart();
    const [one, other] = await Promise.all([
      bench.process.desk.get('page', draftId),
      bench.process.desk.get('page', draftId),
    ]);
    expect(one).toBe(other);
  });

  it('that nobody ever had is unknown', async () => {
    const draftId = '0b9c1d2e-3f40-4152-8364-758697a8b9ca';
    expect(await bench.refusal('drafts.show', { draftId })).toBe('draft.unknown');
    expect(await bench.refusal('drafts.discard', { draftId })).toBe('draft.unknown');
  });
});

describe('discarding', () => {
  it('leaves nothing of it behind', async () => {
    const { draftId } = await bench.open(FILE);
    await bench.ask('drafts.paste', { draftId, profileId: null, text: 'book_id\ttitle\nB2\tHoles\n' });
    await bench.ready(draftId);
    await bench.ask('drafts.export', { draftId, fileNo: 0, format: 'csv' });
    await bench.ask('drafts.discard', { draftId });
    expect(await listed('page')).toEqual([]);
    expect(await bench.refusal('drafts.show', { draftId })).toBe('draft.unknown');
    const { dir } = bench.world;
    expect(existsSync(join(dir, 'workspace', draftId))).toBe(false);
    expect(readdirSync(join(dir, 'drafts'))).toEqual([]);
    const left = readdirSync(join(dir, 'workspace'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('ends what is under way, and nothing comes back afterwards', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `B${i},Title,x`).join('\n');
    const path = bench.file('books.csv', `${BOOKS}${rows}\n`);
    const { draft } = await bench.ask('drafts.open', { profileId: null, files: [path] });
    const { draftId } = draft;
    const waiting = bench.refusal('drafts.edit', {
      draftId,
      fileNo: 0,
      edits: [{ row: 1, position: 1, text: 'Late' }],
    });
    await bench.ask('drafts.discard', { draftId });
    expect(['draft.unknown', 'draft.busy']).toContain(await waiting);
    expect(existsSync(join(bench.world.dir, 'workspace', draftId))).toBe(false);
    expect(readdirSync(join(bench.world.dir, 'drafts'))).toEqual([]);
  });
});

describe('drafts that nobody opened for 30 days', () => {
  it('go with the next look at the list', async () => {
    const { draftId } = await bench.open(FILE);
    await bench.restart();
    bench.world.ahead = 29 * DAY_MS;
    expect(await listed('page')).toEqual([draftId]);
    bench.world.ahead = 31 * DAY_MS;
    expect(await listed('page')).toEqual([]);
    expect(existsSync(join(bench.world.dir, 'workspace', draftId))).toBe(false);
  });

  it('stay where they are open all the while', async () => {
    const { draftId } = await bench.open(FILE);
    bench.world.ahead = 31 * DAY_MS;
    expect(await listed('page')).toEqual([draftId]);
    expect(await bench.rows(draftId, 0)).toHaveLength(1);
  });

  it('stay where they were worked on since', async () => {
    const { draftId } = await bench.open(FILE);
    await bench.restart();
    bench.world.ahead = 29 * DAY_MS;
    await bench.ready(draftId);
    await bench.restart();
    bench.world.ahead = 31 * DAY_MS;
    expect(await listed('page')).toEqual([draftId]);
  });
});

describe('what is kept of a draft', () => {
  it('can be read by its owner only', async () => {
    const { draftId } = await bench.open(FILE);
    const { dir } = bench.world;
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect([mode(join(dir, 'drafts')), mode(join(dir, 'drafts', `${draftId}.json`))]).toEqual(['700', '600']);
    expect(mode(join(dir, 'workspace', draftId, 'state.sqlite'))).toBe('600');
  });
});
