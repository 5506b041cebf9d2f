import { copyFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createThreadedChecker } from '../../../../electron/adapters/record-checker/threaded-checker.ts';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import { never } from '../workspace/open-files.ts';
import { openedTexts, TODAY } from './opened-texts.ts';

let texts: ReturnType<typeof openedTexts>;
beforeEach(() => {
  texts = openedTexts();
});
afterEach(() => texts.remove());

it('a copy that is read anew with another delimiter has other cells, for the same checker', async () => {
  const { file, mapping } = await texts.open('books', 'book_id,title\nB1;x,One\n');
  const checker = texts.checker();
  const keyWith = async (delimiter: string): Promise<string | undefined> => {
    const read = { ...file, copy: { ...file.copy, delimiter } };
    const options = { edits: new Map(), withIds: true };
    return (await checker.recheck(read, mapping, [1], options, never)).ids[0]?.key;
  };
  expect([await keyWith(','), await keyWith(';'), await keyWith(',')]).toEqual(['B1;x', 'B1', 'B1;x']);
});

it('a copy that was made anew at the same path is read as it is now', async () => {
  const { file, mapping } = await texts.open('books', 'book_id,title\nB1,One\n');
  const other = await texts.open('books', 'book_id,title\nB2,Two\n');
  const checker = texts.checker();
  const key = async (): Promise<string | undefined> =>
    (await checker.recheck(file, mapping, [1], { edits: new Map(), withIds: true }, never)).ids[0]?.key;
  expect(await key()).toBe('B1');
  for (const part of ['copyPath', 'indexPath'] as const) {
    rmSync(file.copy[part]);
    copyFileSync(other.file.copy[part], file.copy[part]);
  }
  expect(await key()).toBe('B2');
});

it.runIf(process.platform === 'linux')('a copy that nobody asks about for a while is let go of', async () => {
  const { file, mapping } = await texts.open('books', 'book_id,title\nB1,One\n');
  await file.close();
  const isOpen = (): boolean =>
    readdirSync('/proc/self/fd').some((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === file.copy.copyPath;
      } catch {
        // The one that lists them.
        return false;
      }
    });
  const clock = { now: () => TODAY };
  const checker = createThreadedChecker({ threads: 1, hasher: createSystemHasher(), clock, idleMs: 50 });
  const options = { edits: new Map(), withIds: true };
  await checker.recheck(file, mapping, [1], options, never);
  expect(isOpen()).toBe(true);
  await expect.poll(isOpen).toBe(false);
  expect((await checker.recheck(file, mapping, [1], options, never)).ids[0]?.key).toBe('B1');
  await checker.close();
  expect(isOpen()).toBe(false);
});
