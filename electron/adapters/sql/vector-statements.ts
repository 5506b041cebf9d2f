import { vectorAsBase64 } from './vector-wire.ts';

/** $1 load, $2 chunk. Rows that were written, not those whose hash alone changed. */
export const WRITTEN_BOOKS = `
SELECT b.book_id, b.title, b.author, b.description, b.genre, b.keywords, b.reading_level::text AS reading_level,
  b.difficulty_band, b.publication_year, v.text_hash, v.model,
  e.book_id IS NOT NULL AS is_published, e.content_hash AS published_hash, e.vec IS NOT NULL AS has_vector
FROM accession.row_history h
  JOIN public.catalog b ON b.book_id = h.key[1]
  LEFT JOIN accession.book_vectors v ON v.book_id = b.book_id
  LEFT JOIN public.book_embeddings e ON e.book_id = b.book_id
WHERE h.load_id = $1 AND h.chunk_no = $2 AND h.type = 'books' AND h.change IN ('insert', 'update')
ORDER BY b.book_id`;

export const KNOWN_TEXTS = `
SELECT DISTINCT text_hash FROM accession.book_vectors WHERE model = $1 AND text_hash = ANY($2)`;

/**
 * What `book_embeddings.vec` takes: its declared dimensions (-1 where none are declared), and whether an ANN
 * index makes writing it slow.
 */
export const PUBLISHED_COLUMN = `
SELECT a.atttypmod AS dimensions, 'vector'::regtype::oid::int8 AS vector_oid, EXISTS (
  SELECT FROM pg_index i JOIN pg_class ix ON ix.oid = i.indexrelid JOIN pg_am am ON am.oid = ix.relam
  WHERE i.indrelid = a.attrelid AND a.attnum = ANY(i.indkey) AND am.amname IN ('hnsw', 'ivfflat')
) AS ann_index
FROM pg_attribute a WHERE a.attrelid = 'public.book_embeddings'::regclass AND a.attname = 'vec'`;

/** The change feed's readers go by seq, so whoever draws numbers keeps others from drawing until the commit. */
export const LOCK_FEED = `SELECT pg_advisory_xact_lock(hashtext('accession.vector_seq'))`;

/** $1 load, $2 model, $3 books, $4 text hashes, $5 texts, $6 metadata as JSON text. */
const WRITES = `unnest($3::text[], $4::text[], $5::text[], $6::text[]`;

const UPSERT_VECTORS = `
ON CONFLICT (book_id) DO UPDATE SET seq = EXCLUDED.seq, model = EXCLUDED.model, text_hash = EXCLUDED.text_hash,
  text = EXCLUDED.text, metadata = EXCLUDED.metadata, vec = EXCLUDED.vec, load_id = EXCLUDED.load_id, updated_at = now()`;

const INTO_VECTORS = `
INSERT INTO accession.book_vectors (book_id, seq, model, text_hash, text, metadata, vec, load_id)
SELECT w.book_id, nextval('accession.vector_seq'), $2, w.text_hash, w.text, w.metadata::jsonb`;

/** $7 the vectors. */
export const WRITE_NEW = `${INTO_VECTORS}, w.vec, $1::uuid
FROM ${WRITES}, $7::vector[]) AS w (book_id, text_hash, text, metadata, vec)${UPSERT_VECTORS}`;

export const WRITE_SAME_TEXT = `${INTO_VECTORS}, same.vec, $1::uuid
FROM ${WRITES}) AS w (book_id, text_hash, text, metadata) CROSS JOIN LATERAL (
  SELECT vec FROM accession.book_vectors WHERE model = $2 AND text_hash = w.text_hash LIMIT 1
) same${UPSERT_VECTORS}`;

export const ADOPT_PUBLISHED = `${INTO_VECTORS}, e.vec, $1::uuid
FROM ${WRITES}) AS w (book_id, text_hash, text, metadata)
  JOIN public.book_embeddings e ON e.book_id = w.book_id AND e.vec IS NOT NULL${UPSERT_VECTORS}`;

/** Leaves a vector whose metadata is the same where it is in the feed: the index need not hear of it again. */
export const KEEP_VECTORS = `
WITH kept AS (
  SELECT w.*, v.metadata IS DISTINCT FROM w.metadata::jsonb AS is_changed
  FROM ${WRITES}) AS w (book_id, text_hash, text, metadata)
    JOIN accession.book_vectors v ON v.book_id = w.book_id AND v.model = $2 AND v.text_hash = w.text_hash
  FOR NO KEY UPDATE OF v
), changed AS (
  UPDATE accession.book_vectors v
  SET seq = nextval('accession.vector_seq'), text = kept.text, metadata = kept.metadata::jsonb, load_id = $1::uuid,
    updated_at = now()
  FROM kept WHERE kept.is_changed AND v.book_id = kept.book_id
)
SELECT count(*) AS kept FROM kept`;

/** $1 load, $2 books, $3 their hashes, $4 whether \`vec\` may be written now. */
const INTO_EMBEDDINGS = `
INSERT INTO public.book_embeddings AS e (book_id, vec, last_event, content_hash)
SELECT w.book_id, CASE WHEN $4 THEN v.vec END, $1::uuid, w.content_hash
FROM unnest($2::text[], $3::text[]) AS w (book_id, content_hash)
  JOIN accession.book_vectors v ON v.book_id = w.book_id
ORDER BY w.book_id
ON CONFLICT (book_id) DO UPDATE SET last_event = EXCLUDED.last_event, content_hash = EXCLUDED.content_hash`;

/** A vector of an older text must not stay: where the new one cannot be written now, none stands there. */
export const PUBLISH_NEW = `${INTO_EMBEDDINGS}, vec = EXCLUDED.vec`;

/** The vector that stands there is right; a row that says so already is not touched. */
export const PUBLISH_KEPT = `${INTO_EMBEDDINGS}, vec = coalesce(e.vec, EXCLUDED.vec)
WHERE e.content_hash IS DISTINCT FROM EXCLUDED.content_hash OR (e.vec IS NULL AND EXCLUDED.vec IS NOT NULL)`;

/** $1 load, $2 chunk. */
export const RELEASE_BOOK_EVENTS = `
UPDATE accession.outbox SET state = 'ready'
WHERE load_id = $1 AND chunk_no = $2 AND topic = 'books' AND state = 'held'`;

/** $1 load, $2 chunk, $3 texts given up. */
export const FINISH_EMBEDDED = `
UPDATE accession.chunks
SET state = 'done', embed_failed = $3, job_id = NULL, lease_owner = NULL, lease_until = NULL
WHERE load_id = $1 AND chunk_no = $2`;

/** $1 after this seq, $2 rows of a page. */
export const FEED_PAGE = `
SELECT seq, book_id, text, metadata, ${vectorAsBase64('vec')} AS vec
FROM accession.book_vectors WHERE seq > $1 ORDER BY seq LIMIT $2`;

/** $1 the vector, $2 its dimensions, $3 how many. Exact: this table has no ANN index. */
export const NEAREST = `
SELECT book_id, text, metadata, vector_l2_squared_distance(vec, $1::vector) AS distance
FROM accession.book_vectors WHERE vector_dims(vec) = $2
ORDER BY distance, book_id LIMIT $3`;

/**
 * $1 how many. Both rows are locked, so that a vector that changes meanwhile is not published in its old form;
 * rows that a load or another publisher holds are left to them.
 */
export const PUBLISH_PENDING = `
WITH due AS MATERIALIZED (
  SELECT e.book_id, v.vec
  FROM public.book_embeddings e JOIN accession.book_vectors v ON v.book_id = e.book_id
  WHERE e.vec IS NULL ORDER BY v.seq LIMIT $1
  FOR NO KEY UPDATE OF e SKIP LOCKED FOR SHARE OF v SKIP LOCKED
)
UPDATE public.book_embeddings e SET vec = due.vec FROM due WHERE e.book_id = due.book_id`;

export const COUNTS = `
SELECT (SELECT count(*) FROM accession.book_vectors) AS vectors,
  (SELECT vector_dims(vec) FROM accession.book_vectors ORDER BY seq DESC LIMIT 1) AS dimensions,
  (SELECT count(*) FROM public.book_embeddings) AS published,
  (SELECT count(*) FROM public.book_embeddings e JOIN accession.book_vectors v ON v.book_id = e.book_id
    WHERE e.vec IS NULL) AS vec_pending`;
