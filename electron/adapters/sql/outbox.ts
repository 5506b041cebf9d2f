import { AppError } from '../../../shared/errors.ts';
import { TOPIC_KINDS, type TopicKind } from '../../../shared/events/topics.ts';
import type { EventCounts, Outbox, OutboxPayload } from '../../engine/outbox-port.ts';
import type { EventMessage } from '../../engine/ports.ts';
import type { SqlConnection } from './session.ts';

/** $1 load or NULL for all, $2 how many. */
const READY = `
SELECT id, load_id, correlation_id, topic, created_at, payload, planned
FROM accession.outbox
WHERE state = 'ready' AND ($1::uuid IS NULL OR load_id = $1)
ORDER BY id LIMIT $2`;

/** $1 row, $2 messages. Whoever comes second waits for the first and is given what that one stored. */
const PLAN = `
UPDATE accession.outbox
SET planned = coalesce(planned, $2::jsonb), event_count = jsonb_array_length(coalesce(planned, $2::jsonb))
WHERE id = $1
RETURNING planned`;

/** $1 row, $2 events, $3 of them refused. */
const SENT = `
UPDATE accession.outbox SET state = 'sent', sent_at = now(), event_count = $2, dead_count = $3
WHERE id = $1 AND state <> 'sent'`;

/** $1 row, $2 load, $3 topic, then one array per column. */
const BURY = `
INSERT INTO accession.dead_letters (outbox_id, load_id, topic, topic_name, key, headers, value, code, message)
SELECT $1::bigint, $2::uuid, $3::text, topic_name, key, headers::jsonb, value, code, message
FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  AS dead (topic_name, key, headers, value, code, message)`;

/** $1 load or NULL for all. A dead letter that was sent again later has been published after all. */
const COUNTS = `
SELECT topic, sum(published)::int8 AS published, sum(pending)::int8 AS pending, sum(dead)::int8 AS dead
FROM (
  SELECT topic,
    CASE WHEN state = 'sent' THEN event_count - dead_count ELSE 0 END AS published,
    CASE WHEN state = 'sent' THEN 0 ELSE event_count END AS pending,
    0 AS dead
  FROM accession.outbox WHERE $1::uuid IS NULL OR load_id = $1
  UNION ALL
  SELECT topic, (state = 'retried')::int, 0, (state = 'dead')::int
  FROM accession.dead_letters WHERE $1::uuid IS NULL OR load_id = $1
) events
GROUP BY topic`;

interface OutboxRecord {
  id: number;
  load_id: string;
  correlation_id: string;
  topic: TopicKind;
  created_at: Date;
  payload: OutboxPayload;
  planned: EventMessage[] | null;
}

export function createOutbox(connection: SqlConnection): Outbox {
  return {
    async ready(loadId, limit, signal) {
      const { rows } = await connection.query<OutboxRecord>(READY, [loadId, limit], signal);
      return rows.map((row) => ({
        id: row.id,
        loadId: row.load_id,
        correlationId: row.correlation_id,
        topic: row.topic,
        createdAt: row.created_at,
        payload: row.payload,
        planned: row.planned,
      }));
    },

    async plan(id, messages, signal) {
      const { rows } = await connection.query<{ planned: EventMessage[] }>(
        PLAN,
        [id, JSON.stringify(messages)],
        signal,
      );
      const [row] = rows;
      if (row === undefined) throw eventsGone();
      return row.planned;
    },

    async sent(row, messages, refused, signal) {
      await connection.transaction(async (session) => {
        const { count } = await session.query(SENT, [row.id, messages.length, refused.length]);
        // Recorded before: only the answer was lost, and a dead letter must not be written twice.
        if (count === 0) return;
        const dead = refused.flatMap(({ index, code, message: reason }) => {
          const message = messages[index];
          return message === undefined ? [] : [{ ...message, code, reason }];
        });
        if (dead.length === 0) return;
        await session.query(BURY, [
          row.id,
          row.loadId,
          row.topic,
          dead.map(({ topic }) => topic),
          dead.map(({ key }) => key),
          dead.map((letter) => JSON.stringify({ ...letter.headers, ...connectHeaders(letter) })),
          dead.map(({ value }) => value),
          dead.map(({ code }) => code),
          dead.map(({ reason }) => reason),
        ]);
      }, signal);
    },

    async counts(loadId, signal): Promise<EventCounts> {
      const { rows } = await connection.query<EventCounts['byTopic'][number]>(COUNTS, [loadId], signal);
      const byTopic = rows.toSorted((a, b) => TOPIC_KINDS.indexOf(a.topic) - TOPIC_KINDS.indexOf(b.topic));
      const sum = (what: 'published' | 'pending' | 'dead') =>
        byTopic.reduce((total, topic) => total + topic[what], 0);
      return { published: sum('published'), pending: sum('pending'), dead: sum('dead'), byTopic };
    },
  };
}

/** Kafka Connect's own names (`DeadLetterQueueReporter`), for tools that read dead letters by them. */
function connectHeaders({ topic, code, reason }: { topic: string; code: string; reason: string }) {
  return {
    '__connect.errors.topic': topic,
    '__connect.errors.exception.class.name': code,
    '__connect.errors.exception.message': reason,
  };
}

function eventsGone(): AppError {
  return new AppError({
    code: 'events.failed',
    message: 'Events that were about to be sent are no longer in the database.',
    hint: 'Look at "accession history": somebody may have removed their load.',
  });
}
