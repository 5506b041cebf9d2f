import { AppError } from '../../shared/errors.ts';
import type { TopicNames } from '../../shared/events/topics.ts';
import type { Database } from './database-port.ts';
import type { EmitLoadEvent, LoadEvent, Step } from './load-events.ts';
import type {
  Clock,
  EmbeddingProvider,
  EventPublisher,
  Hasher,
  Random,
  RecordChecker,
  RecordSource,
  RejectsSink,
  VectorIndex,
  Workspace,
} from './ports.ts';

/** Everything a load touches. `embedder`, `index` and `publisher` are null where the person opted out of them. */
export interface LoadPorts {
  source: RecordSource;
  checker: RecordChecker;
  workspace: Workspace;
  database: Database;
  embedder: EmbeddingProvider | null;
  index: VectorIndex | null;
  publisher: EventPublisher | null;
  rejects: RejectsSink;
  clock: Clock;
  random: Random;
  hasher: Hasher;
}

export interface LoadTuning {
  /** Rows of a chunk: one transaction. */
  chunkRows: number;
  /** Texts of one embedding request at most; the provider's own limits hold besides. */
  embedBatchTexts: number;
  embedConcurrency: number;
  /** How long a chunk or a turn stays ours without a sign of life. */
  leaseMs: number;
  topicNames: TopicNames;
}

/**
 * Two ways to end early: `stop` is a person's Ctrl-C, obeyed between chunks so that what is in hand becomes
 * whole; `abort` is final and reaches into every call.
 */
export interface LoadSignals {
  stop: AbortSignal;
  abort: AbortSignal;
}

/** What the steps before the database need; a check has no more than this. */
export interface CheckContext {
  ports: Pick<LoadPorts, 'checker' | 'workspace' | 'clock'>;
  tuning: LoadTuning;
  signals: LoadSignals;
  loadId: string;
  emit: EmitLoadEvent;
}

export interface LoadContext extends CheckContext {
  ports: LoadPorts;
  correlationId: string;
  /** Names this process in leases. */
  owner: string;
}

/** Throws `stopped` once somebody asked the load to stop. */
export function throwIfStopped(context: CheckContext): void {
  if (context.signals.stop.aborted || context.signals.abort.aborted) throw stopped();
}

export function stopped(): AppError {
  return new AppError({
    code: 'stopped',
    message: 'The load was stopped.',
    hint: 'What was whole has been kept; `accession resume` goes on from there.',
  });
}

/** Runs one step, says so on the event stream, and returns its result with the time it took. */
export async function timedStep<T>(
  context: CheckContext,
  step: Step,
  details: { file?: string; total?: number; unit: Extract<LoadEvent, { kind: 'step-started' }>['unit'] },
  work: () => Promise<T>,
): Promise<{ value: T; ms: number }> {
  const { clock } = context.ports;
  const file = details.file ?? null;
  context.emit({
    kind: 'step-started',
    loadId: context.loadId,
    step,
    file,
    total: details.total ?? null,
    unit: details.unit,
  });
  const startedMs = clock.monotonicMs();
  const value = await work();
  const ms = clock.monotonicMs() - startedMs;
  context.emit({ kind: 'step-finished', loadId: context.loadId, step, file, ms });
  return { value, ms };
}
