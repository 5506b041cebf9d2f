import { expect, test } from 'vitest';
import { moved } from '../../../../renderer/features/profiles/moved.ts';

test.each([
  ['down, behind another', ['a'], 'c', true, ['b', 'c', 'a', 'd']],
  ['down, before another', ['a'], 'c', false, ['b', 'a', 'c', 'd']],
  ['up, before the first', ['d'], 'a', false, ['d', 'a', 'b', 'c']],
  ['two at once', ['a', 'c'], 'd', true, ['b', 'd', 'a', 'c']],
  ['onto itself changes nothing', ['b'], 'b', true, ['a', 'b', 'c', 'd']],
])('a row moves %s', (_how, moving, target, after, expected) => {
  expect(moved(['a', 'b', 'c', 'd'], moving, target, after)).toEqual(expected);
});
