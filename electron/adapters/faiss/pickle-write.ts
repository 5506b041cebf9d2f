import { AppError } from '../../../shared/errors.ts';
import { createPickleBytes, type PickleBytes } from './pickle-bytes.ts';
import {
  DECIMAL_CLASS,
  DOCSTORE_CLASS,
  DOCUMENT_CLASS,
  type Docstore,
  OP,
  type PickleValue,
  type StoredDocument,
} from './pickle-values.ts';

/** Python's own pickler puts at most this many members between a mark and its SETITEMS. */
const MEMBERS_PER_MARK = 1000;
/** Metadata is a flat dict of scalars and lists; what nests deeper than this was made to hurt. */
const MAX_DEPTH = 32;

/**
 * The bytes of an index.pkl as LangChain's `FAISS.save_local` writes it, in pieces of about
 * `pieceBytes`, so that 100,000 documents never stand in memory as one string.
 *
 * Protocol 4: the first with an opcode for the set in a pydantic state (protocols 2 and 3 need a call), and
 * readable by every Python since 3.4. No frames: they are optional, and would need a length before the bytes.
 */
export function* pickleDocstore(store: Docstore, pieceBytes = 1 << 18): Generator<Uint8Array> {
  const out = createPickleBytes();
  out.byte(OP.proto, 4);
  openObject(out, DOCSTORE_CLASS);
  out.byte(OP.emptyDict);
  out.text('_dict');
  out.byte(OP.emptyDict);
  let inMark = 0;
  for (const [id, document] of store.documents) {
    if (inMark === 0) out.byte(OP.mark);
    out.text(id);
    writeDocument(out, document);
    inMark = endOfMark(out, inMark + 1, OP.setItems);
    if (out.size() >= pieceBytes) yield out.take();
  }
  if (inMark > 0) out.byte(OP.setItems);
  out.byte(OP.setItem, OP.build);

  out.byte(OP.emptyDict);
  inMark = 0;
  for (const [position, id] of store.ids.entries()) {
    if (inMark === 0) out.byte(OP.mark);
    out.int(BigInt(position));
    out.text(id);
    inMark = endOfMark(out, inMark + 1, OP.setItems);
    if (out.size() >= pieceBytes) yield out.take();
  }
  if (inMark > 0) out.byte(OP.setItems);
  out.byte(OP.tuple2, OP.stop);
  yield out.take();
}

function endOfMark(out: PickleBytes, members: number, closing: number): number {
  if (members < MEMBERS_PER_MARK) return members;
  out.byte(closing);
  return 0;
}

function openObject(out: PickleBytes, name: readonly [string, string]): void {
  out.global(name);
  out.byte(OP.emptyTuple, OP.newObj);
}

/** The state that pydantic 2 gives a Document, member by member. */
function writeDocument(out: PickleBytes, document: StoredDocument): void {
  openObject(out, DOCUMENT_CLASS);
  out.byte(OP.emptyDict, OP.mark);
  out.text('__dict__');
  out.byte(OP.emptyDict, OP.mark);
  out.text('id');
  if (document.id === null) out.byte(OP.none);
  else out.text(document.id);
  out.text('metadata');
  writeValue(out, document.metadata, 0);
  out.text('page_content');
  out.text(document.pageContent);
  out.text('type');
  out.text('Document');
  out.byte(OP.setItems);
  out.text('__pydantic_extra__');
  out.byte(OP.none);
  out.text('__pydantic_fields_set__');
  out.byte(OP.emptySet, OP.mark);
  for (const field of ['id', 'metadata', 'page_content']) out.text(field);
  out.byte(OP.addItems);
  out.text('__pydantic_private__');
  out.byte(OP.none, OP.setItems, OP.build);
}

function writeValue(out: PickleBytes, value: PickleValue, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep();
  if (value === null) out.byte(OP.none);
  else if (typeof value === 'boolean') out.byte(value ? OP.newTrue : OP.newFalse);
  else if (typeof value === 'bigint') out.int(value);
  else if (typeof value === 'number') out.float(value);
  else if (typeof value === 'string') out.text(value);
  else if (value instanceof Uint8Array) out.binary(value);
  else if (Array.isArray(value)) {
    out.byte(OP.emptyList);
    writeMembers(out, value, OP.appends, depth);
  } else if (value instanceof Map) {
    out.byte(OP.emptyDict);
    writeMembers(out, [...value].flat(1), OP.setItems, depth);
  } else if (value instanceof Set) {
    out.byte(OP.emptySet);
    writeMembers(out, [...value], OP.addItems, depth);
  } else if (value.kind === 'tuple') {
    out.byte(OP.mark);
    for (const item of value.items) writeValue(out, item, depth + 1);
    out.byte(OP.tuple);
  } else {
    out.global(DECIMAL_CLASS);
    out.text(value.text);
    out.byte(OP.tuple1, OP.reduce);
  }
}

function writeMembers(out: PickleBytes, members: readonly PickleValue[], op: number, depth: number): void {
  if (members.length === 0) return;
  out.byte(OP.mark);
  for (const member of members) writeValue(out, member, depth + 1);
  out.byte(op);
}

function tooDeep(): AppError {
  return new AppError({
    code: 'index.foreign',
    message: 'A document of the index holds lists within lists that Accession cannot copy.',
    hint: 'Move index.faiss and index.pkl away and run the load again: the index is rebuilt from the database.',
  });
}
