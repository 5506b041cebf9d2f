import { KEY_WORDS } from '../../shared/records/key-hash.ts';
import { type RangeFacts, ROW_STATE } from './checker-port.ts';
import type { KeyTable } from './key-table.ts';
import type { FactsBlock } from './workspace-port.ts';

/** Rows of one block: what is written anew when one of its rows changes. */
export const FACTS_BLOCK_ROWS = 8_192;

const REF_WORDS = KEY_WORDS * 2;

interface Block {
  bytes: Uint8Array;
  keys: Uint32Array;
  refs: Uint32Array | null;
  states: Uint8Array;
}

/** Counts of a file's rows; rows = accepted + rejected + skipped. */
export interface RowCounts {
  rows: number;
  accepted: number;
  rejected: number;
  skipped: number;
}

/**
 * What is known of every row of a file: its state, the hash of its key and, of a checkout, the hashes of the
 * ids it points at. Rows count from 1. 13 bytes a row, 37 for checkouts; kept in blocks, which are also how
 * they are saved.
 */
export class RowFacts {
  readonly #withRefs: boolean;
  readonly #blocks: Block[] = [];
  #rows = 0;

  constructor(withRefs: boolean) {
    this.#withRefs = withRefs;
  }

  get rows(): number {
    return this.#rows;
  }

  append(range: RangeFacts): void {
    for (let i = 0; i < range.states.length; i += 1) {
      if (this.#rows % FACTS_BLOCK_ROWS === 0) this.#blocks.push(newBlock(this.#withRefs));
      this.#rows += 1;
      this.set(this.#rows, range, i);
    }
  }

  /** Takes over entry `i` of `range` for `row`. */
  set(row: number, range: RangeFacts, i: number): void {
    const block = this.#block(row);
    const at = (row - 1) % FACTS_BLOCK_ROWS;
    block.states[at] = range.states[i] ?? 0;
    copyWords(range.keys, i * KEY_WORDS, block.keys, at * KEY_WORDS, KEY_WORDS);
    if (block.refs !== null && range.refs !== null)
      copyWords(range.refs, i * REF_WORDS, block.refs, at * REF_WORDS, REF_WORDS);
  }

  state(row: number): number {
    return this.#block(row).states[(row - 1) % FACTS_BLOCK_ROWS] ?? 0;
  }

  setState(row: number, state: number): void {
    this.#block(row).states[(row - 1) % FACTS_BLOCK_ROWS] = state;
  }

  fits(row: number): boolean {
    return (this.state(row) & ROW_STATE.fits) !== 0;
  }

  /** Word `word` (0, 1, 2) of the row's key. */
  key(row: number, word: number): number {
    return this.#block(row).keys[((row - 1) % FACTS_BLOCK_ROWS) * KEY_WORDS + word] ?? 0;
  }

  /** Word `word` of the student's id (`offset` 0) or the book's (`offset` KEY_WORDS). */
  ref(row: number, offset: number, word: number): number {
    return this.#block(row).refs?.[((row - 1) % FACTS_BLOCK_ROWS) * REF_WORDS + offset + word] ?? 0;
  }

  /** Rows that fit and whose key is in `keys`, ascending. One pass: about two nanoseconds a row for a few keys. */
  rowsWithKeys(keys: KeyTable): { row: number; at: number }[] {
    const found: { row: number; at: number }[] = [];
    this.#search(
      keys,
      (block) => block.keys,
      KEY_WORDS,
      0,
      (row, at) => found.push({ row, at }),
    );
    return found;
  }

  /** Rows that fit and point at one of `keys` as student (`offset` 0) or book (`offset` KEY_WORDS), ascending. */
  rowsWithRefs(keys: KeyTable, offset: number): number[] {
    const found: number[] = [];
    this.#search(
      keys,
      (block) => block.refs,
      REF_WORDS,
      offset,
      (row) => found.push(row),
    );
    return found;
  }

  counts(): RowCounts {
    const counts: RowCounts = { rows: this.#rows, accepted: 0, rejected: 0, skipped: 0 };
    for (const [blockNo, { states }] of this.#blocks.entries()) {
      const rows = Math.min(FACTS_BLOCK_ROWS, this.#rows - blockNo * FACTS_BLOCK_ROWS);
      for (let i = 0; i < rows; i += 1) {
        const state = states[i] ?? 0;
        if (state === ROW_STATE.fits) counts.accepted += 1;
        else if ((state & ROW_STATE.skipped) !== 0) counts.skipped += 1;
        else counts.rejected += 1;
      }
    }
    return counts;
  }

  /** The blocks that hold these rows (null: all), as they are saved. */
  blocks(rows: Iterable<number> | null): FactsBlock[] {
    const blockNos = new Set<number>();
    if (rows === null) for (const blockNo of this.#blocks.keys()) blockNos.add(blockNo);
    else for (const row of rows) blockNos.add(Math.floor((row - 1) / FACTS_BLOCK_ROWS));
    return [...blockNos].flatMap((blockNo) => {
      const block = this.#blocks[blockNo];
      return block === undefined ? [] : [{ blockNo, bytes: block.bytes }];
    });
  }

  /** Puts saved blocks back; `rows` is the file's number of records. */
  restore(blocks: readonly FactsBlock[], rows: number): void {
    for (const { blockNo, bytes } of blocks) {
      const block = newBlock(this.#withRefs);
      block.bytes.set(bytes);
      this.#blocks[blockNo] = block;
    }
    this.#rows = rows;
  }

  /** `stride` words belong to a row, the three that are compared begin at `offset`. */
  #search(
    keys: KeyTable,
    wordsOf: (block: Block) => Uint32Array | null,
    stride: number,
    offset: number,
    visit: (row: number, at: number) => void,
  ): void {
    // With few keys four comparisons settle nearly every row; with more of them none of the four is asked.
    const few = keys.firstWords();
    const [p = -1, q = p, r = p, s = p] = few ?? [];
    for (const [blockNo, block] of this.#blocks.entries()) {
      const words = wordsOf(block);
      if (words === null) return;
      const { states } = block;
      const first = blockNo * FACTS_BLOCK_ROWS;
      const rows = Math.min(FACTS_BLOCK_ROWS, this.#rows - first);
      for (let i = 0, word = offset; i < rows; i += 1, word += stride) {
        const a = words[word] ?? 0;
        if (few !== null && a !== p && a !== q && a !== r && a !== s) continue;
        if (((states[i] ?? 0) & ROW_STATE.fits) === 0) continue;
        const at = keys.get(a, words[word + 1] ?? 0, words[word + 2] ?? 0);
        if (at !== -1) visit(first + i + 1, at);
      }
    }
  }

  #block(row: number): Block {
    const block = this.#blocks[Math.floor((row - 1) / FACTS_BLOCK_ROWS)];
    if (block === undefined) throw new RangeError(`There is no row ${row}.`);
    return block;
  }
}

function newBlock(withRefs: boolean): Block {
  const keyBytes = FACTS_BLOCK_ROWS * KEY_WORDS * 4;
  const refBytes = withRefs ? FACTS_BLOCK_ROWS * REF_WORDS * 4 : 0;
  const bytes = new Uint8Array(keyBytes + refBytes + FACTS_BLOCK_ROWS);
  return {
    bytes,
    keys: new Uint32Array(bytes.buffer, 0, FACTS_BLOCK_ROWS * KEY_WORDS),
    refs: withRefs ? new Uint32Array(bytes.buffer, keyBytes, FACTS_BLOCK_ROWS * REF_WORDS) : null,
    states: new Uint8Array(bytes.buffer, keyBytes + refBytes, FACTS_BLOCK_ROWS),
  };
}

function copyWords(from: Uint32Array, fromAt: number, to: Uint32Array, toAt: number, words: number): void {
  for (let word = 0; word < words; word += 1) to[toAt + word] = from[fromAt + word] ?? 0;
}
