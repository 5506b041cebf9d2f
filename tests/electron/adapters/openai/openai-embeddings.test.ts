import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createOpenAiEmbeddings,
  type OpenAiOptions,
} from '../../../../electron/adapters/openai/openai-embeddings.ts';
import { embedTexts } from '../../../../electron/engine/embedder.ts';
import { AppError } from '../../../../shared/errors.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import type { StandInFailure } from '../../../services/openai-failures.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../../../services/openai-stand-in.ts';

const KEY = 'sk-test-0123456789-secret';
const live = new AbortController().signal;
let standIn: OpenAiStandIn;

beforeEach(async () => {
  standIn = await startOpenAiStandIn({ apiKey: KEY });
});
afterEach(() => standIn.stop());

function provider(more: Partial<OpenAiOptions> = {}) {
  return createOpenAiEmbeddings({
    apiKey: KEY,
    baseUrl: standIn.baseUrl,
    model: 'text-embedding-3-small',
    dimensions: 1536,
    ...more,
  });
}

async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error(`not an AppError: ${inspect(thrown)}`);
  return thrown;
}

test('one call is one request, in base64, with the texts as they are', async () => {
  await provider().embed(['a pig', 'a spider'], live);
  expect(standIn.requests).toMatchObject([
    { status: 200, model: 'text-embedding-3-small', inputs: ['a pig', 'a spider'], encodingFormat: 'base64' },
  ]);
});

test('a model with longer vectors is asked for the wanted length', async () => {
  const { vectors } = await provider({ model: 'text-embedding-3-large' }).embed(['a'], live);
  expect(vectors[0]).toHaveLength(1536);
});

test.each([
  ['text-embedding-3-small', 0.02],
  ['text-embedding-3-large', 0.13],
  ['text-embedding-ada-002', 0.1],
  ['a-model-of-the-school', null],
])('a million tokens of %s cost %s dollars', (model, usd) => {
  const options = { apiKey: KEY, model, dimensions: 1536 };
  expect(createOpenAiEmbeddings(options).usdPerMillionTokens).toBe(usd);
  expect(createOpenAiEmbeddings({ ...options, baseUrl: standIn.baseUrl }).usdPerMillionTokens).toBeNull();
});

describe('failures', () => {
  const CASES: [StandInFailure, Partial<AppError>][] = [
    [
      { kind: 'rate-limit', retryAfterSeconds: 2.5 },
      { code: 'embedding.rate-limited', retryable: true, retryAfterMs: 2_500 },
    ],
    [{ kind: 'quota' }, { code: 'embedding.quota', retryable: false }],
    [{ kind: 'invalid-key' }, { code: 'embedding.login', retryable: false }],
    [{ kind: 'server-error' }, { code: 'embedding.unreachable', retryable: true }],
    [
      { kind: 'unavailable', retryAfterSeconds: 3 },
      { code: 'embedding.unreachable', retryable: true, retryAfterMs: 3_000 },
    ],
    [{ kind: 'reset' }, { code: 'embedding.unreachable', retryable: true }],
    [{ kind: 'cut' }, { code: 'embedding.unreachable', retryable: true }],
    [{ kind: 'hang' }, { code: 'embedding.unreachable', retryable: true }],
    [
      { kind: 'wrong-dimensions', dimensions: 7 },
      { code: 'embedding.dimensions', retryable: false },
    ],
  ];
  test.each(CASES)('%j is told apart, and not retried here', async (failure, expected) => {
    standIn.fail(failure, { times: 9 });
    const timeoutMs = failure.kind === 'hang' ? 200 : undefined;
    const error = await errorOf(provider({ timeoutMs }).embed(['a pig'], live));
    expect(error).toMatchObject(expected);
    expect(error.hint).not.toBe('');
    expect(standIn.requests).toHaveLength(1);
  });

  test.each([
    [400, { message: 'bad input' }, 'embedding.refused'],
    [400, { message: 'bad', param: 'dimensions' }, 'embedding.failed'],
    [422, { message: 'bad' }, 'embedding.refused'],
    [403, { message: 'no' }, 'embedding.login'],
    [404, { message: 'no model', code: 'model_not_found' }, 'embedding.failed'],
    [408, {}, 'embedding.unreachable'],
    [409, {}, 'embedding.unreachable'],
    [429, { code: 'billing_hard_limit_reached' }, 'embedding.quota'],
    [502, {}, 'embedding.unreachable'],
  ])('status %i with %j is %s, and nothing of the answer is in its message', async (status, body, code) => {
    const error = { message: '', ...body };
    error.message += ` for key ${KEY} and text "a pig"`;
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const found = await errorOf(provider({ baseUrl: `http://127.0.0.1:${port}` }).embed(['a pig'], live));
    server.close();
    server.closeAllConnections();
    expect(found.code).toBe(code);
    for (const secret of [KEY, 'a pig']) expect(inspect(found, { depth: 9 })).not.toContain(secret);
  });

  test('an answer that is no answer is a failure of the service', async () => {
    for (const answer of ['{}', '{"data":[]}', '{"data":"x"}']) {
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const found = await errorOf(provider({ baseUrl: `http://127.0.0.1:${port}` }).embed(['a'], live));
      server.close();
      server.closeAllConnections();
      expect(['embedding.failed', 'embedding.unreachable']).toContain(found.code);
    }
  });

  test('a refused key is not in anything the error shows', async () => {
    const error = await errorOf(provider({ apiKey: 'sk-another-secret' }).embed(['a'], live));
    expect(error.code).toBe('embedding.login');
    expect(inspect(error, { depth: 9 })).not.toContain('sk-another-secret');
  });

  test('nobody there is unreachable', async () => {
    await standIn.stop();
    expect(await errorOf(provider().embed(['a'], live))).toMatchObject({
      code: 'embedding.unreachable',
      retryable: true,
    });
  });

  test('an abort ends a request that hangs', async () => {
    standIn.fail({ kind: 'hang' });
    const stop = new AbortController();
    const running = provider().embed(['a'], stop.signal);
    stop.abort(new Error('asked to stop'));
    await expect(running).rejects.toThrow('asked to stop');
  });
});

test('with the engine, a service that fails every third request gives every vector', async () => {
  standIn.fail({ kind: 'unavailable' }, { fraction: 1 / 3 });
  const texts = Array.from({ length: 200 }, (_, n) => `Book number ${n}`);
  const result = await embedTexts(
    {
      provider: provider(),
      clock: createFakeClock({ auto: true }),
      random: { next: () => 0.5, uuid: () => '' },
    },
    texts,
    { concurrency: 4, maxBatchTexts: 10 },
    live,
  );
  expect(result).toMatchObject({ failed: [], stoppedBy: null });
  const { vectors } = await startOpenAiStandIn().then(async (sound) => {
    const answer = await provider({ baseUrl: sound.baseUrl }).embed(texts, live);
    await sound.stop();
    return answer;
  });
  expect(result.vectors).toEqual(vectors);
});

test('with the engine, a text the service refuses is found among the others', async () => {
  const texts = Array.from({ length: 40 }, (_, n) => `Book number ${n}`);
  const long = 'z'.repeat(60_000);
  const result = await embedTexts(
    {
      // Lets through what the service refuses, as a wrong estimate of tokens would.
      provider: {
        ...provider(),
        limits: { maxInputs: 2048, maxInputTokens: 90_000, maxRequestTokens: 300_000 },
      },
      clock: createFakeClock({ auto: true }),
      random: { next: () => 0.5, uuid: () => '' },
    },
    [...texts, long],
    { concurrency: 2, maxBatchTexts: 41 },
    live,
  );
  expect(result.vectors.slice(0, 40)).not.toContain(null);
  expect(result.failed).toMatchObject([{ index: 40, code: 'embedding.refused' }]);
  expect(result.stoppedBy).toBeNull();
});
