import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { partitionOf } from '../../shared/events/murmur2.ts';
import type { TopicMessage } from '../services/kafka-topics.ts';

interface ExpectedEvent {
  topic: string;
  key: string;
  partition: number | string;
  headers: Record<string, string>;
  value: Record<string, unknown>;
}

const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function expectedTermEvents(): ExpectedEvent[] {
  const path = new URL('../fixtures/term-events.jsonl', import.meta.url);
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExpectedEvent);
}

export interface SentEvent extends TopicMessage {
  topic: string;
}

/**
 * Puts the fixture's placeholders in the place of what no fixture can know, each after its own rule: the
 * load's and the correlation's id, the event's id (a version 5 UUID), a timestamp within the run, a duration
 * in seconds, and the partition of a load-keyed event, which must be Kafka's own for that key.
 */
export function withPlaceholders(
  event: SentEvent,
  run: { loadId: string; correlationId: string; since: Date; until: Date },
): ExpectedEvent {
  const value = JSON.parse(event.value ?? 'null') as Record<string, unknown>;
  const key = event.key ?? '';
  expect(event.headers.id).toMatch(UUID_V5);
  expect(event.headers.load_id).toBe(run.loadId);
  expect(event.headers.correlation_id).toBe(run.correlationId);
  const at = new Date(String(value.timestamp));
  expect(value.timestamp).toBe(at.toISOString());
  expect(at.getTime()).toBeGreaterThanOrEqual(run.since.getTime());
  expect(at.getTime()).toBeLessThanOrEqual(run.until.getTime());
  value.timestamp = '<timestamp>';
  if ('duration' in value) {
    expect(value.duration).toBeGreaterThan(0);
    expect(value.duration).toBeLessThan((run.until.getTime() - run.since.getTime()) / 1000 + 1);
    value.duration = '<seconds>';
  }
  const byLoad = key === run.loadId;
  if (byLoad) expect(event.partition).toBe(partitionOf(key, 3));
  return {
    topic: event.topic,
    key: byLoad ? '<load>' : key,
    partition: byLoad ? '<by key>' : event.partition,
    headers: { ...event.headers, id: '<uuid5>', load_id: '<load>', correlation_id: '<correlation>' },
    value,
  };
}

/** One line per event with sorted keys, sorted: two multisets are equal exactly when these are. */
export function multiset(events: readonly ExpectedEvent[]): string[] {
  return events.map((event) => JSON.stringify(sortedKeys(event))).toSorted();
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sortedKeys(inner)]),
  );
}
