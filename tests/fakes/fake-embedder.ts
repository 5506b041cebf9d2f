import type { EmbeddingProvider } from '../../electron/engine/ports.ts';

export interface FakeEmbedder extends EmbeddingProvider {
  /** The texts of each request, in order of arrival. */
  readonly requests: readonly (readonly string[])[];
  peakInFlight(): number;
}

export interface FakeEmbedderOptions {
  model?: string;
  dimensions?: number;
  limits?: Partial<EmbeddingProvider['limits']>;
  /** Asked before each answer; throwing makes the request fail. `request` counts from 1. */
  onRequest?: (texts: readonly string[], request: number, signal: AbortSignal) => void | Promise<void>;
}

/** Vectors that depend on the text alone; one token per word. */
export function createFakeEmbedder(options: FakeEmbedderOptions = {}): FakeEmbedder {
  const dimensions = options.dimensions ?? 8;
  const requests: (readonly string[])[] = [];
  let inFlight = 0;
  let peak = 0;
  return {
    model: options.model ?? 'fake-model',
    dimensions,
    approximate: false,
    usdPerMillionTokens: null,
    limits: { maxInputs: 2048, maxInputTokens: 8192, maxRequestTokens: 300_000, ...options.limits },
    requests,
    peakInFlight: () => peak,
    embed: async (texts, signal) => {
      signal.throwIfAborted();
      requests.push(texts);
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      try {
        await options.onRequest?.(texts, requests.length, signal);
        await Promise.resolve();
        signal.throwIfAborted();
        return {
          vectors: texts.map((text) => vectorOf(text, dimensions)),
          tokens: texts.reduce((sum, text) => sum + text.split(/\s+/u).length, 0),
        };
      } finally {
        inFlight -= 1;
      }
    },
  };
}

/** Length 1, different for different texts. */
export function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let state = 7;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  for (let at = 0; at < dimensions; at += 1) {
    state = Math.imul(state ^ (state >>> 13), 1540483477) + at;
    vector[at] = (state % 1000) / 1000 + 0.001;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
