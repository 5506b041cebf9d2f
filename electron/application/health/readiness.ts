import { AppError, type ErrorCode, toAppError } from '../../../shared/errors.ts';
import { TOPIC_KINDS } from '../../../shared/events/topics.ts';
import type { Database } from '../../engine/database-port.ts';
import type { LoadTuning } from '../../engine/load-context.ts';
import type { EventPublisher, VectorIndex } from '../../engine/ports.ts';
import { indexStatus } from '../index/index-search.ts';

/** The parts of the profile that a load would use. Each may throw, and is asked again the next time. */
export interface ReadinessParts {
  database(): Promise<Database>;
  index(): Promise<VectorIndex>;
  publisher(): Promise<EventPublisher>;
}

export interface PartState {
  ok: boolean;
  /** Why not. */
  code: ErrorCode | null;
}

/**
 * Whether a load could begin now: the database answers and is prepared, the index agrees with its table (unless a
 * load is changing both), the broker knows every topic. Costs no embedding, writes nothing, and ends within `limitMs`.
 */
export async function checkReadiness(
  parts: ReadinessParts,
  tuning: Pick<LoadTuning, 'topicNames'>,
  limitMs: number,
): Promise<{ ready: boolean; parts: Record<'database' | 'index' | 'broker', PartState> }> {
  const signal = AbortSignal.timeout(limitMs);
  const [database, index, broker] = await Promise.all([
    look(signal, () => throwIfDatabaseLacks(parts, signal)),
    look(signal, () => throwIfIndexDisagrees(parts, signal)),
    look(signal, () => throwIfTopicsLack(parts, tuning, signal)),
  ]);
  return { ready: database.ok && index.ok && broker.ok, parts: { database, index, broker } };
}

async function throwIfDatabaseLacks({ database }: ReadinessParts, signal: AbortSignal): Promise<void> {
  const { missing } = await (await database()).schema.inspect(signal);
  if (missing.length > 0) throw notReady('db.not-prepared');
}

async function throwIfIndexDisagrees(parts: ReadinessParts, signal: AbortSignal): Promise<void> {
  const database = await parts.database();
  const status = await indexStatus({ database, index: await parts.index() }, signal);
  if (status.state === 'damaged') throw notReady('index.damaged');
  if (status.agrees) return;
  const loads = await database.ledger.loads(20, signal);
  if (!loads.some(({ endedAt }) => endedAt === null)) throw notReady('index.failed');
}

async function throwIfTopicsLack(
  { publisher }: ReadinessParts,
  { topicNames }: Pick<LoadTuning, 'topicNames'>,
  signal: AbortSignal,
): Promise<void> {
  const opened = await publisher();
  await Promise.all(TOPIC_KINDS.map((kind) => opened.partitions(topicNames[kind], signal)));
}

async function look(signal: AbortSignal, examination: () => Promise<void>): Promise<PartState> {
  try {
    await unlessAborted(examination(), signal);
    return { ok: true, code: null };
  } catch (thrown) {
    return { ok: false, code: signal.aborted ? 'stopped' : toAppError(thrown).code };
  }
}

/** Some clients cannot be interrupted; what goes on in them ends by itself, unheard. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function notReady(code: ErrorCode): AppError {
  return new AppError({
    code,
    message: 'This part is not ready.',
    hint: 'Look at it with: accession doctor',
  });
}
