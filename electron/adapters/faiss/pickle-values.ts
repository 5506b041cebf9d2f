/**
 * What an index.pkl may hold, without loss: a document that somebody else wrote and that we do not touch must
 * leave our hands as it came. So Python's int is a bigint and its float a number (4.0 stays 4.0), and tuples,
 * sets and Decimals are told apart from lists.
 */
export type PickleValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleTuple
  | PickleDecimal;

export interface PickleTuple {
  kind: 'tuple';
  items: readonly PickleValue[];
}

/** A `decimal.Decimal`: what asyncpg makes of a NUMERIC column. */
export interface PickleDecimal {
  kind: 'decimal';
  text: string;
}

/** A `langchain_core.documents.base.Document`. */
export interface StoredDocument {
  id: string | null;
  pageContent: string;
  metadata: Map<PickleValue, PickleValue>;
}

/** The two halves of an index.pkl. */
export interface Docstore {
  /** By document id. */
  documents: Map<string, StoredDocument>;
  /** Document id of every position of the index, without gaps. */
  ids: string[];
}

/** Qualified names of the only classes that we write, and that a pickle we read may name. */
export const DOCSTORE_CLASS = ['langchain_community.docstore.in_memory', 'InMemoryDocstore'] as const;
export const DOCUMENT_CLASS = ['langchain_core.documents.base', 'Document'] as const;
export const DECIMAL_CLASS = ['decimal', 'Decimal'] as const;

/** The opcodes of pickle protocols up to 5 that we know, named as in Python's pickletools. */
export const OP = {
  proto: 0x80,
  frame: 0x95,
  stop: 0x2e,
  mark: 0x28,
  pop: 0x30,
  popMark: 0x31,
  none: 0x4e,
  newTrue: 0x88,
  newFalse: 0x89,
  binInt: 0x4a,
  binInt1: 0x4b,
  binInt2: 0x4d,
  long1: 0x8a,
  long4: 0x8b,
  binFloat: 0x47,
  binUnicode: 0x58,
  shortBinUnicode: 0x8c,
  binUnicode8: 0x8d,
  binBytes: 0x42,
  shortBinBytes: 0x43,
  binBytes8: 0x8e,
  emptyList: 0x5d,
  append: 0x61,
  appends: 0x65,
  emptyTuple: 0x29,
  tuple: 0x74,
  tuple1: 0x85,
  tuple2: 0x86,
  tuple3: 0x87,
  emptyDict: 0x7d,
  setItem: 0x73,
  setItems: 0x75,
  emptySet: 0x8f,
  addItems: 0x90,
  binPut: 0x71,
  longBinPut: 0x72,
  memoize: 0x94,
  binGet: 0x68,
  longBinGet: 0x6a,
  global: 0x63,
  stackGlobal: 0x93,
  newObj: 0x81,
  reduce: 0x52,
  build: 0x62,
} as const;
