import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editCells } from '../../../../electron/application/drafts/draft-mending.ts';
import { rowsFrom } from '../../../../electron/application/drafts/draft-rows.ts';
import { createGate } from '../loads/desk-bench.ts';
import { BOOKS, draftBench } from './draft-bench.ts';

const bench = draftBench();

/** What this process has open of a draft. */
function openFiles(draftId: string): string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        // The one that lists them.
        return '';
      }
    })
    .filter((path) => path.includes(draftId));
}

const FILE = { 'books.csv': `${BOOKS}B1,Matilda,x\nB2,Holes,233\n` };

/** Looks at it from every side, so that everything is open that can be. */
async function used(): Promise<string> {
  const { draftId } = await bench.open(FILE);
  await bench.rows(draftId, 0);
  await bench.edit(draftId, 0, 1, 2, '240');
  await bench.ask('drafts.find', { draftId, fileNo: 0, text: 'holes', after: { row: 0, position: -1 } });
  await bench.ask('drafts.export', { draftId, fileNo: 0, format: 'csv' });
  // Tried on a copy of its own first.
  await bench.ask('drafts.read', { draftId, fileNo: 0, encoding: 'windows-1252', loseEdits: true });
  await bench.ready(draftId);
  expect(openFiles(draftId)).not.toEqual([]);
  return draftId;
}

describe.runIf(process.platform === 'linux')('nothing is left open of a draft', () => {
  it('that was discarded', async () => {
    const draftId = await used();
    await bench.ask('drafts.discard', { draftId });
    // Whoever checks rows keeps a copy open for a moment.
    await expect.poll(() => openFiles(draftId), { timeout: 5_000 }).toEqual([]);
    expect(bench.world.held).toBe(0);
  });

  it('of a file of it that was taken out, and not of the others', async () => {
    const draftId = await used();
    await bench.add(draftId, { 'more.csv': `${BOOKS}B3,Hatchet,\n` });
    await bench.ask('drafts.remove', { draftId, fileNo: 0 });
    const opened = (name: string): string[] => openFiles(draftId).filter((path) => path.includes(name));
    await expect.poll(() => opened('file-0'), { timeout: 5_000 }).toEqual([]);
    expect(opened('file-2')).not.toEqual([]);
  });

  it('whose client has gone, also where it is still being looked at', async () => {
    const draftId = await used();
    const looking = [
      bench.refusal('drafts.rows', { draftId, fileNo: 0, from: 1, count: 9 }),
      bench
        .refusal('drafts.find', { draftId, fileNo: 0, text: 'zzz', after: { row: 0, position: -1 } })
        .catch(() => ''),
      bench.refusal('drafts.show', { draftId }),
    ];
    await bench.process.desk.clientGone('page');
    await Promise.all(looking);
    await bench.process.desk.clientGone('page');
    await expect.poll(() => openFiles(draftId), { timeout: 5_000 }).toEqual([]);
    expect(bench.world.held).toBe(0);
  });

  it('after the end of the desk, which waits for what is under way', async () => {
    const draftId = await used();
    const gate = createGate();
    const draft = await bench.process.desk.get('page', draftId);
    let ended = false;
    void draft.inTurn(async () => {
      await gate.pass();
      ended = true;
    });
    const closing = bench.process.close();
    await gate.reached;
    expect(ended).toBe(false);
    gate.open();
    await closing;
    expect([ended, openFiles(draftId), bench.world.held]).toEqual([true, [], 0]);
  });
});

describe('whoever still holds a draft that was closed', () => {
  it('neither sees nor changes anything of it', async () => {
    const { draftId } = await bench.open(FILE);
    const draft = await bench.process.desk.get('page', draftId);
    await bench.ask('drafts.discard', { draftId });
    const edits = [{ row: 1, position: 2, text: '240' }];
    await expect(editCells(draft, 0, edits)).rejects.toMatchObject({ code: 'draft.unknown' });
    await expect(draft.inTurn(async () => undefined)).rejects.toMatchObject({ code: 'draft.unknown' });
    await expect(rowsFrom(draft, 0, 1, 9)).rejects.toMatchObject({ code: 'draft.unknown' });
    expect(existsSync(join(bench.world.dir, 'workspace', draftId))).toBe(false);
  });
});

describe('a desk that was closed', () => {
  it('opens nothing any more', async () => {
    const { draftId } = await bench.open(FILE);
    const { desk } = bench.process;
    await desk.close();
    await expect(desk.get('page', draftId)).rejects.toMatchObject({ code: 'draft.unknown' });
    await expect(desk.open('page', null, [])).rejects.toMatchObject({ code: 'draft.unknown' });
  });
});
