import { AppError } from '../../../shared/errors.ts';
import type { BookMetadata, IndexEntry } from '../../engine/ports.ts';
import type { VectorCounts, Vectors } from '../../engine/vectors-port.ts';
import { saveVectors } from './save-vectors.ts';
import type { ChunkJobs, SqlConnection } from './session.ts';
import { type StoredBookRow, writtenBook } from './stored-books.ts';
import {
  COUNTS,
  FEED_PAGE,
  KNOWN_TEXTS,
  NEAREST,
  PUBLISH_PENDING,
  WRITTEN_BOOKS,
} from './vector-statements.ts';
import { readVector } from './vector-wire.ts';

/** A page of 1536 floats a row is some 14 MB on its way. */
const FEED_PAGE_ROWS = 1_000;

export function createVectors(connection: SqlConnection, jobs: ChunkJobs): Vectors {
  return {
    async writtenBooks(loadId, chunkNo, signal) {
      const { rows } = await connection.query<StoredBookRow>(WRITTEN_BOOKS, [loadId, chunkNo], signal);
      return rows.map(writtenBook);
    },

    async knownTexts(model, textHashes, signal) {
      if (textHashes.length === 0) return new Set();
      const { rows } = await connection.query<{ text_hash: string }>(
        KNOWN_TEXTS,
        [model, textHashes],
        signal,
      );
      return new Set(rows.map(({ text_hash }) => text_hash));
    },

    save: (lease, model, writes, failed, signal) =>
      saveVectors(connection, jobs, lease, model, writes, failed, signal),

    async feed(signal) {
      const { rows } = await connection.query<{ id: string }>(
        'SELECT id FROM accession.instance',
        [],
        signal,
      );
      const [instance] = rows;
      if (instance === undefined) throw nameless();
      return {
        sourceId: instance.id,
        since: (seq, pageSignal) => feedSince(connection, seq, pageSignal),
      };
    },

    async nearest(vector, k, signal) {
      const { rows } = await connection.query<{
        book_id: string;
        text: string;
        distance: number;
        metadata: BookMetadata;
      }>(NEAREST, [`[${vector.join(',')}]`, vector.length, k], signal);
      return rows.map(({ book_id, ...hit }) => ({ bookId: book_id, ...hit }));
    },

    async publishPending(limit, signal) {
      const { count } = await connection.query(PUBLISH_PENDING, [limit], signal);
      return count;
    },

    async counts(signal) {
      const { rows } = await connection.query<Omit<VectorCounts, 'vecPending'> & { vec_pending: number }>(
        COUNTS,
        [],
        signal,
      );
      const { vec_pending: vecPending = 0, ...counts } = rows[0] ?? {};
      return { vectors: 0, dimensions: null, published: 0, ...counts, vecPending };
    },
  };
}

async function* feedSince(
  connection: SqlConnection,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<{ seq: number; entries: readonly IndexEntry[] }> {
  let seq = after;
  for (;;) {
    const { rows } = await connection.query<{
      seq: number;
      book_id: string;
      text: string;
      metadata: BookMetadata;
      vec: string;
    }>(FEED_PAGE, [seq, FEED_PAGE_ROWS], signal);
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
    yield {
      seq,
      entries: rows.map(({ book_id, text, metadata, vec }) => ({
        bookId: book_id,
        text,
        metadata,
        vector: readVector(vec),
      })),
    };
    if (rows.length < FEED_PAGE_ROWS) return;
  }
}

function nameless(): AppError {
  return new AppError({
    code: 'db.not-prepared',
    message: 'The database has lost the name by which the search index knows it.',
    hint: 'Run: INSERT INTO accession.instance DEFAULT VALUES; the index is then built anew.',
  });
}
