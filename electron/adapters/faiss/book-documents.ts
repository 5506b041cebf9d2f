import type { BookMetadata, IndexEntry } from '../../engine/ports.ts';
import type { PickleValue, StoredDocument } from './pickle-values.ts';

/** A book as LangChain keeps it: the metadata's keys are those the vector worker reads, the levels floats. */
export function documentOfEntry(entry: IndexEntry, id: string): StoredDocument {
  const { metadata } = entry;
  return {
    id,
    pageContent: entry.text,
    metadata: new Map<PickleValue, PickleValue>([
      ['book_id', metadata.book_id],
      ['reading_level', metadata.reading_level],
      ['level', metadata.level],
      ['grade_label', metadata.grade_label],
      ['genre', [...metadata.genre]],
      ['keywords', [...metadata.keywords]],
      ['author', metadata.author],
    ]),
  };
}

/** The book a document is about; null where it says none (somebody else's text). */
export function bookIdOf(document: StoredDocument): string | null {
  const bookId = document.metadata.get('book_id');
  return typeof bookId === 'string' ? bookId : null;
}

/** Reads what others wrote with the same keys as forgivingly as it can be read. */
export function metadataOf(document: StoredDocument, bookId: string): BookMetadata {
  const { metadata } = document;
  return {
    book_id: bookId,
    reading_level: asNumber(metadata.get('reading_level')),
    level: asNumber(metadata.get('level')),
    grade_label: asText(metadata.get('grade_label')),
    genre: asTexts(metadata.get('genre')),
    keywords: asTexts(metadata.get('keywords')),
    author: asText(metadata.get('author')),
  };
}

function asNumber(value: PickleValue | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (isDecimal(value)) return Number.isFinite(Number(value.text)) ? Number(value.text) : null;
  return null;
}

function asText(value: PickleValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function asTexts(value: PickleValue | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

function isDecimal(value: PickleValue | undefined): value is Extract<PickleValue, { kind: 'decimal' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'decimal';
}
