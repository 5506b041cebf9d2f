import type { WrittenBook } from '../../engine/vectors-port.ts';

export interface StoredBookRow {
  book_id: string;
  title: string | null;
  author: string | null;
  description: string | null;
  genre: string | null;
  keywords: string | null;
  reading_level: string | null;
  difficulty_band: string | null;
  publication_year: number | null;
  text_hash: string | null;
  model: string | null;
  is_published: boolean;
  published_hash: string | null;
  has_vector: boolean;
}

export function writtenBook(row: StoredBookRow): WrittenBook {
  return {
    bookId: row.book_id,
    title: row.title,
    author: row.author,
    description: row.description,
    genre: storedList(row.genre),
    keywords: storedList(row.keywords),
    readingLevel: row.reading_level,
    difficultyBand: row.difficulty_band,
    publicationYear: row.publication_year,
    known:
      row.text_hash === null || row.model === null ? null : { textHash: row.text_hash, model: row.model },
    published: row.is_published ? { contentHash: row.published_hash, hasVector: row.has_vector } : null,
  };
}

/**
 * A list as `catalog` stores it, JSON text. Other programs write that column too, so whatever is no JSON list
 * counts as one entry and nothing as none; members that are no strings become text, nulls drop.
 */
export function storedList(text: string | null): readonly string[] {
  if (text === null || text.trim() === '') return [];
  const parsed = parse(text);
  const members = Array.isArray(parsed) ? parsed : [parsed];
  return members
    .filter((member) => member !== null && member !== undefined)
    .map((member) => (typeof member === 'string' ? member : JSON.stringify(member)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
