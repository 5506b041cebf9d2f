/**
 * Everything that is Accession's own in the target database. Migrations are additive and numbered: a later
 * one never rewrites an earlier one, so that two versions can share a database during an update.
 */
export const MIGRATION_001 = `
CREATE TABLE accession.instance (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO accession.instance DEFAULT VALUES;

CREATE TABLE accession.loads (
  load_id uuid PRIMARY KEY,
  correlation_id uuid NOT NULL,
  status text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  files jsonb NOT NULL,
  options jsonb NOT NULL,
  report jsonb,
  error jsonb
);
CREATE INDEX loads_newest ON accession.loads (started_at DESC);

-- Who may commit to a table: one load at a time, under a lease.
CREATE TABLE accession.turns (
  type text PRIMARY KEY,
  load_id uuid NOT NULL,
  lease_until timestamptz NOT NULL
);

CREATE TABLE accession.chunks (
  load_id uuid NOT NULL REFERENCES accession.loads ON DELETE CASCADE,
  chunk_no int NOT NULL,
  file_no int NOT NULL,
  type text NOT NULL,
  state text NOT NULL,
  row_count int NOT NULL,
  inserted int NOT NULL DEFAULT 0,
  updated int NOT NULL DEFAULT 0,
  unchanged int NOT NULL DEFAULT 0,
  rejected int NOT NULL DEFAULT 0,
  embed_failed int NOT NULL DEFAULT 0,
  job_id uuid,
  lease_owner text,
  lease_until timestamptz,
  lease_generation bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (load_id, chunk_no)
);

-- One row per insert (before is null), update, or change of the hash alone; kept for undo.
CREATE TABLE accession.row_history (
  load_id uuid NOT NULL REFERENCES accession.loads ON DELETE CASCADE,
  chunk_no int NOT NULL,
  type text NOT NULL,
  key text[] NOT NULL,
  change text NOT NULL CHECK (change IN ('insert', 'update', 'hash')),
  before jsonb,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (load_id, type, key, chunk_no)
);
CREATE INDEX row_history_chunk ON accession.row_history (load_id, chunk_no);
CREATE INDEX row_history_age ON accession.row_history (written_at);

CREATE SEQUENCE accession.vector_seq;
-- The state the index is rebuilt from. seq is the change feed: it grows with every write, in commit order.
CREATE TABLE accession.book_vectors (
  book_id text PRIMARY KEY,
  seq bigint NOT NULL,
  model text NOT NULL,
  text_hash text NOT NULL,
  text text NOT NULL,
  metadata jsonb NOT NULL,
  vec vector NOT NULL,
  load_id uuid,
  updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE accession.book_vectors ALTER COLUMN vec SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX book_vectors_seq ON accession.book_vectors (seq);
CREATE INDEX book_vectors_text ON accession.book_vectors (model, text_hash);

CREATE TABLE accession.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  load_id uuid NOT NULL,
  correlation_id uuid NOT NULL,
  chunk_no int,
  topic text NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'ready', 'sent')),
  payload jsonb NOT NULL,
  planned jsonb,
  event_count int NOT NULL DEFAULT 0,
  dead_count int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);
CREATE INDEX outbox_open ON accession.outbox (id) WHERE state <> 'sent';
CREATE INDEX outbox_load ON accession.outbox (load_id, chunk_no);

CREATE TABLE accession.dead_letters (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  outbox_id bigint NOT NULL,
  load_id uuid NOT NULL,
  topic text NOT NULL,
  topic_name text NOT NULL,
  key text NOT NULL,
  headers jsonb NOT NULL,
  value text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  state text NOT NULL DEFAULT 'dead' CHECK (state IN ('dead', 'retried', 'discarded')),
  reason text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX dead_letters_open ON accession.dead_letters (topic, key) WHERE state = 'dead';
`;

/**
 * Staging tables, for a load (schema `accession.`, prefix) or for a rehearsal (TEMP tables): the same shape,
 * so that the same statements serve both. `cells` are the record's original cells.
 */
export function stagingTables(create: (name: string) => string): string {
  const common = `
  load_id uuid NOT NULL,
  file_no int NOT NULL,
  chunk_no int NOT NULL,
  row_no int NOT NULL,
  line_no int NOT NULL,
  cells text[] NOT NULL,
  content_hash text NOT NULL,
  reject jsonb,`;
  return `
${create('staged_books')} (${common}
  book_id text NOT NULL, isbn text, title text, author text, genre text, keywords text, description text,
  page_count int, publication_year int, difficulty_band text, reading_level numeric, average_rating numeric,
  PRIMARY KEY (load_id, file_no, row_no)
);
${create('staged_students')} (${common}
  student_id text NOT NULL, grade_level int, age int, homeroom_teacher text, prior_year_reading_score int, lunch_period text,
  PRIMARY KEY (load_id, file_no, row_no)
);
${create('staged_checkouts')} (${common}
  student_id text NOT NULL, book_id text NOT NULL, checkout_date date NOT NULL, return_date date, student_rating int, checkout_id text,
  PRIMARY KEY (load_id, file_no, row_no)
);`;
}
