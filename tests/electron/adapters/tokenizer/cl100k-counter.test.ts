import { expect, it } from 'vitest';
import { createCl100kCounter } from '../../../../electron/adapters/tokenizer/cl100k-counter.ts';

const NEVER = new AbortController().signal;

it('counts as tiktoken does with cl100k_base', async () => {
  // Counted with OpenAI's own tiktoken (encoding cl100k_base).
  const texts = ['', 'hello world', 'tiktoken is great!', 'お誕生日おめでとう', 'Żółć', '12345678'];
  expect(await createCl100kCounter().count(texts, NEVER)).toEqual([0, 2, 6, 9, 4, 3]);
});

it('takes the names of special tokens for text', async () => {
  const [count = 0] = await createCl100kCounter().count(['<|endoftext|>'], NEVER);
  expect(count).toBe(7);
});

it('lets others work while it counts, and stops when told to', async () => {
  const texts = Array.from({ length: 2_000 }, (_, i) => `Owls and foxes ${i} `.repeat(20));
  const counter = createCl100kCounter();
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 0);
  expect(await counter.count(texts, NEVER)).toHaveLength(2_000);
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(3);
  await expect(counter.count(texts, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
});
