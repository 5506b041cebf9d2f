import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { afterEach, expect, test } from 'vitest';
import type { StandInFailure } from './openai-failures.ts';
import { type OpenAiStandIn, type StandInOptions, startOpenAiStandIn } from './openai-stand-in.ts';

const MODEL = 'text-embedding-3-small';
let running: OpenAiStandIn | null = null;

afterEach(async () => {
  await running?.stop();
  running = null;
});

async function start(options?: StandInOptions): Promise<{ standIn: OpenAiStandIn; openai: OpenAI }> {
  const standIn = await startOpenAiStandIn(options);
  running = standIn;
  return { standIn, openai: new OpenAI({ apiKey: 'sk-test', baseURL: standIn.baseUrl, maxRetries: 0 }) };
}

const embed = async (openai: OpenAI, input: string | string[]) =>
  (await openai.embeddings.create({ model: MODEL, input })).data.map(({ embedding }) => embedding);

async function refusal(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw new Error(`Expected an APIError, got ${String(error)}`);
  return error;
}

test('equal texts get equal vectors of 1536 numbers and length 1, other texts other ones', async () => {
  const { standIn, openai } = await start();
  const [first, second, third] = await embed(openai, ['Owl Moon', 'Owl Moon', 'Sun Bear']);
  expect(first).toHaveLength(1536);
  expect(second).toEqual(first);
  expect(third).not.toEqual(first);
  expect(Math.hypot(...(first ?? []))).toBeCloseTo(1, 5);
  expect(standIn.requests).toMatchObject([{ status: 200, encodingFormat: 'base64', inputs: { length: 3 } }]);
});

test('floats and base64 carry the same numbers, and usage counts the tokens', async () => {
  const { standIn, openai } = await start();
  const asFloats = await openai.embeddings.create({
    model: MODEL,
    input: 'Owl Moon',
    encoding_format: 'float',
  });
  const asBase64 = await openai.embeddings.create({ model: MODEL, input: 'Owl Moon' });
  expect(asFloats.data[0]?.embedding).toEqual(asBase64.data[0]?.embedding);
  expect(asFloats.usage).toEqual({ prompt_tokens: 2, total_tokens: 2 });
  expect(standIn.requests.map(({ encodingFormat }) => encodingFormat)).toEqual(['float', 'base64']);
});

test('the length of vectors is the one asked for, else that of the stand-in', async () => {
  const { openai } = await start({ dimensions: 8 });
  expect(await embed(openai, 'Owl Moon')).toMatchObject([{ length: 8 }]);
  const asked = await openai.embeddings.create({ model: MODEL, input: 'Owl Moon', dimensions: 16 });
  expect(asked.data[0]?.embedding).toHaveLength(16);
});

test('2,048 inputs pass, one more is refused', async () => {
  const { openai } = await start({ dimensions: 2 });
  expect(await embed(openai, Array(2048).fill('a'))).toHaveLength(2048);
  const error = await refusal(embed(openai, Array(2049).fill('a')));
  expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', code: 'array_above_max_length' });
});

test('an empty input, and a list without any, are refused', async () => {
  const { openai } = await start();
  expect(await refusal(embed(openai, ['a', '']))).toMatchObject({ status: 400, param: 'input' });
  expect(await refusal(embed(openai, []))).toMatchObject({ status: 400, type: 'invalid_request_error' });
});

test('8,192 tokens in one input pass, one more is refused', async () => {
  const { openai } = await start();
  expect(await embed(openai, 'a'.repeat(8192 * 4))).toHaveLength(1);
  expect(await refusal(embed(openai, 'a'.repeat(8192 * 4 + 1)))).toMatchObject({
    status: 400,
    param: 'input',
  });
});

test('300,000 tokens in one request pass, one more is refused', async () => {
  const { openai } = await start({ dimensions: 2 });
  const inputs = Array<string>(50).fill('a'.repeat(6000 * 4));
  expect(await embed(openai, inputs)).toHaveLength(50);
  const error = await refusal(embed(openai, [...inputs, 'a']));
  expect(error).toMatchObject({
    status: 400,
    type: 'max_tokens_per_request',
    code: 'max_tokens_per_request',
  });
});

test('a wrong key, a missing key, an unknown model and an unknown address are refused', async () => {
  const { standIn, openai } = await start({ apiKey: 'sk-right' });
  expect(await refusal(embed(openai, 'a'))).toMatchObject({ status: 401, code: 'invalid_api_key' });
  const bare = await fetch(`${standIn.baseUrl}/embeddings`, { method: 'POST', body: '{}' });
  expect(bare.status).toBe(401);
  const right = new OpenAI({ apiKey: 'sk-right', baseURL: standIn.baseUrl, maxRetries: 0 });
  const unknown = refusal(right.embeddings.create({ model: 'no-such-model', input: 'a' }));
  expect(await unknown).toMatchObject({ status: 404, code: 'model_not_found' });
  expect(await refusal(right.models.list())).toMatchObject({ status: 404, code: 'unknown_url' });
});

test('tokens beyond the minute are refused with the time to wait, and granted after it', async () => {
  let nowMs = 0;
  const { openai } = await start({ tokensPerMinute: 600, nowMs: () => nowMs });
  await embed(openai, 'a'.repeat(600 * 4));
  const error = await refusal(embed(openai, 'a'.repeat(100 * 4)));
  expect(error).toMatchObject({ status: 429, type: 'tokens', code: 'rate_limit_exceeded' });
  expect(error.headers?.get('retry-after')).toBe('10');
  expect(error.headers?.get('x-ratelimit-remaining-tokens')).toBe('0');
  expect(error.headers?.get('x-ratelimit-reset-tokens')).toBe('1m0s');
  nowMs = 10_000;
  expect(await embed(openai, 'a'.repeat(100 * 4))).toHaveLength(1);
});

test.each<[StandInFailure, Record<string, unknown>]>([
  [
    { kind: 'rate-limit', retryAfterSeconds: 7 },
    { status: 429, code: 'rate_limit_exceeded' },
  ],
  [{ kind: 'quota' }, { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' }],
  [{ kind: 'server-error' }, { status: 500, type: 'server_error' }],
  [{ kind: 'unavailable' }, { status: 503 }],
  [{ kind: 'invalid-key' }, { status: 401, code: 'invalid_api_key' }],
])('%j fails the next request only', async (failure, expected) => {
  const { standIn, openai } = await start();
  standIn.fail(failure);
  const error = await refusal(embed(openai, 'a'));
  expect(error).toMatchObject(expected);
  if (failure.kind === 'rate-limit') expect(error.headers?.get('retry-after')).toBe('7');
  expect(await embed(openai, 'a')).toHaveLength(1);
});

test('a connection breaks before and in the middle of an answer', async () => {
  const { standIn, openai } = await start();
  standIn.fail({ kind: 'reset' });
  expect(await refusal(embed(openai, 'a'))).toBeInstanceOf(APIConnectionError);
  standIn.fail({ kind: 'cut' });
  await expect(embed(openai, 'a')).rejects.toThrow();
  expect(standIn.requests.map(({ status }) => status)).toEqual(['none', 'none']);
  expect(await embed(openai, 'a')).toHaveLength(1);
});

test('a hanging request ends by the time limit of the client', async () => {
  const { standIn, openai } = await start();
  standIn.fail({ kind: 'hang' });
  const call = openai.embeddings.create({ model: MODEL, input: 'a' }, { timeout: 50 });
  expect(await refusal(call)).toBeInstanceOf(APIConnectionTimeoutError);
});

test('vectors of a wrong length come with status 200', async () => {
  const { standIn, openai } = await start();
  standIn.fail({ kind: 'wrong-dimensions', dimensions: 3 });
  expect(await embed(openai, 'a')).toMatchObject([{ length: 3 }]);
});

test('a quarter of the requests fails, evenly, until it recovers', async () => {
  const { standIn, openai } = await start({ dimensions: 2 });
  standIn.fail({ kind: 'server-error' }, { fraction: 0.25 });
  for (let i = 0; i < 8; i += 1) await embed(openai, 'a').catch(() => {});
  expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200, 200, 500, 200, 200, 200, 500]);
  standIn.recover();
  for (let i = 0; i < 4; i += 1) await embed(openai, 'a');
  expect(standIn.requests.slice(8).every(({ status }) => status === 200)).toBe(true);
});

test('it knows how many requests were in flight at once', async () => {
  const { standIn, openai } = await start({ latencyMs: 50, dimensions: 2 });
  await Promise.all([embed(openai, 'a'), embed(openai, 'b'), embed(openai, 'c')]);
  expect(standIn.peakInFlight()).toBe(3);
});
