import { expect, test } from 'vitest';
import { type EmbedDeps, embedTexts } from '../../../electron/engine/embedder.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeEmbedder, type FakeEmbedderOptions, vectorOf } from '../../fakes/fake-embedder.ts';

const live = new AbortController().signal;
const random = { next: () => 0.5, uuid: () => 'unused' };
const one = { concurrency: 1, maxBatchTexts: 4 };
const titles = (count: number) => Array.from({ length: count }, (_, n) => `Title number ${n}`);

function failure(code: ErrorCode, retryable = false, retryAfterMs: number | null = null): AppError {
  return new AppError({ code, message: `message of ${code}`, hint: 'hint', retryable, retryAfterMs });
}
const refuse = (isBad: (text: string) => boolean) => (texts: readonly string[]) => {
  if (texts.some(isBad)) throw failure('embedding.refused');
};

function setUp(options: FakeEmbedderOptions = {}) {
  const provider = createFakeEmbedder(options);
  const clock = createFakeClock({ auto: true });
  const progress: number[] = [];
  const waits: [string, number][] = [];
  const deps: EmbedDeps = {
    provider,
    clock,
    random,
    onProgress: (done) => progress.push(done),
    onWait: (reason, untilMs) => waits.push([reason, untilMs]),
  };
  return { provider, clock, progress, waits, deps };
}

test('every text gets its own vector, whatever the batches and their order of arrival', async () => {
  const { deps, provider } = setUp();
  const texts = titles(30);
  const result = await embedTexts(deps, texts, { concurrency: 3, maxBatchTexts: 4 }, live);
  expect(result.vectors).toEqual(texts.map((text) => vectorOf(text, provider.dimensions)));
  expect(result).toMatchObject({ tokens: 90, cut: 0, failed: [], stoppedBy: null });
  expect(provider.requests.map((texts) => texts.length)).toEqual([4, 4, 4, 4, 4, 4, 4, 2]);
});

test('equal texts are sent once and share their vector', async () => {
  const { deps, provider, progress } = setUp();
  const result = await embedTexts(deps, ['a', 'b', 'a', 'a'], one, live);
  expect(provider.requests).toEqual([['a', 'b']]);
  expect(result.vectors[0]).toBe(result.vectors[3]);
  expect(progress).toEqual([4]);
});

test('as many requests are in flight as allowed, no more', async () => {
  const { deps, provider } = setUp({ onRequest: () => new Promise((resolve) => setImmediate(resolve)) });
  await embedTexts(deps, titles(40), { concurrency: 3, maxBatchTexts: 2 }, live);
  expect(provider.peakInFlight()).toBe(3);
});

test("the provider's own limits hold besides", async () => {
  const { deps, provider } = setUp({ limits: { maxInputs: 3, maxRequestTokens: 20 } });
  const long = 'word '.repeat(10);
  await embedTexts(deps, ['a', 'b', 'c', 'd', long, 'e'], { concurrency: 1, maxBatchTexts: 100 }, live);
  expect(provider.requests).toEqual([['a', 'b', 'c'], ['d'], [long], ['e']]);
});

test('a text longer than the model reads is cut for the request, and counted', async () => {
  const { deps, provider } = setUp({ limits: { maxInputTokens: 10 } });
  const long = 'a story that goes on and on and on';
  const result = await embedTexts(deps, ['short', long, long], one, live);
  expect(result.cut).toBe(2);
  expect(result.vectors[1]).not.toBeNull();
  expect(long.startsWith(provider.requests[0]?.[1] ?? 'nothing')).toBe(true);
  expect(provider.requests[0]?.[1]?.length).toBeLessThan(long.length);
});

test('blank texts are never sent, and fail alone', async () => {
  const { deps, provider, progress } = setUp();
  const result = await embedTexts(deps, ['a', ' ', ''], one, live);
  expect(provider.requests).toEqual([['a']]);
  expect(result.failed.map(({ index, code }) => [index, code])).toEqual([
    [1, 'embedding.refused'],
    [2, 'embedding.refused'],
  ]);
  expect(result.stoppedBy).toBeNull();
  expect(progress).toEqual([3]);
});

test('no texts make no request', async () => {
  const { deps, provider } = setUp();
  expect((await embedTexts(deps, [], one, live)).vectors).toEqual([]);
  expect(provider.requests).toEqual([]);
});

test('a refused batch is halved until the refused text stands alone', async () => {
  const { deps, progress } = setUp({ onRequest: refuse((text) => text === 'Title number 13') });
  const result = await embedTexts(deps, titles(32), { concurrency: 2, maxBatchTexts: 16 }, live);
  expect(result.failed).toMatchObject([{ index: 13, code: 'embedding.refused' }]);
  expect(result.vectors.filter((vector) => vector === null)).toHaveLength(1);
  expect(result.stoppedBy).toBeNull();
  expect(progress.at(-1)).toBe(32);
});

test('a long text refused alone is tried again with its beginning', async () => {
  const long = 'words of a long story '.repeat(20);
  const { deps } = setUp({
    limits: { maxInputTokens: 400 },
    onRequest: refuse((text) => text.length > 300),
  });
  const result = await embedTexts(deps, ['a', long], one, live);
  expect(result).toMatchObject({ failed: [], cut: 1, stoppedBy: null });
});

test('a service that refuses each and every text stops the whole', async () => {
  const { deps, provider } = setUp({ onRequest: refuse(() => true) });
  const result = await embedTexts(deps, titles(200), one, live);
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.refused' });
  expect(provider.requests.length).toBeLessThan(30);
  expect(result.failed).toHaveLength(200);
});

test.each(['embedding.quota', 'embedding.login', 'embedding.failed'] as const)(
  '%s stops everything at once and keeps what was done',
  async (code) => {
    const { deps, provider, clock } = setUp({
      onRequest: (_texts, request) => {
        if (request > 2) throw failure(code);
      },
    });
    const result = await embedTexts(deps, titles(40), one, live);
    expect(result.stoppedBy).toMatchObject({ code });
    expect(provider.requests).toHaveLength(3);
    expect(result.vectors.filter((vector) => vector !== null)).toHaveLength(8);
    expect(result.failed.map(({ index }) => index)).toEqual(Array.from({ length: 32 }, (_, n) => 8 + n));
    expect(new Set(result.failed.map((failed) => failed.code))).toEqual(new Set([code]));
    expect(clock.sleeps).toEqual([]);
  },
);

test('when everything stops, requests in flight are aborted', async () => {
  const aborted: number[] = [];
  const { deps } = setUp({
    onRequest: (_texts, request, signal) => {
      if (request === 3) throw failure('embedding.quota');
      return new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(request);
          reject(signal.reason);
        });
      });
    },
  });
  const result = await embedTexts(deps, titles(40), { concurrency: 3, maxBatchTexts: 4 }, live);
  expect(aborted).toEqual([1, 2]);
  expect(result.stoppedBy?.code).toBe('embedding.quota');
});

test('when one request is told to wait, all wait, and it is said why and until when', async () => {
  const starts: [number, number][] = [];
  const { deps, clock, waits } = setUp({
    onRequest: async (_texts, request) => {
      starts.push([request, clock.monotonicMs()]);
      if (request === 1) throw failure('embedding.rate-limited', true, 5_000);
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  const result = await embedTexts(deps, titles(40), { concurrency: 2, maxBatchTexts: 4 }, live);
  expect(result).toMatchObject({ failed: [], stoppedBy: null });
  const late = starts.filter(([request]) => request > 2);
  expect(late.length).toBe(9);
  for (const [, startedMs] of late) expect(startedMs).toBeGreaterThanOrEqual(5_000);
  const startMs = createFakeClock().now().getTime();
  expect(waits).toEqual([['message of embedding.rate-limited', startMs + 5_250]]);
});

test('passing failures are tried again until all is done', async () => {
  const { deps, provider } = setUp({
    onRequest: (_texts, request) => {
      if (request % 3 !== 0) throw failure('embedding.unreachable', true);
    },
  });
  const result = await embedTexts(deps, titles(40), { concurrency: 2, maxBatchTexts: 2 }, live);
  expect(result).toMatchObject({ failed: [], stoppedBy: null });
  expect(provider.requests.length).toBe(60);
});

test('a rate limit that lets one request through now and then never exhausts the others', async () => {
  let granted = 0;
  const { deps, clock } = setUp({
    onRequest: () => {
      // One request per ten seconds, as a small account has it.
      if (clock.monotonicMs() < granted * 10_000) throw failure('embedding.rate-limited', true, 1_000);
      granted += 1;
    },
  });
  const result = await embedTexts(deps, titles(60), { concurrency: 4, maxBatchTexts: 2 }, live);
  expect(result).toMatchObject({ failed: [], stoppedBy: null });
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(290_000);
});

test('a service that stays away is given up on, with all that is left', async () => {
  const { deps, clock } = setUp({
    onRequest: () => {
      throw failure('embedding.unreachable', true);
    },
  });
  const result = await embedTexts(deps, titles(40), { concurrency: 3, maxBatchTexts: 4 }, live);
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.unreachable' });
  expect(result.failed).toHaveLength(40);
  expect(clock.monotonicMs()).toBeLessThan(180_000);
});

test('a wait of an hour is not begun', async () => {
  const { deps, clock } = setUp({
    onRequest: () => {
      throw failure('embedding.rate-limited', true, 3_600_000);
    },
  });
  const result = await embedTexts(deps, titles(4), one, live);
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.rate-limited' });
  expect(clock.sleeps).toEqual([]);
});

test('vectors of another length stop everything, with both lengths in the message', async () => {
  const { deps, provider } = setUp({ dimensions: 8 });
  const result = await embedTexts(
    { ...deps, provider: { ...provider, dimensions: 1536 } },
    titles(9),
    one,
    live,
  );
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.dimensions', retryable: false });
  expect(result.stoppedBy?.message).toMatch(/\b8\b.*1536/);
  expect(provider.requests).toHaveLength(1);
});

test.each([
  ['too few vectors', { vectors: [new Float32Array(8)], tokens: 1 }],
  [
    'a vector that is no number',
    { vectors: [0, 1].map(() => new Float32Array(8).fill(Number.NaN)), tokens: 1 },
  ],
])('%s are not taken', async (_, answer) => {
  const { deps, provider } = setUp();
  const result = await embedTexts(
    { ...deps, provider: { ...provider, embed: async () => answer } },
    ['a', 'b'],
    one,
    live,
  );
  expect(result.stoppedBy).toMatchObject({ code: 'embedding.failed' });
  expect(result.vectors).toEqual([null, null]);
});

test('an abort before, during a request or during a wait throws its reason', async () => {
  const reason = new Error('asked to stop');
  const { deps: before, provider } = setUp();
  await expect(embedTexts(before, ['a'], one, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(provider.requests).toEqual([]);

  const during = new AbortController();
  const { deps, provider: asked } = setUp({ onRequest: () => during.abort(reason) });
  await expect(
    embedTexts(deps, titles(40), { concurrency: 3, maxBatchTexts: 4 }, during.signal),
  ).rejects.toBe(reason);
  expect(asked.requests.length).toBeLessThanOrEqual(3);

  const waiting = new AbortController();
  const { deps: limited, clock } = setUp({
    onRequest: () => {
      throw failure('embedding.rate-limited', true, 5_000);
    },
  });
  const run = embedTexts(
    { ...limited, onWait: () => waiting.abort(reason) },
    titles(40),
    { concurrency: 3, maxBatchTexts: 4 },
    waiting.signal,
  );
  await expect(run).rejects.toBe(reason);
  expect(clock.asleep()).toBe(0);
});
