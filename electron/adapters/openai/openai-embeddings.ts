import { OpenAI } from 'openai';
import { AppError } from '../../../shared/errors.ts';
import type { EmbeddingProvider, EmbeddingResult } from '../../engine/ports.ts';
import { toEmbeddingError } from './openai-errors.ts';

export interface OpenAiOptions {
  apiKey: string;
  /** Any service that speaks OpenAI's `POST /embeddings`; OpenAI itself when left out. */
  baseUrl?: string | undefined;
  model: string;
  /** What the index and the database hold. */
  dimensions: number;
  /** Of one request, answer included. */
  timeoutMs?: number | undefined;
}

const OPENAI_URL = 'https://api.openai.com/v1';
/** A request of 512 texts takes a second or less; a minute is a connection that has died. */
const TIMEOUT_MS = 60_000;
/** https://platform.openai.com/docs/api-reference/embeddings/create */
const LIMITS = { maxInputs: 2048, maxInputTokens: 8192, maxRequestTokens: 300_000 };
/** US dollars per million tokens, https://platform.openai.com/docs/pricing in November 2026. */
const PRICES: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 0.02,
  'text-embedding-3-large': 0.13,
  'text-embedding-ada-002': 0.1,
};
/** Models that can shorten their vectors, with the length they have when not asked to. */
const SHORTENABLE: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
};

/**
 * Embeddings over the `openai` client. One call, one request: its retries are off, because the engine owns
 * pace and patience. Sends the given texts and nothing else. The key and the address are the given ones,
 * whatever OPENAI_ORG_ID, OPENAI_PROJECT_ID or OPENAI_ADMIN_KEY say.
 */
export function createOpenAiEmbeddings(options: OpenAiOptions): EmbeddingProvider {
  const { model, dimensions } = options;
  const client = new OpenAI({
    apiKey: options.apiKey,
    adminAPIKey: null,
    baseURL: options.baseUrl ?? OPENAI_URL,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    logLevel: 'off',
  });
  const native = SHORTENABLE[model];
  // Other services refuse a parameter they do not know, so it is sent only where it is needed.
  const shorten = native !== undefined && dimensions < native ? { dimensions } : {};
  return {
    model,
    dimensions,
    approximate: false,
    usdPerMillionTokens: options.baseUrl === undefined || isOpenAi(options.baseUrl) ? priceOf(model) : null,
    limits: LIMITS,
    embed: async (texts, signal): Promise<EmbeddingResult> => {
      signal.throwIfAborted();
      try {
        // encoding_format stays unset: the client then asks for base64, half the bytes, and decodes it.
        const answer = await client.embeddings.create({ model, input: [...texts], ...shorten }, { signal });
        return { vectors: inOrder(answer.data, texts.length), tokens: answer.usage?.total_tokens ?? 0 };
      } catch (thrown) {
        signal.throwIfAborted();
        throw toEmbeddingError(thrown, model, Date.now());
      }
    },
  };

  function inOrder(data: readonly OpenAI.Embedding[], expected: number): Float32Array[] {
    // A service that is not quite compatible may answer with anything, whatever the types say.
    if (!Array.isArray(data) || data.length !== expected) throw wrongCount(model);
    const vectors = new Map<number, Float32Array>();
    for (const { index, embedding } of data) {
      if (embedding.length !== dimensions) throw wrongDimensions(model, embedding.length, dimensions);
      vectors.set(index, Float32Array.from(embedding));
    }
    return Array.from({ length: expected }, (_, index) => {
      const vector = vectors.get(index);
      if (vector === undefined) throw wrongCount(model);
      return vector;
    });
  }
}

function priceOf(model: string): number | null {
  return PRICES[model] ?? null;
}

function isOpenAi(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && new URL(baseUrl).hostname === 'api.openai.com';
}

function wrongDimensions(model: string, found: number, wanted: number): AppError {
  return new AppError({
    code: 'embedding.dimensions',
    message: `The model ${model} gives vectors of ${found} numbers, but the index and the database hold ${wanted}.`,
    hint: `Set EMBEDDING_MODEL to a model with ${wanted} dimensions, for example text-embedding-3-small.`,
  });
}

function wrongCount(model: string): AppError {
  return new AppError({
    code: 'embedding.failed',
    message: `The embedding service gave another number of vectors than there were texts (model ${model}).`,
    hint: 'Check that OPENAI_BASE_URL is a service compatible with OpenAI, then resume the load.',
  });
}
