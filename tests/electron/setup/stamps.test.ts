import { expect, test } from 'vitest';
import {
  type Inspection,
  isDue,
  keyOf,
  RETRY_AFTER_MS,
  readStamp,
  type Stamp,
  writeStamp,
} from '../../../electron/setup/stamps.mjs';
import { temporaryFolder, writeFiles } from './setup-context.ts';

const STAMPED_AT = '2026-11-24T08:00:00.000Z';
const STAMPED_MS = Date.parse(STAMPED_AT);
const DONE: Stamp = { outcome: 'done', key: 'a', circumstances: 'x', at: STAMPED_AT };
const GIVEN_UP: Stamp = { ...DONE, outcome: 'given-up' };
const SEEN: Inspection = { key: 'a', circumstances: 'x', present: true };

test('parts that run together to the same text have different keys', () => {
  expect(keyOf(['ab', 'c'])).not.toBe(keyOf(['a', 'bc']));
  expect(keyOf(['ab', null])).not.toBe(keyOf(['ab', 'null']));
  expect(keyOf(['ab', 'c'])).toBe(keyOf(['ab', 'c']));
});

test.each<[string, Stamp | null, Inspection, number, boolean]>([
  ['without a stamp a step is due', null, SEEN, 0, true],
  ['what is done and still there is not due', DONE, SEEN, RETRY_AFTER_MS * 100, false],
  ['what is done but gone is due', DONE, { ...SEEN, present: false }, 0, true],
  ['what was done for another key is due', DONE, { ...SEEN, key: 'b' }, 0, true],
  ['what is done does not mind other circumstances', DONE, { ...SEEN, circumstances: 'y' }, 0, false],
  ['what was given up rests for a day', GIVEN_UP, { ...SEEN, present: false }, RETRY_AFTER_MS - 1, false],
  ['what was given up is due after a day', GIVEN_UP, { ...SEEN, present: false }, RETRY_AFTER_MS, true],
  ['what was given up is due in other circumstances', GIVEN_UP, { ...SEEN, circumstances: 'y' }, 0, true],
  ['what was given up for another key is due', GIVEN_UP, { ...SEEN, key: 'b' }, 0, true],
  ['what was given up in the future is due: the clock was set back', GIVEN_UP, SEEN, -1, true],
  ['what was given up at no readable time is due', { ...GIVEN_UP, at: 'yesterday' }, SEEN, 0, true],
])('%s', (_fact, stamp, inspection, laterMs, due) => {
  expect(isDue(stamp, inspection, STAMPED_MS + laterMs)).toBe(due);
});

test('a stamp is read as it was written', () => {
  const root = temporaryFolder();
  writeStamp(root, 'faiss', GIVEN_UP);
  expect(readStamp(root, 'faiss')).toEqual(GIVEN_UP);
  expect(readStamp(root, 'electron')).toBeNull();
});

test('a damaged stamp counts as none', () => {
  const root = temporaryFolder();
  for (const text of ['{"outcome": "do', 'null', '{"outcome":"done"}', '{"outcome":"perhaps","key":"a"}']) {
    writeFiles(root, { 'node_modules/.cache/accession/faiss.json': text });
    expect(readStamp(root, 'faiss')).toBeNull();
  }
});
