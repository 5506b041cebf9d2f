import { AppError } from '../../../shared/errors.ts';
import type { ChunkLease } from '../../engine/chunks-port.ts';
import type { VectorWrite } from '../../engine/vectors-port.ts';
import { holdLeases } from './lease-fence.ts';
import type { ChunkJobs, SqlConnection, SqlSession } from './session.ts';
import {
  ADOPT_PUBLISHED,
  FINISH_EMBEDDED,
  KEEP_VECTORS,
  LOCK_FEED,
  PUBLISH_KEPT,
  PUBLISH_NEW,
  PUBLISHED_COLUMN,
  RELEASE_BOOK_EVENTS,
  WRITE_NEW,
  WRITE_SAME_TEXT,
} from './vector-statements.ts';
import { vectorArray } from './vector-wire.ts';

interface PublishedColumn {
  dimensions: number;
  vector_oid: number;
  ann_index: boolean;
}

type NewVector = VectorWrite & { vector: Float32Array };

/** `Vectors.save`. A chunk that is done may be saved again: `resume` retries the texts that were given up. */
export async function saveVectors(
  connection: SqlConnection,
  jobs: ChunkJobs,
  lease: ChunkLease,
  model: string,
  writes: readonly VectorWrite[],
  failed: number,
  signal: AbortSignal,
): Promise<void> {
  await connection.transaction(async (session) => {
    const heldJobs = await holdLeases(session, [lease], ['committed', 'done']);
    const column = await publishedColumn(session);
    refuseOtherDimensions(writes, column);
    await writeVectors(session, lease, model, writes, column.vector_oid);
    await publish(session, lease, writes, !column.ann_index);
    await session.query(RELEASE_BOOK_EVENTS, [lease.loadId, lease.chunkNo]);
    await session.query(FINISH_EMBEDDED, [lease.loadId, lease.chunkNo, failed]);
    await jobs.complete(session, heldJobs);
  }, signal);
}

async function publishedColumn(session: SqlSession): Promise<PublishedColumn> {
  const { rows } = await session.query<PublishedColumn>(PUBLISHED_COLUMN);
  const [column] = rows;
  if (column === undefined) {
    throw new AppError({
      code: 'db.missing-table',
      message: 'The table book_embeddings has no column "vec" for vectors.',
      hint: 'Run "accession db prepare", which creates what is missing or says what stands in the way.',
    });
  }
  return column;
}

function refuseOtherDimensions(writes: readonly VectorWrite[], { dimensions }: PublishedColumn): void {
  if (dimensions < 1) return;
  const other = writes.filter(isNew).find(({ vector }) => vector.length !== dimensions);
  if (other === undefined) return;
  throw new AppError({
    code: 'embedding.dimensions',
    message: `The embedding model gives vectors of ${other.vector.length} dimensions, but the database keeps vectors of ${dimensions}.`,
    hint: 'Choose a model of that many dimensions with EMBEDDING_MODEL.',
  });
}

/** Those that come with a vector first: another book of the same call may have the same text. */
async function writeVectors(
  session: SqlSession,
  { loadId }: ChunkLease,
  model: string,
  writes: readonly VectorWrite[],
  vectorOid: number,
): Promise<void> {
  if (writes.length === 0) return;
  await session.query(LOCK_FEED);
  const fresh = writes.filter(isNew);
  if (fresh.length > 0) {
    const vectors = vectorArray(
      fresh.map(({ vector }) => vector),
      vectorOid,
    );
    await session.query(WRITE_NEW, [loadId, model, ...arraysOf(fresh), vectors]);
  }
  for (const [source, statement] of REUSED) {
    const reused = writes.filter(({ vector }) => vector === source);
    if (reused.length === 0) continue;
    const { rows, count } = await session.query<{ kept: number }>(statement, [
      loadId,
      model,
      ...arraysOf(reused),
    ]);
    if ((rows[0]?.kept ?? count) !== reused.length) throw vectorGone();
  }
}

const REUSED = [
  ['keep', KEEP_VECTORS],
  ['published', ADOPT_PUBLISHED],
  ['same-text', WRITE_SAME_TEXT],
] as const;

async function publish(
  session: SqlSession,
  { loadId }: ChunkLease,
  writes: readonly VectorWrite[],
  writeVec: boolean,
): Promise<void> {
  const changed = writes.filter((write) => isNew(write) || write.vector === 'same-text');
  const kept = writes.filter(({ vector }) => vector === 'keep' || vector === 'published');
  for (const [statement, group] of [
    [PUBLISH_NEW, changed],
    [PUBLISH_KEPT, kept],
  ] as const) {
    if (group.length === 0) continue;
    await session.query(statement, [
      loadId,
      group.map(({ bookId }) => bookId),
      group.map(({ contentHash }) => contentHash),
      writeVec,
    ]);
  }
}

function arraysOf(writes: readonly VectorWrite[]): string[][] {
  return [
    writes.map(({ bookId }) => bookId),
    writes.map(({ textHash }) => textHash),
    writes.map(({ text }) => text),
    writes.map(({ metadata }) => JSON.stringify(metadata)),
  ];
}

function isNew(write: VectorWrite): write is NewVector {
  return write.vector instanceof Float32Array;
}

function vectorGone(): AppError {
  return new AppError({
    code: 'db.conflict',
    message: 'A vector that was to be used again has been replaced by another load at this moment.',
    hint: 'Try again: the text is then embedded anew.',
    retryable: true,
  });
}
