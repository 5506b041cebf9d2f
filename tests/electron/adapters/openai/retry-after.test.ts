import { expect, test } from 'vitest';
import { retryAfterMsOf } from '../../../../electron/adapters/openai/retry-after.ts';

const nowMs = Date.parse('2026-09-03T10:00:00Z');

test.each([
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  [{ 'retry-after': '2', 'x-ratelimit-reset-tokens': '9s' }, 2_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Thu, 03 Sep 2026 10:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thu, 03 Sep 2026 09:00:00 GMT' }, 0],
  [{ 'x-ratelimit-reset-requests': '350ms', 'x-ratelimit-reset-tokens': '6m0s' }, 360_000],
  [{ 'x-ratelimit-reset-tokens': '1h2m3.5s' }, 3_723_500],
  [{ 'x-ratelimit-reset-tokens': 'soon' }, null],
  [{ 'retry-after-ms': '-5', 'retry-after': 'later' }, null],
  [{}, null],
] as const)('%j asks for %s ms', (headers, expected) => {
  expect(retryAfterMsOf(new Headers(headers), nowMs)).toBe(expected);
});

test('no headers ask for nothing', () => {
  expect(retryAfterMsOf(undefined, nowMs)).toBeNull();
});
