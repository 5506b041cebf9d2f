import { afterEach, beforeEach, expect, it } from 'vitest';
import { never } from '../workspace/open-files.ts';
import { openedTexts } from './opened-texts.ts';

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
