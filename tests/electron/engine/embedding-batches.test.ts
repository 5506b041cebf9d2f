import { expect, test } from 'vitest';
import { cutToTokens, estimateTokens, planBatches } from '../../../electron/engine/embedding-batches.ts';

/** Tokens as OpenAI's cl100k_base counts them (its public tokenizer). */
test.each([
  ['The quick brown fox jumps over the lazy dog.', 10],
  ['antidisestablishmentarianism', 6],
  ['2 + 2 = 4', 7],
  ['お誕生日おめでとう', 9],
])('%s is estimated at no fewer tokens than it has', (text, tokens) => {
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
});

test('English prose is estimated at no more than three times its tokens', () => {
  expect(estimateTokens('The quick brown fox jumps over the lazy dog.')).toBeLessThanOrEqual(30);
});

test('what is no ASCII counts at most as its UTF-8 bytes, which a token cannot undercut', () => {
  for (const text of ['ñ', '語', '😀', 'Ⅷ']) {
    expect(estimateTokens(text)).toBe(new TextEncoder().encode(text).length);
  }
});

test('a text that fits is not cut', () => {
  expect(cutToTokens('a book about pigs', 10)).toBe('a book about pigs');
});

test('a cut text fits, is a beginning, and is as long as it can be', () => {
  const text = 'spider and pig '.repeat(100);
  const cut = cutToTokens(text, 50);
  expect(text.startsWith(cut)).toBe(true);
  expect(estimateTokens(cut)).toBeLessThanOrEqual(50);
  expect(estimateTokens(text.slice(0, cut.length + 1))).toBeGreaterThan(50);
});

test('no character is cut in half', () => {
  for (const tokens of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    expect(cutToTokens('😀😀😀', tokens).isWellFormed()).toBe(true);
  }
  expect(cutToTokens('😀😀😀', 9)).toBe('😀😀');
});

test('batches keep the order and neither limit is passed', () => {
  const texts = Array.from({ length: 25 }, (_, n) => 'word '.repeat(1 + (n % 7)));
  const batches = planBatches(texts, { maxTexts: 4, maxTokens: 30 });
  expect(batches.flat()).toEqual([...texts.keys()]);
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(4);
    const tokens = batch.reduce((sum, at) => sum + estimateTokens(texts[at] ?? ''), 0);
    expect(tokens).toBeLessThanOrEqual(30);
  }
});

test('a batch is closed only when a limit demands it', () => {
  expect(planBatches(['a', 'b', 'c', 'd', 'e'], { maxTexts: 2, maxTokens: 100 })).toEqual([
    [0, 1],
    [2, 3],
    [4],
  ]);
});

test('a text over the limit by itself has a batch of its own', () => {
  const long = 'word '.repeat(100);
  expect(planBatches(['a', long, 'b'], { maxTexts: 10, maxTokens: 20 })).toEqual([[0], [1], [2]]);
});

test('nothing makes no batch', () => {
  expect(planBatches([], { maxTexts: 10, maxTokens: 20 })).toEqual([]);
});
