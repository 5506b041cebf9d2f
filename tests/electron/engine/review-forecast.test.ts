import { describe, expect, it } from 'vitest';
import { createSystemHasher } from '../../../electron/adapters/system/hasher.ts';
import type { LoadRow, TextLookup } from '../../../electron/engine/database-port.ts';
import { createForecastSum, type ForecastParts } from '../../../electron/engine/review-forecast.ts';
import type { WrittenBook } from '../../../electron/engine/vectors-port.ts';

const NEVER = new AbortController().signal;
const hasher = createSystemHasher();
const NOTHING_KNOWN: TextLookup = { knownTexts: async () => new Set() };

function book(bookId: string, more: Partial<WrittenBook> = {}): WrittenBook {
  return {
    bookId,
    title: `Title of ${bookId}`,
    author: null,
    description: null,
    genre: [],
    keywords: [],
    readingLevel: null,
    difficultyBand: null,
    publicationYear: null,
    known: null,
    published: null,
    ...more,
  };
}

/** A token for each character, so that every sum can be counted by hand. */
function parts(more: Partial<ForecastParts> = {}): ForecastParts & { counted: string[] } {
  const counted: string[] = [];
  return {
    embedder: {
      model: 'm',
      approximate: false,
      usdPerMillionTokens: 2,
      limits: { maxInputs: 100, maxInputTokens: 8_192, maxRequestTokens: 300_000 },
    },
    tokens: {
      count: async (texts) => {
        counted.push(...texts);
        return texts.map((text) => text.length);
      },
    },
    hasher,
    spendLimitUsd: null,
    textsUnderWay: 10,
    history: [],
    minuteTokens: 60,
    counted,
    ...more,
  };
}

function loaded(report: unknown): LoadRow {
  return {
    loadId: 'l',
    correlationId: 'c',
    startedAt: new Date('2026-09-01T08:00:00Z'),
    files: [],
    options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null },
    status: 'loaded',
    endedAt: null,
    report,
    error: null,
  };
}

const measured = (embeddings: object, embedMs: number): LoadRow =>
  loaded({
    embeddings: { model: 'm', generated: 1_000, tokens: 10_000, ...embeddings },
    timings: { embedMs },
  });

async function forecastOf(given: ForecastParts, books: readonly WrittenBook[], look = NOTHING_KNOWN) {
  const sum = createForecastSum(given);
  await sum.add(books, look, NEVER);
  return sum.forecast();
}

describe('which texts are counted', () => {
  it('the texts that the embeddings are made of', async () => {
    const given = parts();
    const books = [
      book('b1', { title: 'Owls', author: 'Ann', genre: ['Fact'], keywords: ['owl'], readingLevel: '4.40' }),
    ];
    expect(await forecastOf(given, books)).toEqual({
      model: 'm',
      approximate: false,
      texts: 1,
      tokens: 'Owls. Fact. owl. Ann. 4th grade'.length,
      usd: ('Owls. Fact. owl. Ann. 4th grade'.length * 2) / 1_000_000,
      seconds: 'Owls. Fact. owl. Ann. 4th grade'.length,
      overLimit: false,
    });
    expect(given.counted).toEqual(['Owls. Fact. owl. Ann. 4th grade']);
  });

  it('not those whose vector holds, but those of another text or another model', async () => {
    const current = hasher.sha256Hex('Title of b1');
    const given = parts();
    await forecastOf(given, [
      book('b1', { known: { textHash: current, model: 'm' } }),
      book('b2', { known: { textHash: current, model: 'm' } }),
      book('b3', { known: { textHash: hasher.sha256Hex('Title of b3'), model: 'older' } }),
    ]);
    expect(given.counted).toEqual(['Title of b2', 'Title of b3']);
  });

  it('not those that another book has a vector of, and each text once', async () => {
    const given = parts();
    const sum = createForecastSum(given);
    const look: TextLookup = {
      knownTexts: async (model, hashes) =>
        new Set(hashes.filter((hash) => model === 'm' && hash === hasher.sha256Hex('Twice here'))),
    };
    await sum.add([book('b1', { title: 'Same' }), book('b2', { title: 'Twice here' })], look, NEVER);
    await sum.add([book('b3', { title: 'Same' }), book('b4', { title: ' ' })], look, NEVER);
    expect(given.counted).toEqual(['Same']);
    expect(sum.forecast()?.texts).toBe(1);
  });

  it('as far as the model reads them', async () => {
    const given = parts();
    given.embedder = { ...given.embedder, limits: { ...given.embedder.limits, maxInputTokens: 4 } };
    expect((await forecastOf(given, [book('b1', { title: 'a'.repeat(1_000) })]))?.tokens).toBe(10);
  });

  it('none at all where nothing would be embedded', async () => {
    expect(await forecastOf(parts(), [])).toBeNull();
  });
});

describe('what they cost', () => {
  const books = Array.from({ length: 100 }, (_, i) => book(`b${i}`, { title: `${1_000 + i}` }));

  it('nothing is said where the price is unknown', async () => {
    const given = parts({ spendLimitUsd: 0 });
    given.embedder = { ...given.embedder, usdPerMillionTokens: null };
    expect(await forecastOf(given, books)).toMatchObject({ usd: null, overLimit: false });
  });

  it('is over the limit where the load would be stopped', async () => {
    // 400 tokens: digits count one each in the estimate, too, so that the estimate adds nothing.
    expect(await forecastOf(parts({ spendLimitUsd: 0.0008 }), books)).toMatchObject({
      usd: 0.0008,
      overLimit: false,
    });
    expect(await forecastOf(parts({ spendLimitUsd: 0.00079 }), books)).toMatchObject({ overLimit: true });
  });

  it('is over the limit already where the estimate of the last requests would pass it', async () => {
    const given = parts({
      spendLimitUsd: 0.000_205,
      textsUnderWay: 10,
      tokens: { count: async (texts) => texts.map(() => 1) },
    });
    // 100 tokens are 0.0002; of the 300 that the estimate adds, a tenth is under way at once: 0.00026.
    expect(await forecastOf(given, books)).toMatchObject({ usd: 0.0002, overLimit: true });
    expect(await forecastOf({ ...given, spendLimitUsd: 0.000_27 }, books)).toMatchObject({
      overLimit: false,
    });
  });
});

describe('how long they take', () => {
  const books = [book('b1', { title: 'x'.repeat(100) })];

  it('goes by the last load that embedded enough with this model', async () => {
    const history = [
      loaded(null),
      measured({ model: 'other' }, 1),
      measured({ generated: 99 }, 1),
      measured({ tokens: 0 }, 1),
      measured({}, 0),
      measured({}, 20_000),
      measured({}, 90_000),
    ];
    expect((await forecastOf(parts({ history }), books))?.seconds).toBeCloseTo(0.2);
  });

  it('goes by the pace of the service where no load tells', async () => {
    expect((await forecastOf(parts({ minuteTokens: 200 }), books))?.seconds).toBe(30);
  });

  it('goes by texts for the approximate embedder, whose tokens are words', async () => {
    const given = parts({ history: [measured({}, 20_000)] });
    given.embedder = { ...given.embedder, approximate: true };
    expect((await forecastOf(given, books))?.seconds).toBeCloseTo(0.02);
  });
});
