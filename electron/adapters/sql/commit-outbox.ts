import type { RecordType } from '../../../shared/records/types.ts';
import type { SqlSession } from './session.ts';

/** What of a chunk's history its events tell: rows that are new or changed, never a mere change of the hash. */
const WRITTEN_HERE = `h.load_id = $1 AND h.chunk_no = $2 AND h.change IN ('insert', 'update')`;

/** A `books_added` names at most this many books, so a chunk makes at least so many events. */
const BOOKS_PER_EVENT = 500;

function insertOutbox(topic: string, state: string, payload: string, events: string, from: string): string {
  return `INSERT INTO accession.outbox (load_id, correlation_id, chunk_no, topic, state, payload, event_count)
SELECT $1::uuid, $3::uuid, $2::int, '${topic}', ${state}, ${payload}, ${events}
FROM ${from}
HAVING count(*) > 0`;
}

const BOOKS = insertOutbox(
  'books',
  '$4',
  `jsonb_build_object('kind', 'books', 'bookIds', jsonb_agg(h.key[1] ORDER BY h.key))`,
  `ceil(count(*) / ${BOOKS_PER_EVENT}.0)`,
  `accession.row_history h WHERE ${WRITTEN_HERE}`,
);

/** From the rows as they are stored now: what the file lacked may have been there already. */
const ENRICHMENT = insertOutbox(
  'enrichment',
  `'ready'`,
  `jsonb_build_object('kind', 'enrichment', 'books',
    jsonb_agg(jsonb_build_object('bookId', b.book_id, 'isbn', nullif(btrim(b.isbn), '')) ORDER BY h.key))`,
  'count(*)',
  `accession.row_history h JOIN public.catalog b ON b.book_id = h.key[1]
WHERE ${WRITTEN_HERE} AND (b.page_count IS NULL OR b.publication_year IS NULL)`,
);

const STUDENTS = insertOutbox(
  'students',
  `'ready'`,
  `jsonb_build_object('kind', 'students',
    'added', coalesce(jsonb_agg(h.key[1] ORDER BY h.key) FILTER (WHERE h.change = 'insert'), '[]'),
    'updated', coalesce(jsonb_agg(h.key[1] ORDER BY h.key) FILTER (WHERE h.change = 'update'), '[]'))`,
  'count(*)',
  `accession.row_history h WHERE ${WRITTEN_HERE}`,
);

const CHECKOUTS = insertOutbox(
  'checkouts',
  `'ready'`,
  `jsonb_build_object('kind', 'checkouts', 'checkouts', jsonb_agg(to_jsonb(h.key) ORDER BY h.key))`,
  'count(*)',
  `accession.row_history h WHERE ${WRITTEN_HERE}`,
);

export interface CommittedChunk {
  loadId: string;
  chunkNo: number;
  correlationId: string;
  type: RecordType;
}

/**
 * One outbox row per topic for what the chunk wrote, none where it wrote nothing. `holdBooks` keeps
 * `books_added` back until `Vectors.save` releases it.
 */
export async function writeOutbox(
  session: SqlSession,
  { loadId, chunkNo, correlationId, type }: CommittedChunk,
  holdBooks: boolean,
): Promise<void> {
  const params = [loadId, chunkNo, correlationId];
  switch (type) {
    case 'books':
      await session.query(BOOKS, [...params, holdBooks ? 'held' : 'ready']);
      await session.query(ENRICHMENT, params);
      return;
    case 'students':
      await session.query(STUDENTS, params);
      return;
    case 'checkouts':
      await session.query(CHECKOUTS, params);
      return;
  }
}
