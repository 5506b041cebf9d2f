import {
  appendFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedFile } from '../../../../electron/engine/file-port.ts';
import { type FileFolder, fileFolder, LOAD_ID, never, slowWorkbook, WORKBOOK_BYTES } from './open-files.ts';

/** Large enough that the copying is far from its end when the file is open. */
const LINES = 2_000_000;
/** A whole second, which every file system keeps as it is. */
const TIME = 1_790_000_000;
const LARGE = `n,m\n${'1,2\n'.repeat(LINES)}`;

let folder: FileFolder;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const whole = (file: OpenedFile, signal = never) => file.ready(Number.POSITIVE_INFINITY, signal);

describe('a file that changes', () => {
  it('is read to its end although it was removed meanwhile', async () => {
    const path = folder.write('books.csv', LARGE);
    const file = await folder.open(path);
    expect(file.reading().ended).toBe(false);
    rmSync(path);
    expect(await whole(file)).toMatchObject({ rows: LINES, ended: true });
    expect(await file.page(LINES, 9, never)).toMatchObject([
      { row: LINES, line: LINES + 1, cells: ['1', '2'] },
    ]);
  });

  it('does not matter any more once its copy is whole', async () => {
    const path = folder.write('books.csv', 'a\n1\n2\n');
    const file = await folder.open(path);
    await whole(file);
    writeFileSync(path, 'b\nother\n');
    expect(await file.page(1, 9, never)).toMatchObject([{ cells: ['1'] }, { cells: ['2'] }]);
    rmSync(path);
    expect(await file.page(2, 9, never)).toMatchObject([{ cells: ['2'] }]);
  });

  it.each([
    ['shorter', (path: string) => truncateSync(path, 4_000_000)],
    [
      'shorter, though its time does not say so',
      (path: string) => {
        truncateSync(path, 4_000_000);
        utimesSync(path, TIME, TIME);
      },
    ],
    ['longer', (path: string) => appendFileSync(path, '3,4\n')],
    ['another one of the same length', (path: string) => writeFileSync(path, LARGE.replaceAll('1', '7'))],
  ])('while it is copied is refused in the end when it became %s', async (_, change) => {
    const path = folder.write('books.csv', LARGE);
    utimesSync(path, TIME, TIME);
    const file = await folder.open(path);
    expect(file.reading().ended).toBe(false);
    change(path);
    const refusal = { code: 'file.unreadable', message: expect.stringContaining('changed') };
    await expect(whole(file)).rejects.toMatchObject(refusal);
    await expect(file.page(LINES, 1, never)).rejects.toMatchObject(refusal);
    expect(file.reading().ended).toBe(false);
    expect(await folder.store.reopen(LOAD_ID, 0, never)).toBeNull();
  });
});

describe('a file that comes slowly', () => {
  const head = `n\n${'1\n'.repeat(600)}`;

  async function openSlow() {
    const slow = slowWorkbook();
    const own = fileFolder(slow.openWorkbook);
    slow.give(head);
    const file = await own.open(own.write('books.xlsx', WORKBOOK_BYTES));
    return { slow, own, file };
  }

  it('shows its first page at once, and the rest when it is there', async () => {
    const { slow, own, file } = await openSlow();
    expect(await file.page(1, 10, never)).toHaveLength(10);
    let ended = false;
    const rest = whole(file).then((progress) => {
      ended = true;
      return progress;
    });
    const behind = file.page(601, 1, never);
    expect(ended).toBe(false);
    slow.give('2\n');
    expect(await behind).toMatchObject([{ row: 601, line: 602, cells: ['2'] }]);
    expect([ended, file.reading()]).toEqual([false, expect.objectContaining({ rows: 601, ended: false })]);
    slow.end();
    expect(await rest).toMatchObject({ rows: 601, ended: true });
    await own.remove();
  });

  it('tells every reader what broke its reading', async () => {
    const { slow, own, file } = await openSlow();
    const readers = [whole(file), file.page(601, 1, never), file.ready(700, never)];
    const outcomes = Promise.allSettled(readers);
    slow.fail(Object.assign(new Error('read'), { code: 'EIO' }));
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'file.unreadable' } });
    await own.remove();
  });

  it('lets a reader go whose signal is aborted, and no other', async () => {
    const { slow, own, file } = await openSlow();
    const reason = new Error('enough');
    const controller = new AbortController();
    const impatient = file.page(601, 1, controller.signal);
    const patient = whole(file);
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    slow.end();
    expect(await patient).toMatchObject({ rows: 600 });
    await own.remove();
  });

  it('is given up by an abort while it is opened, with the reason of the signal', async () => {
    const slow = slowWorkbook();
    const own = fileFolder(slow.openWorkbook);
    const reason = new Error('enough');
    const controller = new AbortController();
    slow.give('n\n1\n');
    const opening = own.open(own.write('books.xlsx', WORKBOOK_BYTES), { signal: controller.signal });
    setTimeout(() => {
      controller.abort(reason);
      slow.end();
    }, 20);
    await expect(opening).rejects.toBe(reason);
    await own.remove();
  });
});

describe('an aborted signal', () => {
  it('gives its reason before anything is read', async () => {
    const path = folder.write('books.csv', 'a\n1\n');
    const reason = new Error('enough');
    const aborted = AbortSignal.abort(reason);
    await expect(folder.open(path, { signal: aborted })).rejects.toBe(reason);
    const file = await folder.open(path);
    await expect(file.page(1, 1, aborted)).rejects.toBe(reason);
    await expect(file.pick([1], aborted)).rejects.toBe(reason);
    await expect(file.lines([1], aborted)).rejects.toBe(reason);
    await expect(file.ready(0, aborted)).rejects.toBe(reason);
    await expect(folder.store.reopen(LOAD_ID, 0, aborted)).rejects.toBe(reason);
  });

  it('ends the copying, and readers without a signal of their own get its reason', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const file = await folder.open(folder.write('books.csv', LARGE), { signal: controller.signal });
    controller.abort(reason);
    await expect(whole(file)).rejects.toBe(reason);
  });
});

describe('a closed file', () => {
  it('is read no further, and readers who wait are told', async () => {
    const file = await folder.open(folder.write('books.csv', LARGE));
    const waiting = whole(file);
    waiting.catch(() => undefined);
    await file.close();
    await expect(waiting).rejects.toThrow('closed');
    expect(file.reading().ended).toBe(false);
  });

  it.runIf(process.platform === 'linux')('holds nothing open, nor does one that was refused', async () => {
    const mine = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder.path);
        } catch {
          return false;
        }
      });
    // Looked at once each time: garbage collection would close what was forgotten.
    for (const content of ['', '\n\n', 'a,"b\n1,2\n']) {
      await expect(folder.open(folder.write('bad.csv', content), { key: 2 })).rejects.toThrow();
      expect(mine()).toEqual([]);
    }
    const late = await folder.open(folder.write('late.csv', 'a\n1\n'), { key: 1 });
    await whole(late);
    await late.page(1, 1, never);
    expect(mine()).not.toEqual([]);
    await late.close();
    expect(mine()).toEqual([]);
    const early = await folder.open(folder.write('early.csv', LARGE), { key: 0 });
    expect(mine()).not.toEqual([]);
    await early.close();
    expect(mine()).toEqual([]);
  });
});
