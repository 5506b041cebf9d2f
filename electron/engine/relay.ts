import { type AppError, toAppError } from '../../shared/errors.ts';
import type { TopicKind, TopicNames } from '../../shared/events/topics.ts';
import { expandOutboxRow } from './expand-events.ts';
import type { Outbox, OutboxRow } from './outbox-port.ts';
import type { Clock, EventMessage, EventPublisher, Hasher, Random, SendResult } from './ports.ts';
import { type RetryPolicy, withRetry } from './retry.ts';

export interface RelayDeps {
  outbox: Outbox;
  publisher: EventPublisher;
  topicNames: TopicNames;
  hasher: Hasher;
  clock: Clock;
  random: Random;
  /** Told before each wait for a broker: why, and until when (milliseconds since 1970). */
  onWait?: (error: AppError, untilMs: number) => void;
  /** Told of events that went to the dead letters: how many and why, never which. */
  onRefused?: (topic: TopicKind, code: string, count: number) => void;
}

export interface RelayResult {
  /** Events acknowledged in this run. */
  published: number;
  /** Events that went to the dead letters in this run. */
  refused: number;
  /** Topics that must wait, each with the reason; their rows stay in the outbox. */
  pausedTopics: { topic: TopicKind; error: AppError }[];
}

/** A broker that restarts is back within half a minute; who waits longer is told instead. */
const SEND_RETRY: RetryPolicy = { baseMs: 250, maxMs: 8_000, maxAttempts: 6, maxElapsedMs: 30_000 };
/** Once the broker was given up on for one topic, the others ask it just once. */
const ASK_ONCE: RetryPolicy = { ...SEND_RETRY, maxAttempts: 1 };
const ROWS_PER_READ = 50;
/** A send closes with the row that reaches this many events: enough to fill Kafka's batches, little to repeat. */
const EVENTS_PER_SEND = 1_000;
/** Publishers say the same of messages that follow a refused one of their key within a send. */
const HELD_BACK = {
  code: 'events.held-back',
  message: 'Waits behind an earlier event of the same key that was refused.',
};

/**
 * Sends what the outbox holds ready (of one load, or of all) and returns when nothing is left but what must
 * wait. Oldest first, so that everything about one key stays in order; at least once. A message the broker
 * refuses goes to the dead letters; a topic that is missing, forbidden or unreachable is paused for this run,
 * alone. Throws `db.*` where the outbox fails, the signal's reason on abort: what was not marked as sent is
 * sent again by the next run, with the same ids. `onProgress` is told the events published so far.
 */
export async function relayEvents(
  deps: RelayDeps,
  { loadId }: { loadId: string | null },
  onProgress: (published: number) => void,
  signal: AbortSignal,
): Promise<RelayResult> {
  const run: Run = { published: 0, refused: 0, paused: new Map(), brokerAway: false, heldKeys: new Set() };
  const seen = new Set<number>();
  let left = 0;
  for (;;) {
    signal.throwIfAborted();
    // Rows of paused topics stay ready: read past them.
    const ready = await deps.outbox.ready(loadId, ROWS_PER_READ + left, signal);
    const fresh = ready.filter((row) => !seen.has(row.id));
    if (fresh.length === 0) break;
    for (const row of fresh) seen.add(row.id);
    for (const [topic, rows] of Map.groupBy(fresh, (row) => row.topic)) {
      if (!run.paused.has(topic)) await relayTopic(deps, run, topic, rows, onProgress, signal);
      if (run.paused.has(topic)) left += rows.length;
    }
  }
  return {
    published: run.published,
    refused: run.refused,
    pausedTopics: [...run.paused].map(([topic, error]) => ({ topic, error })),
  };
}

interface Run {
  published: number;
  refused: number;
  paused: Map<TopicKind, AppError>;
  brokerAway: boolean;
  /** Topic and key of what was refused in this run: later events of the key must not overtake it. */
  heldKeys: Set<string>;
}

interface PlannedRow {
  row: OutboxRow;
  messages: readonly EventMessage[];
}

async function relayTopic(
  deps: RelayDeps,
  run: Run,
  topic: TopicKind,
  rows: readonly OutboxRow[],
  onProgress: (published: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let batch: PlannedRow[] = [];
  let events = 0;
  for (const [at, row] of rows.entries()) {
    const planned = await planRow(deps, run, row, signal);
    if (planned === null) return;
    batch.push(planned);
    events += planned.messages.length;
    if (events < EVENTS_PER_SEND && at < rows.length - 1) continue;
    if (!(await sendBatch(deps, run, topic, batch, signal))) return;
    onProgress(run.published);
    batch = [];
    events = 0;
  }
}

/** The grouping is stored before anything is sent: a retry must send the same events. Null where the topic was paused. */
async function planRow(
  deps: RelayDeps,
  run: Run,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<PlannedRow | null> {
  const { outbox, publisher, topicNames, hasher, clock } = deps;
  if (row.planned !== null) return { row, messages: onTopic(row.planned, topicNames[row.topic]) };
  // Only the grouping of books needs the broker's word.
  const partitions =
    row.payload.kind === 'books'
      ? await orPause(deps, run, row.topic, () => publisher.partitions(topicNames[row.topic], signal), signal)
      : 1;
  if (partitions === null) return null;
  const messages = expandOutboxRow(row, partitions, topicNames, hasher, clock.now());
  return { row, messages: onTopic(await outbox.plan(row.id, messages, signal), topicNames[row.topic]) };
}

/** A topic that was renamed in the settings since the grouping was stored takes its events along. */
function onTopic(messages: readonly EventMessage[], topic: string): readonly EventMessage[] {
  return messages.every((message) => message.topic === topic)
    ? messages
    : messages.map((message) => ({ ...message, topic }));
}

/** True where every message of the batch was acknowledged or refused, and the outbox knows. */
async function sendBatch(
  deps: RelayDeps,
  run: Run,
  topic: TopicKind,
  batch: readonly PlannedRow[],
  signal: AbortSignal,
): Promise<boolean> {
  const messages = batch.flatMap((planned) => planned.messages);
  const held = messages.map((message) => run.heldKeys.has(heldKey(topic, message)));
  const sendable = [...messages.keys()].filter((index) => !held[index]);
  const send = (): Promise<SendResult> =>
    deps.publisher.send(
      deps.topicNames[topic],
      sendable.flatMap((index) => messages[index] ?? []),
      signal,
    );
  const result = sendable.length === 0 ? { refused: [] } : await orPause(deps, run, topic, send, signal);
  if (result === null) return false;
  const refusals = [
    ...result.refused.map((refusal) => ({ ...refusal, index: sendable[refusal.index] ?? 0 })),
    ...[...held.keys()].filter((index) => held[index]).map((index) => ({ index, ...HELD_BACK })),
  ].sort((a, b) => a.index - b.index);
  for (const { index } of refusals) {
    const message = messages[index];
    if (message !== undefined) run.heldKeys.add(heldKey(topic, message));
  }
  let offset = 0;
  for (const { row, messages: own } of batch) {
    const refused = refusals
      .filter(({ index }) => index >= offset && index < offset + own.length)
      .map((refusal) => ({ ...refusal, index: refusal.index - offset }));
    await deps.outbox.sent(row, own, refused, signal);
    run.published += own.length - refused.length;
    run.refused += refused.length;
    offset += own.length;
  }
  for (const [code, same] of Map.groupBy(refusals, (refusal) => refusal.code)) {
    deps.onRefused?.(topic, code, same.length);
  }
  return true;
}

function heldKey(topic: TopicKind, message: EventMessage): string {
  return `${topic}|${message.key}`;
}

/** Retries what may pass; what does not pass pauses the topic and gives null. Only `events.*` errors are a topic's own. */
async function orPause<T>(
  deps: RelayDeps,
  run: Run,
  topic: TopicKind,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | null> {
  try {
    return await withRetry(work, run.brokerAway ? ASK_ONCE : SEND_RETRY, deps, signal, (error, waitMs) =>
      deps.onWait?.(error, deps.clock.now().getTime() + waitMs),
    );
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toAppError(thrown);
    if (!error.code.startsWith('events.')) throw error;
    run.paused.set(topic, error);
    if (error.code === 'events.unreachable') run.brokerAway = true;
    return null;
  }
}
