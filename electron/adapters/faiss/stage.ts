import { constants, copyFile, type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { IndexEntry, VectorFeed } from '../../engine/ports.ts';
import { bookIdOf, documentOfEntry } from './book-documents.ts';
import { type FlatShape, flatHeader, writeVectors } from './flat-file.ts';
import type { Docstore } from './pickle-values.ts';
import { pickleDocstore } from './pickle-write.ts';

/** The pair that stands now; its documents are read only where something is to be done. */
export interface Base {
  shape: FlatShape;
  faissPath: string;
  readStore(): Promise<Docstore>;
}

export interface StageOptions {
  feed: VectorFeed;
  sinceSeq: number;
  /** Null: a new index is begun. */
  base: Base | null;
  /** Length of the vectors of a new index; null: as long as the first one. */
  dimensions: number | null;
  faissPath: string;
  pklPath: string;
}

/** A pair of files, written but not yet synced, and nowhere near their place. */
export interface Staged {
  shape: FlatShape;
  documents: number;
  added: number;
  replaced: number;
  appliedSeq: number;
  /** Positions that are worth verifying: the first, the last, and one that was changed. */
  samples: readonly number[];
}

interface Work {
  handle: FileHandle;
  store: Docstore;
  positions: Map<string, number[]>;
  dimensions: number;
}

/**
 * Builds the next pair aside. A book that the index knows keeps its positions, all of them where an older
 * program gave it several, and gets the new vector and document there; a new one goes to the end. Vectors go to
 * the file as they come, so that memory holds the documents but never the vectors. Null, and nothing written,
 * where the feed has nothing.
 */
export async function stageUpdate(options: StageOptions, signal: AbortSignal): Promise<Staged | null> {
  let work: Work | null = null;
  let appliedSeq = options.sinceSeq;
  let changedAt = 0;
  const added = new Set<string>();
  const replaced = new Set<string>();
  try {
    for await (const { seq, entries } of options.feed.since(options.sinceSeq, signal)) {
      signal.throwIfAborted();
      const [first] = entries;
      if (first !== undefined) {
        work ??= await begin(options, first);
        const known = await applyEntries(work, entries, added, replaced);
        changedAt = known ?? changedAt;
      }
      appliedSeq = seq;
    }
    if (work === null) return null;
    const shape = { dimensions: work.dimensions, vectors: work.store.ids.length };
    await work.handle.write(flatHeader(shape), 0, undefined, 0);
    await writeStore(options.pklPath, work.store, signal);
    return {
      shape,
      documents: work.store.documents.size,
      added: added.size,
      replaced: replaced.size,
      appliedSeq,
      samples: [...new Set([0, shape.vectors - 1, changedAt])],
    };
  } finally {
    await work?.handle.close();
  }
}

async function begin(options: StageOptions, first: IndexEntry): Promise<Work> {
  const { base, faissPath } = options;
  if (base === null) {
    const handle = await open(faissPath, 'w+');
    const dimensions = options.dimensions ?? first.vector.length;
    return { handle, store: { documents: new Map(), ids: [] }, positions: new Map(), dimensions };
  }
  const store = await base.readStore();
  // A copy that shares its blocks where the file system can do that; the copy is then patched.
  await copyFile(base.faissPath, faissPath, constants.COPYFILE_FICLONE);
  const positions = new Map<string, number[]>();
  for (const [position, id] of store.ids.entries()) {
    const document = store.documents.get(id);
    const bookId = document === undefined ? null : bookIdOf(document);
    if (bookId === null) continue;
    const same = positions.get(bookId);
    if (same === undefined) positions.set(bookId, [position]);
    else same.push(position);
  }
  return { handle: await open(faissPath, 'r+'), store, positions, dimensions: base.shape.dimensions };
}

/** Returns a position that was written over; null where there was none. */
async function applyEntries(
  work: Work,
  entries: readonly IndexEntry[],
  added: Set<string>,
  replaced: Set<string>,
): Promise<number | null> {
  const { handle, store, positions, dimensions } = work;
  // The last word on a book is the one that counts.
  const latest = new Map(entries.map((entry) => [entry.bookId, entry]));
  const appended: Float32Array[] = [];
  const appendedAt = store.ids.length;
  let changedAt: number | null = null;
  for (const entry of latest.values()) {
    checkVector(entry.vector, dimensions);
    const known = positions.get(entry.bookId);
    if (known === undefined) {
      const id = freeId(store, entry.bookId);
      positions.set(entry.bookId, [store.ids.length]);
      store.ids.push(id);
      store.documents.set(id, documentOfEntry(entry, id));
      appended.push(entry.vector);
      added.add(entry.bookId);
      continue;
    }
    for (const position of known) {
      const id = store.ids[position];
      if (id !== undefined) store.documents.set(id, documentOfEntry(entry, id));
      await writeVectors(handle, dimensions, position, [entry.vector]);
      changedAt = position;
    }
    if (!added.has(entry.bookId)) replaced.add(entry.bookId);
  }
  await writeVectors(handle, dimensions, appendedAt, appended);
  return changedAt;
}

/** The book's own id, unless a text that is no book of ours goes by that name. */
function freeId(store: Docstore, bookId: string): string {
  let id = bookId;
  while (store.documents.has(id)) id = `book:${id}`;
  return id;
}

function checkVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions)
    throw new AppError({
      code: 'embedding.dimensions',
      message: `A vector has ${vector.length} numbers, but those of the search index have ${dimensions}.`,
      hint: 'Choose the embedding model with which the index was made, or move index.faiss and index.pkl away and run the load again.',
    });
  for (const value of vector)
    if (!Number.isFinite(value))
      throw new AppError({
        code: 'embedding.failed',
        message: 'The embedding model gave a vector with a number that is none.',
        hint: 'Embed the book again; if that goes on, choose another embedding model.',
      });
}

async function writeStore(path: string, store: Docstore, signal: AbortSignal): Promise<void> {
  const handle = await open(path, 'w');
  try {
    for (const piece of pickleDocstore(store)) {
      signal.throwIfAborted();
      await handle.writeFile(piece);
    }
  } finally {
    await handle.close();
  }
}
