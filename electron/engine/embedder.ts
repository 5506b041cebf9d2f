import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts';
import { cutToTokens, estimateTokens, planBatches } from './embedding-batches.ts';
import type { Clock, EmbeddingProvider, EmbeddingResult, Random } from './ports.ts';
import { nextDelayMs, type RetryPolicy } from './retry.ts';

export interface EmbedDeps {
  provider: EmbeddingProvider;
  clock: Clock;
  random: Random;
  /** Texts answered so far, whether with a vector or a refusal. */
  onProgress?: (done: number) => void;
  /** Told when all requests begin to wait: why, and until when (milliseconds since 1970). */
  onWait?: (reason: string, untilMs: number) => void;
}

export interface EmbeddedTexts {
  /** `vectors[i]` belongs to `texts[i]`; equal texts share one array. Null exactly for what `failed` lists. */
  vectors: (Float32Array | null)[];
  tokens: number;
  /** Texts that were longer than the model reads, so that only their beginning was embedded. */
  cut: number;
  failed: { index: number; code: ErrorCode; error: AppError }[];
  /** What made the rest pointless: quota, login, a service that stays away. Null where all texts had their turn. */
  stoppedBy: AppError | null;
}

/** Counted from the last answer of any request: as long as some succeed, rate limits are patience, not failure. */
const EMBED_RETRY: RetryPolicy = { baseMs: 500, maxMs: 20_000, maxAttempts: 8, maxElapsedMs: 180_000 };
/** So many texts refused one by one, and none accepted before: it is not the texts. */
const REFUSED_WITHOUT_SUCCESS = 8;

/**
 * Embeds texts in parallel requests. Equal texts are sent once. A request that is told to wait makes all wait;
 * a batch refused for its content is halved until the refused text stands alone; a wrong key, an empty account
 * or a service that stays away stops everything. Never throws for the provider's failures: they are in the
 * result. Throws the signal's reason on abort, after every request has ended.
 */
export async function embedTexts(
  deps: EmbedDeps,
  texts: readonly string[],
  { concurrency, maxBatchTexts }: { concurrency: number; maxBatchTexts: number },
  signal: AbortSignal,
): Promise<EmbeddedTexts> {
  const { limits } = deps.provider;
  const distinct = [...new Set(texts)].filter((text) => text.trim() !== '');
  const stop = new AbortController();
  const run: Run = {
    deps,
    texts: distinct.map((text) => cutToTokens(text, limits.maxInputTokens)),
    weights: countEach(texts, distinct),
    vectors: distinct.map(() => null),
    errors: distinct.map(() => null),
    tokens: 0,
    done: 0,
    successes: 0,
    refusedAlone: 0,
    resumeAtMs: 0,
    stop: (error) => {
      run.stoppedBy ??= error;
      // What is under way is paid for already.
      if (error.code !== 'embedding.spend-limit') stop.abort(error);
    },
    stoppedBy: null,
    signal: AbortSignal.any([signal, stop.signal]),
  };
  const batches = planBatches(run.texts, {
    maxTexts: Math.max(1, Math.min(maxBatchTexts, limits.maxInputs)),
    maxTokens: limits.maxRequestTokens,
  }).values();
  // Texts that are blank are answered already.
  run.done = texts.filter((text) => text.trim() === '').length;
  const worker = async (): Promise<void> => {
    for (const batch of batches) {
      if (run.signal.aborted || run.stoppedBy !== null) return;
      await embedBatch(run, batch);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  signal.throwIfAborted();
  return collect(run, texts, distinct);
}

/** State all requests of one call share. Arrays are by distinct text. */
interface Run {
  deps: EmbedDeps;
  texts: string[];
  weights: number[];
  vectors: (Float32Array | null)[];
  errors: (AppError | null)[];
  tokens: number;
  done: number;
  successes: number;
  refusedAlone: number;
  /** Monotonic; before it nobody sends. */
  resumeAtMs: number;
  stop: (error: AppError) => void;
  stoppedBy: AppError | null;
  signal: AbortSignal;
}

/** Never rejects: an abort is seen by the caller, everything else is in the run. */
async function embedBatch(run: Run, batch: readonly number[]): Promise<void> {
  const error = await request(run, batch);
  if (error === null || run.signal.aborted) return;
  if (error.code !== 'embedding.refused') {
    run.stop(error);
    return;
  }
  const [only] = batch;
  if (batch.length > 1 || only === undefined) {
    const middle = Math.ceil(batch.length / 2);
    await embedBatch(run, batch.slice(0, middle));
    if (!run.signal.aborted) await embedBatch(run, batch.slice(middle));
    return;
  }
  // The estimate of tokens is one: a long text gets a second chance with its first quarter.
  const quarter = run.deps.provider.limits.maxInputTokens / 4;
  if (estimateTokens(run.texts[only] ?? '') > quarter) {
    run.texts[only] = cutToTokens(run.texts[only] ?? '', quarter);
    await embedBatch(run, batch);
    return;
  }
  run.errors[only] = error;
  run.refusedAlone += 1;
  progress(run, batch);
  if (run.successes === 0 && run.refusedAlone >= REFUSED_WITHOUT_SUCCESS) run.stop(error);
}

/** One request with its retries; null when the batch is answered (or the run has ended), else what stays wrong. */
async function request(run: Run, batch: readonly number[]): Promise<AppError | null> {
  const { provider, clock, random } = run.deps;
  const texts = batch.map((at) => run.texts[at] ?? '');
  let attempt = 0;
  let sinceMs = clock.monotonicMs();
  let successes = run.successes;
  for (;;) {
    try {
      await waitForTurn(run);
      attempt += 1;
      accept(run, batch, await provider.embed(texts, run.signal));
      return null;
    } catch (thrown) {
      if (run.signal.aborted) return null;
      const error = toAppError(thrown);
      if (run.successes > successes) {
        [successes, attempt, sinceMs] = [run.successes, 1, clock.monotonicMs()];
      }
      const elapsedMs = clock.monotonicMs() - sinceMs;
      const delayMs = nextDelayMs({ error, attempt, elapsedMs }, EMBED_RETRY, random);
      if (delayMs === null) return error;
      makeAllWait(run, error, delayMs);
    }
  }
}

async function waitForTurn(run: Run): Promise<void> {
  const { clock, random } = run.deps;
  for (;;) {
    const waitMs = run.resumeAtMs - clock.monotonicMs();
    if (waitMs <= 0) break;
    // Spread, so that those who waited together do not hit the limit together.
    await clock.sleep(waitMs + random.next() * EMBED_RETRY.baseMs, run.signal);
  }
  run.signal.throwIfAborted();
}

function makeAllWait(run: Run, error: AppError, delayMs: number): void {
  const { clock, onWait } = run.deps;
  const resumeAtMs = clock.monotonicMs() + delayMs;
  if (resumeAtMs <= run.resumeAtMs) return;
  run.resumeAtMs = resumeAtMs;
  onWait?.(error.message, clock.now().getTime() + delayMs);
}

function accept(run: Run, batch: readonly number[], result: EmbeddingResult): void {
  const { provider } = run.deps;
  run.tokens += result.tokens;
  if (result.vectors.length !== batch.length)
    throw unusable(provider, 'another number of vectors than texts');
  for (const vector of result.vectors) {
    if (vector.length !== provider.dimensions) throw wrongDimensions(provider, vector.length);
    if (!vector.every(Number.isFinite)) throw unusable(provider, 'vectors that are no numbers');
  }
  for (const [i, at] of batch.entries()) run.vectors[at] = result.vectors[i] ?? null;
  run.successes += 1;
  progress(run, batch);
}

function progress(run: Run, batch: readonly number[]): void {
  run.done += batch.reduce((sum, at) => sum + (run.weights[at] ?? 0), 0);
  run.deps.onProgress?.(run.done);
}

function collect(run: Run, texts: readonly string[], distinct: readonly string[]): EmbeddedTexts {
  const positions = new Map(distinct.map((text, at) => [text, at]));
  const vectors: (Float32Array | null)[] = [];
  const failed: EmbeddedTexts['failed'] = [];
  let cut = 0;
  for (const [index, text] of texts.entries()) {
    const at = positions.get(text);
    const vector = at === undefined ? null : (run.vectors[at] ?? null);
    vectors.push(vector);
    if (at !== undefined && run.texts[at] !== text) cut += 1;
    if (vector !== null) continue;
    const error = (at === undefined ? blankText() : run.errors[at]) ?? run.stoppedBy;
    if (error !== null) failed.push({ index, code: error.code, error });
  }
  return { vectors, tokens: run.tokens, cut, failed, stoppedBy: run.stoppedBy };
}

/** For each distinct text, how often it occurs. */
function countEach(texts: readonly string[], distinct: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return distinct.map((text) => counts.get(text) ?? 0);
}

function blankText(): AppError {
  return new AppError({
    code: 'embedding.refused',
    message: 'A book has no text that could be embedded.',
    hint: 'Give the book a title, or a description, and load it again.',
  });
}

function wrongDimensions(provider: EmbeddingProvider, found: number): AppError {
  return new AppError({
    code: 'embedding.dimensions',
    message: `The model ${provider.model} gave vectors of ${found} numbers, but the index and the database hold ${provider.dimensions}.`,
    hint: `Choose a model with ${provider.dimensions} dimensions as EMBEDDING_MODEL, for example text-embedding-3-small.`,
  });
}

function unusable(provider: EmbeddingProvider, what: string): AppError {
  return new AppError({
    code: 'embedding.failed',
    message: `The embedding service gave ${what} (model ${provider.model}).`,
    hint: 'Check that OPENAI_BASE_URL is a service compatible with OpenAI, then resume the load.',
  });
}
