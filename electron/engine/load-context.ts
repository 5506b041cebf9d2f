import { AppError } from '../../shared/errors.ts';
import type { TopicNames } from '../../shared/events/topics.ts';
import type { RecordChecker } from './checker-port.ts';
import type { Database } from './database-port.ts';
import type { EditsOf } from './edit-overlay.ts';
import type { FileStore, OpenedFile } from './file-port.ts';
import type { EmitLoadEvent, LoadEvent, Step } from './load-events.ts';
import type { MappingStore } from './mapping-port.ts';
import type {
  Clock,
  EmbeddingProvider,
  EventPublisher,
  Hasher,
  Random,
  RejectsSink,
  VectorIndex,
} from './ports.ts';
import type { Workspace } from './workspace-port.ts';

/** Everything a load touches. `embedder`, `index` and `publisher` are null where the person opted out of them. */
export interface LoadPorts {
  files: FileStore;
  /** How files of one shape were read before. */
  mappings: MappingStore;
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
  /** US dollars that the embeddings of one load may cost; left out or null: no limit. */
  spendLimitUsd?: number | null;
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

/** What a check touches. */
export type CheckPorts = Pick<LoadPorts, 'files' | 'mappings' | 'checker' | 'workspace' | 'clock' | 'random'>;

/** What the steps before the database need; a check has no more than this. */
export interface CheckContext {
  ports: CheckPorts;
  tuning: LoadTuning;
  signals: LoadSignals;
  loadId: string;
  /** What a person changed in the files; nothing where a load comes straight from its files. */
  edits: EditsOf;
  emit: EmitLoadEvent;
}

export interface LoadContext extends CheckContext {
  ports: LoadPorts;
  correlationId: string;
  /** Names this process in leases. */
  owner: string;
  /** The load's files as far as this process has them: none where another machine goes on with it. */
  opened: ReadonlyMap<number, OpenedFile>;
}

/** Throws `stopped` once somebody asked the load or check to stop. */
export function throwIfStopped(context: CheckContext | LoadContext): void {
  const { stop, abort } = context.signals;
  if (stop.aborted || abort.aborted) throw 'owner' in context ? stopped() : checkStopped();
}

export function stopped(): AppError {
  return new AppError({
    code: 'stopped',
    message: 'The load was stopped.',
    hint: 'What was whole has been kept; `accession resume` goes on from there.',
  });
}

function checkStopped(): AppError {
  return new AppError({ code: 'stopped', message: 'The check was stopped.', hint: 'Nothing was written.' });
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
