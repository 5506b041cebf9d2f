/** What of the embeddings endpoint can be stated without a server: limits, error bodies, vectors. */
import { createHash } from 'node:crypto';

/** https://platform.openai.com/docs/api-reference/embeddings/create and its model pages, read in 2026. */
export const MAX_INPUTS = 2048;
export const MAX_TOKENS_PER_INPUT = 8192;
export const MAX_TOKENS_PER_REQUEST = 300_000;

/** Models and the length of their vectors; any other name is answered with 404, as there. */
export const MODEL_DIMENSIONS: Record<string, number> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
};

export interface ApiError {
  status: number;
  headers?: Record<string, string>;
  message: string;
  type: string;
  param?: string | null;
  code: string | null;
}

/** The JSON shape every error of the API has. */
export const errorBody = ({ message, type, param = null, code }: ApiError) => ({
  error: { message, type, param, code },
});

/**
 * Four UTF-8 bytes count as one token, rounded up, at least one: OpenAI's own rule of thumb for English. The real
 * tokenizer counts fewer for plain prose, more for rare names; a client has to leave a margin either way.
 */
export const estimateTokens = (text: string) => Math.max(1, Math.ceil(Buffer.byteLength(text) / 4));

/**
 * Numbers that depend on nothing but the text and `dimensions`, of length 1 like the real ones. Vectors of different
 * texts are all but orthogonal: a search finds a text's own vector first, and nothing about meaning.
 */
export function vectorOf(text: string, dimensions: number): Float32Array {
  // Marsaglia's xorshift128, seeded from the hash: fast enough for 10,000 texts a second or so.
  const seed = createHash('sha256').update(text).digest();
  let [a, b, c, d] = [
    seed.readInt32LE(0),
    seed.readInt32LE(4),
    seed.readInt32LE(8),
    seed.readInt32LE(12) | 1,
  ];
  const vector = new Float32Array(dimensions);
  let squares = 0;
  for (let i = 0; i < dimensions; i += 1) {
    const t = d ^ (d << 11);
    d = c;
    c = b;
    b = a;
    a = a ^ (a >>> 19) ^ t ^ (t >>> 8);
    vector[i] = a;
    squares += a * a;
  }
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}

export interface EmbeddingRequest {
  model: string;
  inputs: string[];
  /** Estimated, of each input. */
  tokens: number[];
  dimensions: number;
  /** Whether the request itself asked for that length. */
  asked: boolean;
  encodingFormat: 'base64' | 'float';
}

const invalid = (message: string, param: string | null, code: string | null = null): ApiError => ({
  status: 400,
  type: 'invalid_request_error',
  message,
  param,
  code,
});

/** Reads a request's body as the endpoint does; an ApiError for what it would refuse. */
export function parseRequest(body: string): EmbeddingRequest | ApiError {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(body);
  } catch {
    return invalid('The request body is not valid JSON.', null);
  }
  const { model, input, encoding_format: format = 'float', dimensions: wanted } = fields;
  if (typeof model !== 'string')
    return invalid('The request names no model.', 'model', 'missing_required_parameter');
  const full = MODEL_DIMENSIONS[model];
  if (full === undefined) {
    const message = `There is no model '${model}', or this key has no access to it.`;
    return { status: 404, type: 'invalid_request_error', message, code: 'model_not_found' };
  }
  if (format !== 'float' && format !== 'base64')
    return invalid("Unknown 'encoding_format'.", 'encoding_format');
  const dimensions = wanted ?? full;
  if (typeof dimensions !== 'number' || dimensions < 1 || dimensions > full) {
    return invalid(`'dimensions' must lie between 1 and ${full}.`, 'dimensions');
  }
  const inputs = typeof input === 'string' ? [input] : input;
  const refused = refuseInputs(inputs);
  if (refused !== null) return refused;
  const texts = inputs as string[];
  return {
    model,
    inputs: texts,
    tokens: texts.map(estimateTokens),
    dimensions,
    asked: wanted !== undefined,
    encodingFormat: format,
  };
}

function refuseInputs(inputs: unknown): ApiError | null {
  // The API also takes arrays of token numbers; nothing here sends them.
  if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every((text) => typeof text === 'string')) {
    return invalid("'input' must be a text, or a list of texts that is not empty.", 'input');
  }
  if (inputs.length > MAX_INPUTS) {
    const message = `'input' holds ${inputs.length} texts; ${MAX_INPUTS} is the most.`;
    return invalid(message, 'input', 'array_above_max_length');
  }
  const empty = inputs.indexOf('');
  if (empty >= 0) return invalid(`'input[${empty}]' is an empty text.`, 'input');
  const counts = inputs.map(estimateTokens);
  const tooLong = counts.findIndex((count) => count > MAX_TOKENS_PER_INPUT);
  if (tooLong >= 0) {
    const message = `'input[${tooLong}]' has ${counts[tooLong]} tokens; the model reads ${MAX_TOKENS_PER_INPUT} at most.`;
    return invalid(message, 'input');
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_TOKENS_PER_REQUEST) {
    const message = `The request has ${total} tokens; ${MAX_TOKENS_PER_REQUEST} is the most for one request.`;
    return { status: 400, message, type: 'max_tokens_per_request', code: 'max_tokens_per_request' };
  }
  return null;
}

/** The answer to an accepted request; `dimensions` of the request may be overridden to answer wrongly. */
export function responseBody(request: EmbeddingRequest, dimensions: number): unknown {
  const data = request.inputs.map((text, index) => {
    const vector = vectorOf(text, dimensions);
    const embedding =
      request.encodingFormat === 'base64'
        ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
        : Array.from(vector);
    return { object: 'embedding', index, embedding };
  });
  const tokens = request.tokens.reduce((sum, count) => sum + count, 0);
  return {
    object: 'list',
    data,
    model: request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
