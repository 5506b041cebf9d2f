import { damagedPickle } from './pickle-cursor.ts';
import type { Docstore, PickleTuple, PickleValue, StoredDocument } from './pickle-values.ts';

/** Anything on the stack of a pickle that is being read: values, and the few objects we know. */
export type Item =
  | Exclude<PickleValue, PickleValue[] | Map<PickleValue, PickleValue> | Set<PickleValue> | PickleTuple>
  | Item[]
  | Map<Item, Item>
  | Set<Item>
  | { kind: 'tuple'; items: readonly Item[] }
  | PickleObject;
export type PickleObject =
  | PickleClass
  | { kind: 'docstore'; documents: Map<string, StoredDocument> }
  | { kind: 'document'; document: StoredDocument };
export interface PickleClass {
  kind: 'class';
  of: 'docstore' | 'document' | 'decimal';
}

/** True for everything but a class or one of our two objects; what a container holds is another question. */
export function isPlain(item: Item): item is Exclude<Item, PickleObject> {
  if (item === null || typeof item !== 'object' || !('kind' in item)) return true;
  return item.kind === 'tuple' || item.kind === 'decimal';
}

/** A Document's pydantic state. */
export function documentOf(state: Item): StoredDocument {
  const fields = state instanceof Map ? state.get('__dict__') : undefined;
  if (!(fields instanceof Map)) throw damagedPickle('a document without fields');
  const id = fields.get('id') ?? null;
  const pageContent = fields.get('page_content');
  const metadata = fields.get('metadata');
  if ((id !== null && typeof id !== 'string') || typeof pageContent !== 'string' || !isMetadata(metadata))
    throw damagedPickle('a document whose fields are of another kind');
  return { id, pageContent, metadata };
}

export function documentsOf(state: Item): Map<string, StoredDocument> {
  const dict = state instanceof Map ? state.get('_dict') : undefined;
  if (!(dict instanceof Map)) throw damagedPickle('a docstore without documents');
  const documents = new Map<string, StoredDocument>();
  for (const [id, item] of dict) {
    if (typeof id !== 'string' || isPlain(item) || item.kind !== 'document')
      throw damagedPickle('a docstore that holds something else than documents');
    documents.set(id, item.document);
  }
  return documents;
}

/** The whole file: the tuple of docstore and position map, whose positions must run from 0 without gaps. */
export function docstoreOf(item: Item): Docstore {
  const items =
    isPlain(item) && item !== null && typeof item === 'object' && 'items' in item ? item.items : [];
  const [store, positions] = items;
  if (items.length !== 2 || store === undefined || isPlain(store) || store.kind !== 'docstore')
    throw damagedPickle('no docstore');
  if (!(positions instanceof Map)) throw damagedPickle('no position map');
  const ids: string[] = new Array(positions.size);
  for (const [position, id] of positions) {
    if (typeof position !== 'bigint' || position < 0n || position >= BigInt(positions.size))
      throw damagedPickle('a position map with gaps');
    if (typeof id !== 'string' || !store.documents.has(id))
      throw damagedPickle('a position without a document');
    ids[Number(position)] = id;
  }
  return { documents: store.documents, ids };
}

/** More than any book has; what refers to itself, or to the same list a thousandfold, runs out of it. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 32;

function isMetadata(item: Item | undefined): item is Map<PickleValue, PickleValue> {
  return item instanceof Map && isValue(item, 0, { left: MAX_VALUES });
}

/** Plain all the way down. */
function isValue(item: Item, depth: number, budget: { left: number }): item is PickleValue {
  budget.left -= 1;
  if (!isPlain(item) || depth > MAX_DEPTH || budget.left < 0) return false;
  if (item === null || typeof item !== 'object' || item instanceof Uint8Array) return true;
  const isMember = (member: Item) => isValue(member, depth + 1, budget);
  if (item instanceof Map) {
    for (const [key, value] of item) if (!isKey(key) || !isMember(value)) return false;
    return true;
  }
  if (item instanceof Set) return [...item].every(isKey);
  if (Array.isArray(item)) return item.every(isMember);
  return item.kind === 'decimal' || item.items.every(isMember);
}

/** What Python can hash, tuples left out: nothing uses them as keys. */
function isKey(item: Item): item is PickleValue {
  return item === null || typeof item !== 'object';
}
