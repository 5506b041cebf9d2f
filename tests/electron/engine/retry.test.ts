import { expect, test } from 'vitest';
import { nextDelayMs, type RetryPolicy, withRetry } from '../../../electron/engine/retry.ts';
import { AppError } from '../../../shared/errors.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const policy: RetryPolicy = { baseMs: 100, maxMs: 1_000, maxAttempts: 5, maxElapsedMs: 60_000 };
const always = (value: number) => ({ next: () => value, uuid: () => 'unused' });
const live = new AbortController().signal;
const passing = (retryAfterMs: number | null = null) =>
  new AppError({ code: 'db.conflict', message: 'busy', hint: 'wait', retryable: true, retryAfterMs });
const lasting = new AppError({ code: 'db.permission', message: 'forbidden', hint: 'ask' });

test('the upper end of the wait doubles until its maximum', () => {
  const delays = [1, 2, 3, 4].map((attempt) =>
    nextDelayMs({ error: passing(), attempt, elapsedMs: 0 }, policy, always(1)),
  );
  expect(delays).toEqual([100, 200, 400, 800]);
  expect(
    nextDelayMs({ error: passing(), attempt: 9, elapsedMs: 0 }, { ...policy, maxAttempts: 99 }, always(1)),
  ).toBe(1_000);
});

test('the jitter is full: the wait may be nothing', () => {
  expect(nextDelayMs({ error: passing(), attempt: 3, elapsedMs: 0 }, policy, always(0))).toBe(0);
  expect(nextDelayMs({ error: passing(), attempt: 3, elapsedMs: 0 }, policy, always(0.5))).toBe(200);
});

test('what the other side asks for is honoured, also beyond our own maximum, and never undercut', () => {
  expect(nextDelayMs({ error: passing(20_000), attempt: 1, elapsedMs: 0 }, policy, always(0))).toBe(20_000);
  expect(nextDelayMs({ error: passing(20_000), attempt: 1, elapsedMs: 0 }, policy, always(0.5))).toBe(20_050);
});

test('no wait begins that would end after the time allowed', () => {
  expect(
    nextDelayMs({ error: passing(50_000), attempt: 1, elapsedMs: 20_000 }, policy, always(0)),
  ).toBeNull();
});

test('work that fails in passing is done again until it succeeds', async () => {
  const clock = createFakeClock({ auto: true });
  const waits: [string, number][] = [];
  let tries = 0;
  const result = await withRetry(
    async () => {
      tries += 1;
      if (tries < 3) throw passing();
      return 'done';
    },
    policy,
    { clock, random: always(1) },
    live,
    (error, waitMs) => waits.push([error.code, waitMs]),
  );
  expect(result).toBe('done');
  expect(waits).toEqual([
    ['db.conflict', 100],
    ['db.conflict', 200],
  ]);
  expect(clock.sleeps).toEqual([100, 200]);
});

test('an error that lasts, and one that is no AppError, is thrown at once', async () => {
  for (const [thrown, code] of [
    [lasting, 'db.permission'],
    [new TypeError('a bug'), 'internal'],
  ] as const) {
    let tries = 0;
    const work = async () => {
      tries += 1;
      throw thrown;
    };
    const clock = createFakeClock({ auto: true });
    await expect(withRetry(work, policy, { clock, random: always(1) }, live, () => {})).rejects.toMatchObject(
      { code },
    );
    expect(tries).toBe(1);
  }
});

test('after the last attempt the last error is thrown', async () => {
  let tries = 0;
  const work = async () => {
    tries += 1;
    throw new AppError({ code: 'db.conflict', message: `try ${tries}`, hint: '', retryable: true });
  };
  const clock = createFakeClock({ auto: true });
  await expect(withRetry(work, policy, { clock, random: always(1) }, live, () => {})).rejects.toThrow(
    'try 5',
  );
});

test('an abort ends the wait and throws its reason', async () => {
  const stop = new AbortController();
  const clock = createFakeClock();
  const work = withRetry(
    async () => Promise.reject(passing()),
    policy,
    { clock, random: always(1) },
    stop.signal,
    () => stop.abort(new Error('asked to stop')),
  );
  await expect(work).rejects.toThrow('asked to stop');
  expect(clock.asleep()).toBe(0);
});

test('an abort before the first try means no try', async () => {
  let tries = 0;
  const work = async () => {
    tries += 1;
  };
  const clock = createFakeClock();
  const aborted = AbortSignal.abort(new Error('asked to stop'));
  await expect(withRetry(work, policy, { clock, random: always(1) }, aborted, () => {})).rejects.toThrow(
    'asked to stop',
  );
  expect(tries).toBe(0);
});
