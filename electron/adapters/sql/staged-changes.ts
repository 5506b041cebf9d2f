import type {
  ChangesOptions,
  FieldChange,
  LoadFile,
  StagedChange,
  Staging,
  TextLookup,
} from '../../engine/database-port.ts';
import {
  CHANGES_CURSOR,
  declareChanges,
  READABLE_VECTORS,
  type ReadableVectors,
} from './change-statements.ts';
import { LIVE_TABLES, type LiveTable } from './live-tables.ts';
import type { SqlSession } from './session.ts';
import { JOIN_BY_HASH, type StagingPlace } from './staging-statements.ts';
import { type StoredBookRow, storedList, writtenBook } from './stored-books.ts';
import { KNOWN_TEXTS } from './vector-statements.ts';

/** Rows of one batch: what a page of books weighs stays below a few MB. */
const BATCH_ROWS = 4_096;
/** Columns that hold a list as JSON text. */
const LISTS: ReadonlySet<string> = new Set(['genre', 'keywords']);

interface ChangeRow {
  row: number;
  change: 'insert' | 'update' | 'hash' | 'same';
  fields: ([string, string | null, string | null] | null)[] | null;
  book: StoredBookRow | null;
}

/**
 * Streams what a commit would do with the last of `files`, all of one table and in their order, in a transaction
 * of the caller's. The join is made once, however many rows there are.
 */
export async function streamChanges(
  session: SqlSession,
  table: LiveTable,
  files: readonly LoadFile[],
  place: StagingPlace,
  options: ChangesOptions,
  onRows: Parameters<Staging['changes']>[2],
  signal: AbortSignal,
): Promise<void> {
  const readable = await readableVectors(session, table, options);
  await session.query(JOIN_BY_HASH);
  await session.query('SET LOCAL cursor_tuple_fraction = 1');
  await session.query(declareChanges(table, files, place, options, readable), [place.loadId]);
  const look = textLookup(session, readable);
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await session.query<ChangeRow>(`FETCH FORWARD ${BATCH_ROWS} FROM ${CHANGES_CURSOR}`);
    if (rows.length > 0) await onRows(rows.map(stagedChange), look);
    if (rows.length < BATCH_ROWS) break;
  }
  await session.query(`CLOSE ${CHANGES_CURSOR}`);
}

async function readableVectors(
  session: SqlSession,
  table: LiveTable,
  { books }: ChangesOptions,
): Promise<ReadableVectors> {
  if (!books || table !== LIVE_TABLES.books) return { known: false, published: false };
  const { rows } = await session.query<ReadableVectors>(READABLE_VECTORS);
  return rows[0] ?? { known: false, published: false };
}

/** On the session that has the cursor: where there is one session only, any other would wait for it for ever. */
function textLookup(session: SqlSession, { known }: ReadableVectors): TextLookup {
  return {
    async knownTexts(model, textHashes) {
      if (!known || textHashes.length === 0) return new Set();
      const { rows } = await session.query<{ text_hash: string }>(KNOWN_TEXTS, [model, textHashes]);
      return new Set(rows.map(({ text_hash }) => text_hash));
    },
  };
}

function stagedChange({ row, change, fields, book }: ChangeRow): StagedChange {
  return {
    row,
    change: change === 'insert' || change === 'update' ? change : 'unchanged',
    fields: (fields ?? []).flatMap((field) => (field === null ? [] : [fieldChange(field)])),
    book: book === null ? null : writtenBook(book),
  };
}

function fieldChange([column, before, after]: [string, string | null, string | null]): FieldChange {
  if (!LISTS.has(column)) return { column, before, after };
  const read = { column, before: readList(before), after: readList(after) };
  // Another program may have written the same list in other characters: that is what changes then.
  return read.before === read.after ? { column, before, after } : read;
}

function readList(text: string | null): string | null {
  return text === null ? null : storedList(text).join(', ');
}
