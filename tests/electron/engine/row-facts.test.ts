import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RangeFacts, ROW_STATE } from '../../../electron/engine/checker-port.ts';
import { KeyTable } from '../../../electron/engine/key-table.ts';
import { FACTS_BLOCK_ROWS, RowFacts } from '../../../electron/engine/row-facts.ts';

/** A row in numbers: its state, and single numbers that stand for its key and what it points at. */
interface Row {
  state: number;
  key: number;
  student: number;
  book: number;
}

const FIRST_ROW: Row = { state: ROW_STATE.fits, key: 1, student: 1, book: 1 };
const words = (n: number): [number, number, number] => [n, n + 1, n + 2];

function rangeOf(rows: readonly Row[], withRefs: boolean): RangeFacts {
  return {
    states: Uint8Array.from(rows.map(({ state }) => state)),
    keys: Uint32Array.from(rows.flatMap(({ key }) => words(key))),
    refs: withRefs
      ? Uint32Array.from(rows.flatMap(({ student, book }) => [...words(student), ...words(book)]))
      : null,
  };
}

function factsOf(rows: readonly Row[], withRefs = true): RowFacts {
  const facts = new RowFacts(withRefs);
  facts.append(rangeOf(rows, withRefs));
  return facts;
}

function rowOf(facts: RowFacts, row: number): Row {
  return {
    state: facts.state(row),
    key: facts.key(row, 0),
    student: facts.ref(row, 0, 0),
    book: facts.ref(row, 3, 0),
  };
}

const state = fc.constantFrom(0, 1, 1, 1, 3, 5, 9, 13, ROW_STATE.skipped);
const small = fc.nat(12);
const row: fc.Arbitrary<Row> = fc.record({ state, key: small, student: small, book: small });

/** So many rows before the interesting ones that these lie on both sides of the end of a block. */
const PADDING = Array.from({ length: FACTS_BLOCK_ROWS - 3 }, () => FIRST_ROW);

describe('facts of rows', () => {
  it('are found again whatever the ranges were they came in', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (rows, size) => {
          const facts = new RowFacts(true);
          for (let at = 0; at < rows.length; at += size)
            facts.append(rangeOf(rows.slice(at, at + size), true));
          expect(facts.rows).toBe(rows.length);
          expect(rows.map((_, i) => rowOf(facts, i + 1))).toEqual(rows);
          expect([facts.key(1, 1), facts.key(1, 2)]).toEqual(words(rows[0]?.key ?? 0).slice(1));
        },
      ),
    );
  });

  it('are counted: accepted is a row that fits and has no other bit', () => {
    const rows = [1, 1, 0, 3, 5, 9, ROW_STATE.skipped, ROW_STATE.skipped].map((one) => ({
      ...FIRST_ROW,
      state: one,
    }));
    expect(factsOf([...PADDING, ...rows]).counts()).toEqual({
      rows: PADDING.length + 8,
      accepted: PADDING.length + 2,
      rejected: 4,
      skipped: 2,
    });
  });

  it('change for one row without touching its neighbours', () => {
    const facts = factsOf([...PADDING, FIRST_ROW, FIRST_ROW, FIRST_ROW, FIRST_ROW]);
    const changed = { state: 0, key: 7, student: 8, book: 9 };
    facts.set(FACTS_BLOCK_ROWS, rangeOf([FIRST_ROW, changed], true), 1);
    facts.setState(FACTS_BLOCK_ROWS + 1, 5);
    expect([-1, 0, 1].map((by) => rowOf(facts, FACTS_BLOCK_ROWS + by))).toEqual([
      FIRST_ROW,
      changed,
      { ...FIRST_ROW, state: 5 },
    ]);
  });

  it('of a row that is not there are a mistake of the caller', () => {
    expect(() => factsOf([]).state(1)).toThrow(RangeError);
    expect(() => factsOf([FIRST_ROW]).state(0)).toThrow(RangeError);
  });
});

describe('searching the facts', () => {
  it('finds the rows that fit and have one of the keys, be they few or many', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.uniqueArray(small, { maxLength: 8 }), (rows, keys) => {
        const all = [...PADDING.map((one) => ({ ...one, key: 99, student: 99, book: 99 })), ...rows];
        const facts = factsOf(all);
        const table = new KeyTable(keys.length);
        for (const [at, key] of keys.entries()) table.set(...words(key), at);
        const fitting = (of: (one: Row) => number) =>
          all.flatMap((one, i) =>
            (one.state & ROW_STATE.fits) !== 0 && keys.includes(of(one))
              ? [{ row: i + 1, at: keys.indexOf(of(one)) }]
              : [],
          );
        expect(facts.rowsWithKeys(table)).toEqual(fitting(({ key }) => key));
        expect(facts.rowsWithRefs(table, 0)).toEqual(fitting(({ student }) => student).map((one) => one.row));
        expect(facts.rowsWithRefs(table, 3)).toEqual(fitting(({ book }) => book).map((one) => one.row));
      }),
      { numRuns: 60 },
    );
  });

  it('compares all words of a key, not only the first', () => {
    const table = new KeyTable(1);
    table.set(5, 6, 0, 0);
    expect(factsOf([{ ...FIRST_ROW, key: 5 }]).rowsWithKeys(table)).toEqual([]);
  });

  it('finds no references where the file has none', () => {
    const table = new KeyTable(1);
    table.set(0, 0, 0, 0);
    expect(factsOf([FIRST_ROW], false).rowsWithRefs(table, 0)).toEqual([]);
  });
});

describe('facts that were saved', () => {
  it.each([true, false])('are the same when they are put back (with references: %s)', (withRefs) => {
    const rows = [...PADDING, ...[3, 4, 5, 6, 7].map((key) => ({ state: 1, key, student: key, book: key }))];
    const facts = factsOf(rows, withRefs);
    const saved = facts
      .blocks(null)
      .map(({ blockNo, bytes }) => ({ blockNo, bytes: Uint8Array.from(bytes) }));
    const restored = new RowFacts(withRefs);
    restored.restore(saved, rows.length);
    expect(restored.counts()).toEqual(facts.counts());
    for (let n = FACTS_BLOCK_ROWS - 4; n <= rows.length; n += 1)
      expect(rowOf(restored, n)).toEqual(rowOf(facts, n));
    // What is put back is a copy, and more rows may follow.
    restored.setState(1, 0);
    restored.append(rangeOf([FIRST_ROW], withRefs));
    expect([facts.state(1), restored.rows, restored.fits(rows.length + 1)]).toEqual([
      1,
      rows.length + 1,
      true,
    ]);
    expect(restored.blocks(null)).toHaveLength(2);
  });

  it('are written again only in the blocks whose rows changed', () => {
    const facts = factsOf([...PADDING, ...PADDING, ...PADDING]);
    const at = (rows: number[]) => facts.blocks(rows).map(({ blockNo }) => blockNo);
    expect(facts.blocks(null).map(({ blockNo }) => blockNo)).toEqual([0, 1, 2]);
    expect([at([]), at([1, FACTS_BLOCK_ROWS]), at([FACTS_BLOCK_ROWS + 1])]).toEqual([[], [0], [1]]);
    expect(at([1, 2 * FACTS_BLOCK_ROWS + 1])).toEqual([0, 2]);
  });
});
