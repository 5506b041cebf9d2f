import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the page of the tests begins as the product’s does, so that what they show of it is true', () => {
  const metas = (html: string) => html.match(/<meta [^>]+>/g);
  expect(metas(read('../page/index.html'))).toEqual(metas(read('../../../renderer/index.html')));
});
