import { KEY_WORDS } from '../../shared/records/key-hash.ts';
import { missingReferenceIssues } from '../../shared/records/references.ts';
import type { RecordType, RowIssue } from '../../shared/records/types.ts';
import type { CheckedFile } from './check-file.ts';
import { ROW_STATE } from './checker-port.ts';
import { KeyTable } from './key-table.ts';
import type { CheckContext } from './load-context.ts';
import type { RowFacts } from './row-facts.ts';

/** Says which of these ids the target database has. */
export type IdLookup = (
  type: 'students' | 'books',
  ids: readonly string[],
  signal: AbortSignal,
) => Promise<ReadonlySet<string>>;

/** The two ids of a checkout: whose they are, where their hashes lie, and the bit that says they lead nowhere. */
export const REFERENCES = [
  { type: 'students', offset: 0, bit: ROW_STATE.missingStudent },
  { type: 'books', offset: KEY_WORDS, bit: ROW_STATE.missingBook },
] as const;

/** The issues of a row that refers to nothing. */
export const REFERENCE_CODES = ['reference.missing-book', 'reference.missing-student'] as const;

const MISSING_BITS = ROW_STATE.missingStudent | ROW_STATE.missingBook;
/** Ids asked of the database at once, and rows read back at once. */
const BATCH = 2_000;

/** Rows of one checkouts file whose references are to be looked at. */
export interface ReferringRows {
  file: CheckedFile;
  rows: Iterable<number>;
}

/**
 * Looks up the students and books that these checkouts name: among the rows that fit of this load's files, and
 * in the database where `lookup` is given. Where neither can tell (no such file, no database), nothing is said.
 * Sets the rows' state and returns the issues of each file, in row order; rows that are left out for another
 * reason have none.
 */
export async function checkReferences(
  context: CheckContext,
  files: readonly CheckedFile[],
  referring: readonly ReferringRows[],
  lookup: IdLookup | null,
): Promise<Map<number, RowIssue[]>> {
  const groups = referring.map(({ file, rows }) => ({ file, rows: [...rows] }));
  for (const { file, rows } of groups)
    for (const row of rows) file.facts.setState(row, file.facts.state(row) & ~MISSING_BITS);
  const missing = new Map<RecordType, { ids: KeyTable; texts: string[] }>();
  for (const { type, offset } of REFERENCES) {
    const owners = files.filter(({ mapping }) => mapping.type === type);
    if (owners.length === 0 && lookup === null) continue;
    missing.set(type, await missingIds(context, owners, groups, { type, offset }, lookup));
  }
  const issues = new Map<number, RowIssue[]>();
  for (const { file, rows } of groups)
    issues.set(file.fileNo, await missingIn(context, file, rows, missing, lookup !== null));
  return issues;
}

/** Every row of the load's checkouts. */
export function allReferring(files: readonly CheckedFile[]): ReferringRows[] {
  return files
    .filter(({ mapping }) => mapping.type === 'checkouts')
    .map((file) => ({ file, rows: Array.from({ length: file.facts.rows }, (_, i) => i + 1) }));
}

/** The ids that are wanted and nowhere to be found, with their texts. */
async function missingIds(
  context: CheckContext,
  owners: readonly CheckedFile[],
  groups: readonly { file: CheckedFile; rows: readonly number[] }[],
  reference: { type: 'students' | 'books'; offset: number },
  lookup: IdLookup | null,
): Promise<{ ids: KeyTable; texts: string[] }> {
  const wanted = new KeyTable(1_000);
  const seenAt: { file: CheckedFile; row: number }[] = [];
  for (const { file, rows } of groups)
    for (const row of rows) {
      if (!counts(file.facts, row)) continue;
      const [a, b, c] = refOf(file.facts, row, reference.offset);
      if (wanted.has(a, b, c)) continue;
      wanted.set(a, b, c, seenAt.length);
      seenAt.push({ file, row });
    }
  const found = new Uint8Array(seenAt.length);
  for (const { facts } of owners) for (const { at } of facts.rowsWithKeys(wanted)) found[at] = 1;
  const texts = await textsOf(context, seenAt, found, reference.type);
  if (lookup !== null)
    for (let at = 0; at < texts.length; at += BATCH) {
      const part = texts.slice(at, at + BATCH).filter((text) => text !== '');
      if (part.length === 0) continue;
      const known = await lookup(reference.type, part, context.signals.abort);
      for (let i = at; i < Math.min(texts.length, at + BATCH); i += 1)
        if (known.has(texts[i] ?? '')) found[i] = 1;
    }
  const ids = new KeyTable(texts.length);
  for (const [a, b, c, at] of wanted.entries()) if (found[at] === 0) ids.set(a, b, c, at);
  return { ids, texts };
}

/** The texts of ids that were not found, read back from one row each; `''` for the others. */
async function textsOf(
  context: CheckContext,
  seenAt: readonly { file: CheckedFile; row: number }[],
  found: Uint8Array,
  type: 'students' | 'books',
): Promise<string[]> {
  const texts = new Array<string>(seenAt.length).fill('');
  const unknown = seenAt.map((place, at) => ({ ...place, at })).filter(({ at }) => found[at] === 0);
  for (const [file, places] of Map.groupBy(unknown, (place) => place.file)) {
    const inOrder = places.toSorted((a, b) => a.row - b.row);
    for (let from = 0; from < inOrder.length; from += BATCH) {
      const part = inOrder.slice(from, from + BATCH);
      const again = await recheckAsEdited(
        context,
        file,
        part.map(({ row }) => row),
      );
      for (const [i, { at }] of part.entries()) {
        const refs = again[i]?.refs ?? null;
        texts[at] = (type === 'students' ? refs?.studentId : refs?.bookId) ?? '';
      }
    }
  }
  return texts;
}

async function recheckAsEdited(context: CheckContext, file: CheckedFile, rows: readonly number[]) {
  const { ports, signals } = context;
  const edits = context.edits(file.fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
  const options = { edits, withIds: true };
  return (await ports.checker.recheck(file.opened, file.mapping, rows, options, signals.abort)).ids;
}

async function missingIn(
  context: CheckContext,
  file: CheckedFile,
  rows: readonly number[],
  missing: ReadonlyMap<RecordType, { ids: KeyTable; texts: string[] }>,
  databaseAsked: boolean,
): Promise<RowIssue[]> {
  const { facts } = file;
  const hits: { row: number; texts: { students: string | null; books: string | null } }[] = [];
  for (const row of rows) {
    if (!counts(facts, row)) continue;
    const texts: { students: string | null; books: string | null } = { students: null, books: null };
    for (const { type, offset, bit } of REFERENCES) {
      const unknown = missing.get(type);
      if (unknown === undefined) continue;
      const [a, b, c] = refOf(facts, row, offset);
      const at = unknown.ids.get(a, b, c);
      if (at === -1) continue;
      texts[type] = unknown.texts[at] ?? '';
      facts.setState(row, facts.state(row) | bit);
    }
    if (texts.students !== null || texts.books !== null) hits.push({ row, texts });
  }
  const lines = await file.opened.lines(
    hits.map(({ row }) => row),
    context.signals.abort,
  );
  return hits.flatMap(({ row, texts }, i) =>
    missingReferenceIssues({
      studentId: texts.students ?? '',
      bookId: texts.books ?? '',
      missingStudent: texts.students !== null,
      missingBook: texts.books !== null,
      databaseAsked,
    }).map((issue) => ({ row, line: lines[i] ?? 0, ...issue })),
  );
}

/** Only a row that would be loaded can miss something. */
function counts(facts: RowFacts, row: number): boolean {
  return (facts.state(row) & ~MISSING_BITS) === ROW_STATE.fits;
}

function refOf(facts: RowFacts, row: number, offset: number): [number, number, number] {
  return [facts.ref(row, offset, 0), facts.ref(row, offset, 1), facts.ref(row, offset, 2)];
}
