import type { TopicKind } from '../../shared/events/topics.ts';
import type { EventMessage } from './ports.ts';

/**
 * `ids`: what happened, one row per chunk and topic; the relay expands it. `messages`: already events.
 */
export type OutboxPayload =
  | { kind: 'books'; bookIds: readonly string[] }
  | { kind: 'enrichment'; books: readonly { bookId: string; isbn: string | null }[] }
  | { kind: 'students'; added: readonly string[]; updated: readonly string[] }
  | { kind: 'checkouts'; checkouts: readonly (readonly [studentId: string, bookId: string, date: string])[] }
  | { kind: 'messages'; messages: readonly EventMessage[] };

export interface OutboxRow {
  id: number;
  loadId: string;
  correlationId: string;
  topic: TopicKind;
  createdAt: Date;
  payload: OutboxPayload;
  /** The grouping decided at the first send; null before. A retry sends exactly this. */
  planned: readonly EventMessage[] | null;
}

export interface Outbox {
  /** Rows that may leave now (not held for vectors, not sent), oldest first; of one load, or of all (null). */
  ready(loadId: string | null, limit: number, signal: AbortSignal): Promise<OutboxRow[]>;
  /** Stores the grouping before the first send; returns the one already stored if another relay was first. */
  plan(id: number, messages: readonly EventMessage[], signal: AbortSignal): Promise<readonly EventMessage[]>;
  /** The row's messages are acknowledged; refused ones go to the dead letters in the same transaction. */
  sent(
    row: OutboxRow,
    messages: readonly EventMessage[],
    refused: SendRefusals,
    signal: AbortSignal,
  ): Promise<void>;
  counts(loadId: string | null, signal: AbortSignal): Promise<EventCounts>;
}

export type SendRefusals = readonly { index: number; code: string; message: string }[];

/** In events, not rows; `pending` of a row whose grouping is not decided yet is an estimate. */
export interface EventCounts {
  published: number;
  pending: number;
  dead: number;
  byTopic: readonly { topic: TopicKind; published: number; pending: number; dead: number }[];
}
