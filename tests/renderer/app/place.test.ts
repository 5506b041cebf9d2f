import { expect, test } from 'vitest';
import { addressOf, placeOf } from '../../../renderer/lib/place.ts';

test('no address is the first screen', () => {
  expect(placeOf('')).toEqual({ screen: 'load', rest: [] });
  expect(placeOf('#/')).toEqual({ screen: 'load', rest: [] });
});

test('an address is read as it was written', () => {
  expect(placeOf(addressOf('profiles', 'a/b %', 'kafka'))).toEqual({
    screen: 'profiles',
    rest: ['a/b %', 'kafka'],
  });
});

test('another address, or one that is badly encoded, is no screen and no error', () => {
  expect(placeOf('#/nowhere/x').screen).toBe('unknown');
  expect(placeOf('#/%E0%A4%A')).toEqual({ screen: 'unknown', rest: [] });
});
