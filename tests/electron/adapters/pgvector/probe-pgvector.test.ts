import { describe, expect, it } from 'vitest';
import { createPgvectorProbe } from '../../../../electron/adapters/pgvector/probe-pgvector.ts';
import { AppError } from '../../../../shared/errors.ts';
import { targetWith } from '../probe-target.ts';

const NEVER = new AbortController().signal;
const TARGET = targetWith({
  postgres: { host: 'localhost', database: 'library', user: 'loader' },
  openai: { dimensions: 8 },
  vectorStore: { type: 'pgvector' },
});

describe('a test of the index in the database', () => {
  it('searches exactly, with a vector of the length that the profile asks for', async () => {
    const asked: number[] = [];
    let closed = 0;
    const probe = createPgvectorProbe({
      open: async () => ({
        vectors: {
          counts: async () => ({ vectors: 12_000, dimensions: 8, published: 12_000, vecPending: 0 }),
          nearest: async (vector, k) => {
            asked.push(vector.length, k);
            return [];
          },
        },
        close: async () => {
          closed += 1;
        },
      }),
    });
    expect(await probe.run(TARGET, NEVER)).toEqual({
      state: 'ok',
      version: null,
      facts: ['A search in the database found 0 of 12,000 books.'],
      problems: [],
    });
    expect(asked).toEqual([8, 1]);
    expect(closed).toBe(1);
  });

  it('points at the database where that is what is broken', async () => {
    const probe = createPgvectorProbe({
      open: async () => {
        throw new AppError({ code: 'db.unreachable', message: 'It is away.', hint: 'Wait.' });
      },
    });
    expect(await probe.run(TARGET, NEVER)).toEqual({
      state: 'failed',
      version: null,
      facts: [],
      problems: [
        {
          code: 'database-unusable',
          message: 'The index is in the database, which cannot be searched now. It is away.',
          hint: 'See what the test of the database says; once that is mended, this will be too.',
          fix: null,
        },
      ],
    });
  });
});
