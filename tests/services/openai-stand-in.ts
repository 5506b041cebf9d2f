import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FailureExtent,
  failureAnswer,
  failurePlan,
  rateLimited,
  type StandInFailure,
  tokenBucket,
} from './openai-failures.ts';
import {
  type ApiError,
  type EmbeddingRequest,
  errorBody,
  parseRequest,
  responseBody,
} from './openai-protocol.ts';

export interface StandInOptions {
  /** Before every answer; the real service takes about 150. */
  latencyMs?: number;
  /** Beyond it, 429 with Retry-After. Unlimited when left out. */
  tokensPerMinute?: number;
  /** Length of the vectors where the request asks for none; else the model's own. */
  dimensions?: number;
  /** The one key that is accepted; any key when left out. */
  apiKey?: string;
  /** For the token bucket. */
  nowMs?: () => number;
}

export interface SeenRequest {
  status: number | 'none';
  model: string | null;
  inputs: string[];
  /** Estimated, see estimateTokens. */
  tokens: number;
  encodingFormat: 'base64' | 'float' | null;
}

export interface OpenAiStandIn {
  /** `http://127.0.0.1:PORT/v1`, for OPENAI_BASE_URL. */
  baseUrl: string;
  /** Each answered or broken request, in the order in which they arrived. Grows. */
  requests: readonly SeenRequest[];
  /** The most requests that were in flight at once. */
  peakInFlight: () => number;
  /** Makes the next request (or as many as `extent` says) fail. Replaces an earlier order. */
  fail: (failure: StandInFailure, extent?: FailureExtent) => void;
  /** From now on nothing fails. */
  recover: () => void;
  stop: () => Promise<void>;
}

/** A local server that behaves like OpenAI's POST /v1/embeddings, with its limits and its ways of failing. */
export async function startOpenAiStandIn(options: StandInOptions = {}): Promise<OpenAiStandIn> {
  const { latencyMs = 0, tokensPerMinute = 1_000_000_000, nowMs = Date.now } = options;
  const bucket = tokenBucket(tokensPerMinute, nowMs);
  const plan = failurePlan();
  const requests: SeenRequest[] = [];
  let inFlight = 0;
  let peak = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen: SeenRequest = { status: 'none', model: null, inputs: [], tokens: 0, encodingFormat: null };
    requests.push(seen);
    const body = await readBody(request);
    const failure = plan.next();
    if (latencyMs > 0) await sleep(latencyMs);
    const parsed = accept(request, body, options.apiKey);
    if ('inputs' in parsed) {
      const { model, inputs, encodingFormat } = parsed;
      Object.assign(seen, { model, inputs, encodingFormat, tokens: sum(parsed.tokens) });
    }
    if (failure?.kind === 'hang') return;
    if (failure?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const refusal = failure && failureAnswer(failure);
    const outcome = refusal ?? ('inputs' in parsed ? (overLimit(seen.tokens) ?? parsed) : parsed);
    const refused = 'inputs' in outcome ? null : outcome;
    seen.status = refused?.status ?? 200;
    const json = JSON.stringify(
      'inputs' in outcome ? responseBody(outcome, lengthFor(outcome, failure)) : errorBody(outcome),
    );
    response.writeHead(seen.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(json),
      'x-request-id': `req_${requests.length}`,
      'openai-processing-ms': String(latencyMs),
      ...bucket.headers(),
      ...refused?.headers,
    });
    if (failure?.kind === 'cut') {
      seen.status = 'none';
      response.write(json.slice(0, json.length / 2), () => request.socket.resetAndDestroy());
    } else {
      response.end(json);
    }
  }

  function overLimit(tokens: number): ApiError | null {
    const waitSeconds = bucket.take(tokens);
    if (waitSeconds === 0) return null;
    if (waitSeconds === null) {
      return rateLimited(
        60,
        `The request has ${tokens} tokens, more than the limit of ${tokensPerMinute} a minute.`,
      );
    }
    return rateLimited(waitSeconds, `The limit of ${tokensPerMinute} tokens a minute is reached.`);
  }

  function lengthFor({ dimensions, asked }: EmbeddingRequest, failure: StandInFailure | null): number {
    if (failure?.kind === 'wrong-dimensions') return failure.dimensions;
    return asked ? dimensions : (options.dimensions ?? dimensions);
  }

  const server = createServer((request, response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    response.on('close', () => {
      inFlight -= 1;
    });
    // A client that went away while it was being answered is its own business.
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    peakInFlight: () => peak,
    fail: (failure, extent = { times: 1 }) => plan.order(failure, extent),
    recover: plan.clear,
    stop: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Address, then key, then body, as the real one checks them. */
function accept(
  request: IncomingMessage,
  body: string,
  apiKey: string | undefined,
): EmbeddingRequest | ApiError {
  if (request.method !== 'POST' || request.url !== '/v1/embeddings') {
    const message = `There is nothing at ${request.method} ${request.url}.`;
    return { status: 404, message, type: 'invalid_request_error', code: 'unknown_url' };
  }
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) {
    return {
      status: 401,
      message: 'The request carries no API key.',
      type: 'invalid_request_error',
      code: null,
    };
  }
  if (apiKey !== undefined && key !== apiKey) {
    const message = 'The API key is not correct.';
    return { status: 401, message, type: 'invalid_request_error', code: 'invalid_api_key' };
  }
  return parseRequest(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
