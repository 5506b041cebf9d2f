/**
 * The recommendation engine's tables as they stand in production, before Accession has seen them.
 * Of the four tables that only refer to the catalog, the reference is what matters; their columns are plausible.
 */
export const PRODUCTION_SCHEMA = `
CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE students (
  student_id TEXT PRIMARY KEY,
  grade_level INT,
  age INT,
  homeroom_teacher TEXT,
  prior_year_reading_score INT,
  lunch_period TEXT,
  content_hash TEXT -- the seventh: other services insert by position
);

CREATE TABLE catalog (
  book_id TEXT PRIMARY KEY,
  isbn TEXT,
  title TEXT,
  author TEXT,
  genre TEXT,
  keywords TEXT,
  description TEXT,
  page_count INT,
  publication_year INT,
  difficulty_band TEXT,
  reading_level NUMERIC(4,2),
  average_rating NUMERIC(3,2),
  content_hash TEXT
);
CREATE INDEX idx_catalog_genre ON catalog (genre);
CREATE INDEX idx_catalog_average_rating ON catalog (average_rating);
CREATE INDEX idx_catalog_reading_level ON catalog (reading_level);

CREATE TABLE checkout (
  student_id TEXT REFERENCES students (student_id),
  book_id TEXT REFERENCES catalog (book_id),
  checkout_date DATE,
  return_date DATE,
  student_rating INT,
  checkout_id TEXT,
  content_hash TEXT,
  PRIMARY KEY (student_id, book_id, checkout_date)
);
CREATE INDEX idx_checkout_student_id ON checkout (student_id);
CREATE INDEX idx_checkout_book_id ON checkout (book_id);
CREATE INDEX idx_checkout_checkout_id ON checkout (checkout_id);

CREATE TABLE book_embeddings (
  book_id TEXT PRIMARY KEY REFERENCES catalog (book_id),
  vec VECTOR(1536),
  last_event UUID,
  content_hash TEXT
);
CREATE INDEX idx_book_embeddings_vec ON book_embeddings USING hnsw (vec vector_cosine_ops);

CREATE TABLE enrichment_requests (
  request_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  book_id TEXT NOT NULL REFERENCES catalog (book_id),
  requester TEXT,
  priority INT NOT NULL DEFAULT 1,
  reason TEXT,
  status TEXT NOT NULL DEFAULT 'pending',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  processed_at TIMESTAMPTZ
);

CREATE TABLE book_metadata_enrichment (
  book_id TEXT PRIMARY KEY REFERENCES catalog (book_id),
  page_count INT,
  publication_year INT,
  difficulty_band TEXT,
  reading_level NUMERIC(4,2),
  attempts INT NOT NULL DEFAULT 0,
  enriched_at TIMESTAMPTZ
);

CREATE TABLE recommendation_history (
  student_id TEXT NOT NULL REFERENCES students (student_id),
  book_id TEXT NOT NULL REFERENCES catalog (book_id),
  recommended_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  justification TEXT,
  request_id TEXT,
  algorithm TEXT,
  score REAL,
  PRIMARY KEY (student_id, book_id, recommended_at)
);

CREATE TABLE feedback (
  feedback_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  student_id TEXT REFERENCES students (student_id),
  book_id TEXT NOT NULL REFERENCES catalog (book_id),
  score INT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
`;
