import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddingProvider } from '../../electron/engine/ports.ts';

export interface ProviderUnderTest {
  provider: EmbeddingProvider;
  release: () => Promise<void>;
}

const live = new AbortController().signal;
const TEXTS = ["Charlotte's Web. E.B. White", 'El principito. Ñandú 🦊', '銀河鉄道の夜', 'x'];

/** The promises of the EmbeddingProvider port, for every implementation of it. */
export function embeddingProviderContract(name: string, start: () => Promise<ProviderUnderTest>): void {
  describe(`EmbeddingProvider: ${name}`, () => {
    let under: ProviderUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.release());

    test('says what it is and what it takes', () => {
      const { model, dimensions, limits } = under.provider;
      expect(model).not.toBe('');
      expect(dimensions).toBeGreaterThan(0);
      for (const limit of Object.values(limits)) expect(limit).toBeGreaterThan(0);
    });

    test('gives each text a vector of its dimensions, of length 1, in the order of the texts', async () => {
      const { provider } = under;
      const { vectors, tokens } = await provider.embed(TEXTS, live);
      expect(vectors).toHaveLength(TEXTS.length);
      expect(tokens).toBeGreaterThan(0);
      for (const [at, vector] of vectors.entries()) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(provider.dimensions);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
        const alone = await provider.embed([TEXTS[at] ?? ''], live);
        expect(alone.vectors[0]).toEqual(vector);
      }
    });

    test('different texts have different vectors', async () => {
      const { vectors } = await under.provider.embed(TEXTS, live);
      expect(new Set(vectors.map((vector) => vector.join())).size).toBe(TEXTS.length);
    });

    test('takes as many texts at once as it says', async () => {
      const { provider } = under;
      const texts = Array.from({ length: provider.limits.maxInputs }, (_, n) => `Book ${n}`);
      const { vectors } = await provider.embed(texts, live);
      expect(vectors).toHaveLength(texts.length);
      expect(vectors.at(-1)).toEqual((await provider.embed([texts.at(-1) ?? ''], live)).vectors[0]);
    });

    test('an aborted call rejects with the reason', async () => {
      const reason = new Error('asked to stop');
      await expect(under.provider.embed(TEXTS, AbortSignal.abort(reason))).rejects.toBe(reason);
      const stop = new AbortController();
      const running = under.provider.embed(TEXTS, stop.signal);
      stop.abort(reason);
      await expect(running).rejects.toBe(reason);
    });
  });
}
