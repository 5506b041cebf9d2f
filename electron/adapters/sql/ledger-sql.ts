import type { LoadRow } from '../../engine/database-port.ts';

export const LOAD_COLUMNS =
  'load_id, correlation_id, status, started_at, ended_at, files, options, report, error';

export interface LoadRecord {
  load_id: string;
  correlation_id: string;
  status: LoadRow['status'];
  started_at: Date;
  ended_at: Date | null;
  files: LoadRow['files'];
  options: LoadRow['options'];
  report: unknown;
  error: LoadRow['error'];
}

export function loadOf(record: LoadRecord): LoadRow {
  return {
    loadId: record.load_id,
    correlationId: record.correlation_id,
    status: record.status,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    files: record.files,
    options: record.options,
    report: record.report ?? null,
    error: record.error,
  };
}

/**
 * $1 load, $2 topic, $3 payload, $4 number of events. Rows of a load's end have no chunk, by which a repeated end is
 * known; the update of the load's row before it makes two ends wait for each other.
 */
export const INSERT_CLOSING = `
INSERT INTO accession.outbox (load_id, correlation_id, topic, state, payload, event_count)
SELECT load_id, correlation_id, $2, 'ready', $3::jsonb, $4::int FROM accession.loads l
WHERE load_id = $1 AND NOT EXISTS (
  SELECT FROM accession.outbox o WHERE o.load_id = l.load_id AND o.chunk_no IS NULL AND o.topic = $2
)`;

/**
 * $1 load, $2 chunk, $3 state, $4 owner, $5 milliseconds. The database's clock decides, the only one that all
 * machines share; not now(), which stands still while the statement waits for the row.
 */
export const LEASE = `
UPDATE accession.chunks
SET lease_owner = $4, lease_until = clock_timestamp() + $5::float8 * interval '1 millisecond',
  lease_generation = lease_generation + 1
WHERE load_id = $1 AND chunk_no = $2 AND state = $3
  AND (lease_until IS NULL OR lease_until < clock_timestamp() OR lease_owner = $4)
RETURNING file_no, type, state, lease_generation`;

/** $1 load, $2 types. Whoever else holds one of the turns under a lease that has not run out. */
export const TURN_HOLDER = `
SELECT t.load_id, coalesce(l.started_at, t.lease_until) AS started_at
FROM accession.turns t LEFT JOIN accession.loads l USING (load_id)
WHERE t.type = ANY($2) AND t.load_id <> $1 AND t.lease_until >= clock_timestamp()
ORDER BY t.type LIMIT 1`;

/** $1 load, $2 types, $3 milliseconds. */
export const TAKE_TURNS = `
INSERT INTO accession.turns (type, load_id, lease_until)
SELECT type, $1, clock_timestamp() + $3::float8 * interval '1 millisecond' FROM unnest($2::text[]) AS type
ON CONFLICT (type) DO UPDATE SET load_id = EXCLUDED.load_id, lease_until = EXCLUDED.lease_until`;

export const BEGIN_LOAD = `
INSERT INTO accession.loads (load_id, correlation_id, status, started_at, files, options)
VALUES ($1, $2, 'staging', $3, $4::jsonb, $5::jsonb) ON CONFLICT (load_id) DO NOTHING`;

/** No school's files take a day to read: who has been at it for longer has died without a word. */
export const ABANDONED_AFTER = '1 day';

/** Rows of loads that never had all of them in and never will: nothing can go on from them, and they hold students. */
export const SWEEP_ABANDONED = ['staged_books', 'staged_students', 'staged_checkouts'].map(
  (table) => `
DELETE FROM accession.${table} s USING accession.loads l
WHERE l.load_id = s.load_id
  AND (l.status IN ('failed', 'stopped') OR (l.status = 'staging' AND l.started_at < now() - $1::interval))
  AND NOT EXISTS (SELECT FROM accession.chunks c WHERE c.load_id = l.load_id)`,
);
