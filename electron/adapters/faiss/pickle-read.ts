import { AppError } from '../../../shared/errors.ts';
import { createPickleCursor, damagedPickle, type PickleCursor } from './pickle-cursor.ts';
import { docstoreOf, documentOf, documentsOf, type Item, isPlain, type PickleClass } from './pickle-items.ts';
import { DECIMAL_CLASS, DOCSTORE_CLASS, DOCUMENT_CLASS, type Docstore, OP } from './pickle-values.ts';

const CLASSES = { docstore: DOCSTORE_CLASS, document: DOCUMENT_CLASS, decimal: DECIMAL_CLASS } as const;

/**
 * Reads an index.pkl, ours or one that Python's `FAISS.save_local` wrote, without executing anything: three
 * class names are known, and knowing one means filling in a plain object. A pickle that names any other class
 * or function, or uses an opcode for calling one, throws `index.foreign`; bytes that are no whole pickle throw
 * `index.damaged`. Protocols 2 to 5.
 *
 * Why not the `pickleparser` package: it can be restricted, but it reads 4.0 as 4, a tuple as a list and
 * negative long integers as positive ones, so that documents which are not ours would change when we write
 * them back; and it puts a set's or dict's foreign keys onto plain objects.
 */
export function readDocstore(bytes: Uint8Array): Docstore {
  const cursor = createPickleCursor(bytes);
  let stack: Item[] = [];
  const outer: Item[][] = [];
  const memo = new Map<number, Item>();

  function pop(): Item {
    const item = stack.pop();
    if (item === undefined) throw damagedPickle('an opcode without its operand');
    return item;
  }
  function top(): Item {
    const item = stack.at(-1);
    if (item === undefined) throw damagedPickle('an opcode without its operand');
    return item;
  }
  function sinceMark(): Item[] {
    const items = stack;
    const below = outer.pop();
    if (below === undefined) throw damagedPickle('members without a mark');
    stack = below;
    return items;
  }
  function recall(index: number): void {
    const item = memo.get(index);
    if (item === undefined) throw damagedPickle('a reference to nothing');
    stack.push(item);
  }
  function setItems(pairs: readonly Item[]): void {
    const dict = top();
    if (!(dict instanceof Map) || pairs.length % 2 !== 0)
      throw damagedPickle('members of something else than a dict');
    for (let index = 0; index < pairs.length; index += 2)
      dict.set(pairs[index] ?? null, pairs[index + 1] ?? null);
  }
  function append(items: readonly Item[]): void {
    const list = top();
    if (!Array.isArray(list)) throw damagedPickle('members of something else than a list');
    for (const item of items) list.push(item);
  }
  function tuple(items: readonly Item[]): void {
    stack.push({ kind: 'tuple', items });
  }
  function tupleOf(count: number): void {
    tuple(Array.from({ length: count }, pop).reverse());
  }

  for (;;) {
    const opcode = cursor.byte();
    switch (opcode) {
      case OP.proto:
        if (cursor.byte() > 5) throw refused('a newer format');
        break;
      case OP.frame:
        cursor.uint64();
        break;
      case OP.stop:
        return docstoreOf(pop());
      case OP.mark:
        outer.push(stack);
        stack = [];
        break;
      case OP.pop:
        pop();
        break;
      case OP.popMark:
        sinceMark();
        break;
      case OP.binPut:
        memo.set(cursor.byte(), top());
        break;
      case OP.longBinPut:
        memo.set(cursor.uint32(), top());
        break;
      case OP.memoize:
        memo.set(memo.size, top());
        break;
      case OP.binGet:
        recall(cursor.byte());
        break;
      case OP.longBinGet:
        recall(cursor.uint32());
        break;
      case OP.emptyTuple:
        tuple([]);
        break;
      case OP.tuple1:
        tupleOf(1);
        break;
      case OP.tuple2:
        tupleOf(2);
        break;
      case OP.tuple3:
        tupleOf(3);
        break;
      case OP.tuple:
        tuple(sinceMark());
        break;
      case OP.append:
        append([pop()]);
        break;
      case OP.appends:
        append(sinceMark());
        break;
      case OP.setItem: {
        const value = pop();
        setItems([pop(), value]);
        break;
      }
      case OP.setItems:
        setItems(sinceMark());
        break;
      case OP.addItems: {
        const items = sinceMark();
        const set = top();
        if (!(set instanceof Set)) throw damagedPickle('members of something else than a set');
        for (const item of items) set.add(item);
        break;
      }
      case OP.global: {
        const module = cursor.line();
        stack.push(classNamed(module, cursor.line()));
        break;
      }
      case OP.stackGlobal: {
        const name = pop();
        stack.push(classNamed(pop(), name));
        break;
      }
      case OP.newObj: {
        pop();
        stack.push(emptyObject(pop()));
        break;
      }
      case OP.reduce: {
        const args = pop();
        stack.push(decimal(pop(), args));
        break;
      }
      case OP.build: {
        const state = pop();
        build(top(), state);
        break;
      }
      default:
        stack.push(scalar(opcode, cursor));
    }
  }
}

function scalar(opcode: number, cursor: PickleCursor): Item {
  switch (opcode) {
    case OP.none:
      return null;
    case OP.newTrue:
      return true;
    case OP.newFalse:
      return false;
    case OP.binInt1:
      return BigInt(cursor.byte());
    case OP.binInt2:
      return BigInt(cursor.uint16());
    case OP.binInt:
      return BigInt(cursor.int32());
    case OP.long1:
      return cursor.integer(cursor.byte());
    case OP.long4:
      return cursor.integer(cursor.int32());
    case OP.binFloat:
      return cursor.float64();
    case OP.shortBinUnicode:
      return cursor.text(cursor.byte());
    case OP.binUnicode:
      return cursor.text(cursor.uint32());
    case OP.binUnicode8:
      return cursor.text(cursor.uint64());
    case OP.shortBinBytes:
      return cursor.bytes(cursor.byte());
    case OP.binBytes:
      return cursor.bytes(cursor.uint32());
    case OP.binBytes8:
      return cursor.bytes(cursor.uint64());
    case OP.emptyList:
      return [];
    case OP.emptyDict:
      return new Map();
    case OP.emptySet:
      return new Set();
    default:
      throw refused(`opcode 0x${opcode.toString(16)}`);
  }
}

function classNamed(module: Item, name: Item): PickleClass {
  for (const known of ['docstore', 'document', 'decimal'] as const)
    if (CLASSES[known][0] === module && CLASSES[known][1] === name) return { kind: 'class', of: known };
  throw refused(`${typeof module === 'string' ? module : '?'}.${typeof name === 'string' ? name : '?'}`);
}

/** What Python's `cls.__new__(cls)` would be; BUILD fills it in. */
function emptyObject(cls: Item): Item {
  if (isPlain(cls) || cls.kind !== 'class' || cls.of === 'decimal')
    throw damagedPickle('an object without a class');
  return cls.of === 'docstore'
    ? { kind: 'docstore', documents: new Map() }
    : { kind: 'document', document: { id: null, pageContent: '', metadata: new Map() } };
}

/** The one call that is understood: `Decimal('4.40')`. */
function decimal(callee: Item, args: Item): Item {
  const known = !isPlain(callee) && callee.kind === 'class' && callee.of === 'decimal';
  const text =
    isPlain(args) && args !== null && typeof args === 'object' && 'items' in args ? args.items[0] : null;
  if (!known || typeof text !== 'string') throw refused('a call');
  return { kind: 'decimal', text };
}

function build(target: Item, state: Item): void {
  if (isPlain(target) || target.kind === 'class') throw damagedPickle('a state without an object');
  if (target.kind === 'docstore') target.documents = documentsOf(state);
  else target.document = documentOf(state);
}

function refused(what: string): AppError {
  return new AppError({
    code: 'index.foreign',
    message: `The file index.pkl holds something other than book documents (${what}), so Accession did not open it.`,
    hint: 'If nobody you trust wrote it, keep it for whoever looks after this computer; move index.faiss and index.pkl away and run the load again.',
  });
}
