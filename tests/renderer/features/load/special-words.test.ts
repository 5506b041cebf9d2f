import { expect, test } from 'vitest';
import { specialWords } from '../../../../renderer/features/load/special-words.ts';

test('words with a letter beyond ASCII are found, each once and in order', () => {
  expect(specialWords(['Ms. Núñez', 'plain', 'A (café) in Zürich', 'Ms. Núñez'])).toEqual([
    'Núñez',
    'café',
    'Zürich',
  ]);
});

test('at most twelve are shown, and none that is a whole text', () => {
  const many = Array.from({ length: 40 }, (_, at) => `é${at}`);
  expect(specialWords(many)).toHaveLength(12);
  expect(specialWords(['é'.repeat(31)])).toEqual([]);
});
