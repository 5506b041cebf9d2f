import { createHash } from 'node:crypto';
import type { Outbox, OutboxPayload, OutboxRow, SendRefusals } from '../../../electron/engine/outbox-port.ts';
import type { Hasher } from '../../../electron/engine/ports.ts';
import { type RelayDeps, relayEvents } from '../../../electron/engine/relay.ts';
import { AppError } from '../../../shared/errors.ts';
import { DEFAULT_TOPIC_NAMES, type TopicKind } from '../../../shared/events/topics.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryPublisher, type MemoryPublisherOptions } from '../../fakes/memory-publisher.ts';

const hasher: Hasher = {
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  uuidV5: (name) => createHash('sha1').update(name).digest('hex').slice(0, 32),
};
const random = { next: () => 0.5, uuid: () => 'unused' };
export const live = new AbortController().signal;
export const unreachable = () =>
  new AppError({ code: 'events.unreachable', message: 'away', hint: 'wait', retryable: true });

interface MemoryOutbox extends Outbox {
  rows: OutboxRow[];
  marked: { id: number; keys: string[]; refused: SendRefusals }[];
  log: string[];
}

function memoryOutbox(rows: OutboxRow[]): MemoryOutbox {
  const outbox: MemoryOutbox = {
    rows,
    marked: [],
    log: [],
    ready: async (loadId, limit, signal) => {
      signal.throwIfAborted();
      return outbox.rows.filter((row) => loadId === null || row.loadId === loadId).slice(0, limit);
    },
    plan: async (id, messages, signal) => {
      signal.throwIfAborted();
      outbox.log.push(`plan ${id}`);
      const row = outbox.rows.find((other) => other.id === id);
      if (row === undefined) throw new Error('no such row');
      row.planned ??= messages;
      return row.planned;
    },
    sent: async (row, messages, refused, signal) => {
      signal.throwIfAborted();
      outbox.log.push(`sent ${row.id}`);
      outbox.marked.push({ id: row.id, keys: messages.map(({ key }) => key), refused });
      outbox.rows = outbox.rows.filter((other) => other.id !== row.id);
    },
    counts: async () => ({ published: 0, pending: 0, dead: 0, byTopic: [] }),
  };
  return outbox;
}

export function row(id: number, topic: TopicKind, payload: OutboxPayload, loadId = 'load-1'): OutboxRow {
  return {
    id,
    loadId,
    correlationId: 'corr',
    topic,
    createdAt: new Date(0),
    payload,
    planned: null,
  };
}
export const students = (id: number, ...updated: string[]) =>
  row(id, 'students', { kind: 'students', added: [], updated });

export function setUp(rows: OutboxRow[], options: MemoryPublisherOptions = {}) {
  const outbox = memoryOutbox(rows);
  const clock = createFakeClock({ auto: true });
  const publisher = createMemoryPublisher({
    ...options,
    onSend: async (topic, messages, call) => {
      outbox.log.push(`send ${topic}`);
      await options.onSend?.(topic, messages, call);
    },
  });
  const deps: RelayDeps = { outbox, publisher, topicNames: DEFAULT_TOPIC_NAMES, hasher, clock, random };
  const run = (loadId: string | null = null, signal = live) =>
    relayEvents(deps, { loadId }, (done) => outbox.log.push(`progress ${done}`), signal);
  return { outbox, publisher, clock, deps, run };
}
