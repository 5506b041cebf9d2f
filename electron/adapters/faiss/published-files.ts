import { open, readFile, stat } from 'node:fs/promises';
import type { BookMetadata } from '../../engine/ports.ts';
import { bookIdOf, metadataOf } from './book-documents.ts';
import { fileIdentity } from './faiss-messages.ts';
import { type FlatShape, readFlatHeader } from './flat-file.ts';
import { damagedPickle } from './pickle-cursor.ts';
import { readDocstore } from './pickle-read.ts';
import type { Docstore } from './pickle-values.ts';

export interface IndexedBook {
  /** The embedded text. */
  text: string;
  bookId: string;
  metadata: BookMetadata;
}

/** Null where there is no such file. Throws `index.damaged` and `index.foreign`. */
export async function readShape(faissPath: string): Promise<FlatShape | null> {
  const handle = await open(faissPath, 'r').catch(absent);
  if (handle === null) return null;
  try {
    return await readFlatHeader(handle);
  } finally {
    await handle.close();
  }
}

/**
 * The documents of the index's `vectors` vectors. Positions beyond them are those of a publication whose
 * vectors did not follow, and are left out, with documents that no position refers to.
 */
export async function readStore(pklPath: string, vectors: number): Promise<Docstore> {
  const bytes = await readFile(pklPath).catch(absent);
  if (bytes === null) throw damagedPickle('there is none');
  const store = readDocstore(bytes);
  if (store.ids.length < vectors) throw damagedPickle(`${store.ids.length} positions for ${vectors} vectors`);
  const ids = store.ids.slice(0, vectors);
  const used = new Set(ids);
  return { ids, documents: new Map([...store.documents].filter(([id]) => used.has(id))) };
}

/** Null where there is no such file. */
export async function identityOf(path: string): Promise<string | null> {
  const stats = await stat(path, { bigint: true }).catch(absent);
  return stats === null ? null : fileIdentity(stats);
}

/** The books by position, read again when the file is another one. */
export function createBookCache(pklPath: string): () => Promise<readonly IndexedBook[]> {
  let cached: { identity: string; books: readonly IndexedBook[] } | null = null;
  return async () => {
    for (;;) {
      const identity = await identityOf(pklPath);
      if (identity === null) throw damagedPickle('there is none');
      if (cached?.identity === identity) return cached.books;
      const books = booksOf(readDocstore(await readFile(pklPath)));
      // Replaced while it was read: which of the two this was, nobody knows.
      if ((await identityOf(pklPath)) === identity) cached = { identity, books };
    }
  };
}

function booksOf(store: Docstore): IndexedBook[] {
  return store.ids.map((id) => {
    const document = store.documents.get(id);
    if (document === undefined) throw damagedPickle('a position without a document');
    // A text that is about no book goes by its own id.
    const bookId = bookIdOf(document) ?? id;
    return { bookId, text: document.pageContent, metadata: metadataOf(document, bookId) };
  });
}

function absent(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}
