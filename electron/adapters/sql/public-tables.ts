/** The recommendation engine's four tables, as we create them and as we can live with them. */
export interface PublicTable {
  name: string;
  columns: readonly PublicColumn[];
  key: readonly string[];
  /** Creates the table with its indexes; only ever run where the table is missing. */
  create: readonly string[];
}

export interface PublicColumn {
  name: string;
  kind: keyof typeof FITTING_TYPES;
}

/** Postgres' own names of the types (`format_type`) that hold such a column's values without loss. */
export const FITTING_TYPES = {
  text: /^(text|character varying(\(\d+\))?)$/,
  integer: /^(integer|smallint|bigint)$/,
  // NUMERIC keeps its scale, on which the hash of book_embeddings depends.
  numeric: /^numeric(\(\d+,\d+\))?$/,
  date: /^date$/,
  vector: /^vector(\(\d+\))?$/,
  uuid: /^uuid$/,
} as const;

export const PUBLIC_TABLES: readonly PublicTable[] = [
  {
    name: 'students',
    columns: [
      { name: 'student_id', kind: 'text' },
      { name: 'grade_level', kind: 'integer' },
      { name: 'age', kind: 'integer' },
      { name: 'homeroom_teacher', kind: 'text' },
      { name: 'prior_year_reading_score', kind: 'integer' },
      { name: 'lunch_period', kind: 'text' },
      { name: 'content_hash', kind: 'text' },
    ],
    key: ['student_id'],
    create: [
      `CREATE TABLE public.students (
  student_id text PRIMARY KEY,
  grade_level int,
  age int,
  homeroom_teacher text,
  prior_year_reading_score int,
  lunch_period text,
  content_hash text
);`,
    ],
  },
  {
    name: 'catalog',
    columns: [
      { name: 'book_id', kind: 'text' },
      { name: 'isbn', kind: 'text' },
      { name: 'title', kind: 'text' },
      { name: 'author', kind: 'text' },
      { name: 'genre', kind: 'text' },
      { name: 'keywords', kind: 'text' },
      { name: 'description', kind: 'text' },
      { name: 'page_count', kind: 'integer' },
      { name: 'publication_year', kind: 'integer' },
      { name: 'difficulty_band', kind: 'text' },
      { name: 'reading_level', kind: 'numeric' },
      { name: 'average_rating', kind: 'numeric' },
      { name: 'content_hash', kind: 'text' },
    ],
    key: ['book_id'],
    create: [
      `CREATE TABLE public.catalog (
  book_id text PRIMARY KEY,
  isbn text,
  title text,
  author text,
  genre text,
  keywords text,
  description text,
  page_count int,
  publication_year int,
  difficulty_band text,
  reading_level numeric(4,2),
  average_rating numeric(3,2),
  content_hash text
);`,
      'CREATE INDEX ON public.catalog (genre);',
      'CREATE INDEX ON public.catalog (average_rating);',
      'CREATE INDEX ON public.catalog (reading_level);',
    ],
  },
  {
    name: 'checkout',
    columns: [
      { name: 'student_id', kind: 'text' },
      { name: 'book_id', kind: 'text' },
      { name: 'checkout_date', kind: 'date' },
      { name: 'return_date', kind: 'date' },
      { name: 'student_rating', kind: 'integer' },
      { name: 'checkout_id', kind: 'text' },
      { name: 'content_hash', kind: 'text' },
    ],
    key: ['student_id', 'book_id', 'checkout_date'],
    create: [
      `CREATE TABLE public.checkout (
  student_id text REFERENCES public.students (student_id),
  book_id text REFERENCES public.catalog (book_id),
  checkout_date date,
  return_date date,
  student_rating int,
  checkout_id text,
  content_hash text,
  PRIMARY KEY (student_id, book_id, checkout_date)
);`,
      'CREATE INDEX ON public.checkout (student_id);',
      'CREATE INDEX ON public.checkout (book_id);',
      'CREATE INDEX ON public.checkout (checkout_id);',
    ],
  },
  {
    name: 'book_embeddings',
    columns: [
      { name: 'book_id', kind: 'text' },
      { name: 'vec', kind: 'vector' },
      { name: 'last_event', kind: 'uuid' },
      { name: 'content_hash', kind: 'text' },
    ],
    key: ['book_id'],
    // No HNSW index of ours: with one, vectors are written at 130 a second instead of thousands, and whoever
    // searches in the database can still make one, after the first load, in seconds.
    create: [
      `CREATE TABLE public.book_embeddings (
  book_id text PRIMARY KEY REFERENCES public.catalog (book_id),
  vec vector(1536),
  last_event uuid,
  content_hash text
);`,
    ],
  },
];
