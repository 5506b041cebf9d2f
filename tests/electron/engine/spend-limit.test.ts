import { expect, test } from 'vitest';
import { embedTexts } from '../../../electron/engine/embedder.ts';
import { limitSpending } from '../../../electron/engine/spend-limit.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeEmbedder, type FakeEmbedderOptions } from '../../fakes/fake-embedder.ts';

const live = new AbortController().signal;
/** A dollar a token, and ten words that are forecast as 20 tokens (0.4 for each of 49 signs). */
const TEXT = 'word word word word word word word word word word';
const priced = (options: FakeEmbedderOptions = {}) => ({
  ...createFakeEmbedder(options),
  usdPerMillionTokens: 1_000_000,
});

test('a request is sent only where all that was spent and its forecast stay within the limit', async () => {
  const provider = priced();
  const limited = limitSpending(provider, { limitUsd: 40, spentUsd: 0 });
  await limited.embed([TEXT], live); // costs 10
  await limited.embed([TEXT], live); // 20
  await limited.embed([TEXT], live); // 30
  await expect(limited.embed([TEXT], live)).rejects.toMatchObject({
    code: 'embedding.spend-limit',
    retryable: false,
    message: expect.stringContaining('$40'),
  });
  expect(provider.requests).toHaveLength(3);
  await expect(limited.embed(['word'], live)).resolves.toBeDefined();
});

test('what an earlier run of the load has spent counts', async () => {
  const limited = limitSpending(priced(), { limitUsd: 40, spentUsd: 30 });
  await expect(limited.embed([TEXT], live)).rejects.toMatchObject({ code: 'embedding.spend-limit' });
});

test('requests at the same time do not pass the limit together', async () => {
  const provider = priced();
  const limited = limitSpending(provider, { limitUsd: 45, spentUsd: 0 });
  const ends = await Promise.allSettled([1, 2, 3].map(() => limited.embed([TEXT], live)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

test('a request that failed is not counted as spent', async () => {
  const provider = priced({
    onRequest: (_, request) => {
      if (request < 3) throw new Error('down');
    },
  });
  const limited = limitSpending(provider, { limitUsd: 20, spentUsd: 0 });
  for (const _ of [1, 2]) await expect(limited.embed([TEXT], live)).rejects.toThrow('down');
  await expect(limited.embed([TEXT], live)).resolves.toBeDefined();
});

test('without a limit, or without a price to reckon with, the provider is left as it is', () => {
  const unpriced = createFakeEmbedder();
  expect(limitSpending(unpriced, { limitUsd: 1, spentUsd: 0 })).toBe(unpriced);
  const provider = priced();
  expect(limitSpending(provider, { limitUsd: null, spentUsd: 9 })).toBe(provider);
});

test('at the limit embedding stops, and what is under way is kept', async () => {
  const provider = priced({ onRequest: () => new Promise((resolve) => setTimeout(resolve, 5)) });
  const texts = [1, 2, 3, 4, 5].map((n) => `${TEXT} ${n}`);
  const result = await embedTexts(
    {
      provider: limitSpending(provider, { limitUsd: 45, spentUsd: 0 }),
      clock: createFakeClock({ auto: true }),
      random: { next: () => 0.5, uuid: () => 'unused' },
    },
    texts,
    { concurrency: 3, maxBatchTexts: 1 },
    live,
  );
  expect(result.vectors.map((vector) => vector !== null)).toEqual([true, true, false, false, false]);
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.spend-limit' });
  expect(result.failed.map(({ index, code }) => [index, code])).toEqual([
    [2, 'embedding.spend-limit'],
    [3, 'embedding.spend-limit'],
    [4, 'embedding.spend-limit'],
  ]);
});
