import { type AppError, reportOf, toAppError } from '../../shared/errors.ts';
import { leaseChunk, leaseWhenFree } from './chunk-leases.ts';
import type { ChunkRow } from './chunks-port.ts';
import { inLoadingOrder } from './commit-chunks.ts';
import { embedTexts } from './embedder.ts';
import { type LoadContext, throwIfStopped } from './load-context.ts';
import type { EmbeddingsReport } from './load-report.ts';
import type { EmbeddingProvider } from './ports.ts';
import { limitSpending } from './spend-limit.ts';
import { type PlannedVector, planVectors, vectorWrites } from './vector-plan.ts';
import type { WrittenBook } from './vectors-port.ts';

/**
 * Embeds what the committed chunks of books changed: only texts that are new or whose model changed are sent.
 * Outside every transaction; each chunk's vectors are saved in one. Texts that cannot be embedded now are
 * given up for now, counted, and tried again by `resume`; they never hold a load back. Adds to `report`.
 */
export async function embedChunks(
  context: LoadContext,
  provider: EmbeddingProvider,
  report: EmbeddingsReport,
  problems: AppError[],
): Promise<void> {
  const { ports, signals, loadId } = context;
  const chunks = (await ports.database.ledger.chunks(loadId, signals.abort)).filter(
    (chunk) => chunk.state === 'committed' || chunk.embedFailed > 0,
  );
  report.model = provider.model;
  const embedder = limitSpending(provider, {
    limitUsd: context.tuning.spendLimitUsd ?? null,
    spentUsd: costOf(provider, report.tokens) ?? 0,
  });
  const total = chunks.reduce((rows, chunk) => rows + chunk.inserted + chunk.updated, 0);
  let done = 0;
  let givenUp = false;
  for (const chunk of inLoadingOrder(chunks)) {
    throwIfStopped(context);
    const outcome = await embedChunk(context, embedder, chunk, givenUp, (texts) =>
      context.emit({ kind: 'step-progress', loadId, step: 'embed', file: null, done: done + texts, total }),
    );
    done += chunk.inserted + chunk.updated;
    context.emit({ kind: 'step-progress', loadId, step: 'embed', file: null, done, total });
    if (outcome === null) continue;
    report.generated += outcome.generated;
    report.reused += outcome.reused;
    report.tokens += outcome.tokens;
    if (outcome.problem !== null && !givenUp) {
      // One refusal of the whole account or service is enough: the other chunks would only hear it again.
      givenUp = outcome.serviceDown;
      problems.push(outcome.problem);
      context.emit({ kind: 'problem', loadId, step: 'embed', error: reportOf(outcome.problem) });
    }
  }
  // The tokens are those of every run of the load, so this is what all of them cost.
  report.costUsd = costOf(embedder, report.tokens);
}

function costOf({ usdPerMillionTokens }: EmbeddingProvider, tokens: number): number | null {
  return usdPerMillionTokens === null ? null : (tokens / 1_000_000) * usdPerMillionTokens;
}

interface ChunkOutcome {
  generated: number;
  reused: number;
  failed: number;
  tokens: number;
  problem: AppError | null;
  /** The service refuses everything, not just a text. */
  serviceDown: boolean;
}

/** Null where another process of the same load has done the chunk. */
async function embedChunk(
  context: LoadContext,
  embedder: EmbeddingProvider,
  chunk: ChunkRow,
  givenUp: boolean,
  onTexts: (done: number) => void,
): Promise<ChunkOutcome | null> {
  const { ports, signals, loadId } = context;
  const { vectors } = ports.database;
  if ((await leaseWhenFree(context, chunk, 'embed')) === null) return null;
  const books = await vectors.writtenBooks(loadId, chunk.chunkNo, signals.abort);
  const plan = await planOf(context, embedder, books);
  const missing = plan.filter((planned) => planned.source === 'embed');
  const embedded = givenUp
    ? { vectors: missing.map(() => null), tokens: 0, problem: null, serviceDown: true }
    : await embedMissing(context, embedder, missing, onTexts);
  const writes = vectorWrites(plan, embedded.vectors);
  const failed = plan.length - writes.length;
  // Waiting for a rate limit may have outlived the lease: taking it again proves that the chunk is still ours.
  const lease = await leaseChunk(context, chunk);
  if (lease === null) return null;
  await vectors.save(lease, embedder.model, writes, failed, signals.abort);
  return {
    generated: missing.length - failed,
    reused: plan.length - missing.length,
    failed,
    tokens: embedded.tokens,
    problem: embedded.problem,
    serviceDown: embedded.serviceDown,
  };
}

async function embedMissing(
  context: LoadContext,
  embedder: EmbeddingProvider,
  missing: readonly PlannedVector[],
  onTexts: (done: number) => void,
): Promise<{
  vectors: (Float32Array | null)[];
  tokens: number;
  problem: AppError | null;
  serviceDown: boolean;
}> {
  if (missing.length === 0) return { vectors: [], tokens: 0, problem: null, serviceDown: false };
  const { ports, signals, tuning, loadId } = context;
  const result = await embedTexts(
    {
      provider: embedder,
      clock: ports.clock,
      random: ports.random,
      onProgress: onTexts,
      onWait: (reason, untilMs) => context.emit({ kind: 'waiting', loadId, step: 'embed', reason, untilMs }),
    },
    missing.map((planned) => planned.text),
    { concurrency: tuning.embedConcurrency, maxBatchTexts: tuning.embedBatchTexts },
    AbortSignal.any([signals.stop, signals.abort]),
  ).catch((thrown: unknown) => {
    throwIfStopped(context);
    throw toAppError(thrown);
  });
  throwIfStopped(context);
  return {
    vectors: result.vectors,
    tokens: result.tokens,
    problem: result.stoppedBy ?? result.failed[0]?.error ?? null,
    serviceDown: result.stoppedBy !== null,
  };
}

async function planOf(
  context: LoadContext,
  embedder: EmbeddingProvider,
  books: readonly WrittenBook[],
): Promise<PlannedVector[]> {
  const { ports, signals } = context;
  const plan = planVectors(books, embedder.model, ports.hasher);
  const open = plan.filter((planned) => planned.source === 'embed').map((planned) => planned.textHash);
  if (open.length === 0) return plan;
  const known = await ports.database.vectors.knownTexts(embedder.model, open, signals.abort);
  return plan.map((planned) =>
    planned.source === 'embed' && known.has(planned.textHash) ? { ...planned, source: 'same-text' } : planned,
  );
}
