import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROW_STATE } from '../../../electron/engine/checker-port.ts';
import { markSuperseded, repeatedKeyIssue } from '../../../electron/engine/repeated-keys.ts';
import { RowFacts } from '../../../electron/engine/row-facts.ts';
import { hashKey, KEY_WORDS } from '../../../shared/records/key-hash.ts';

interface Row {
  key: string;
  state: number;
}

function factsOf(rows: readonly Row[]): RowFacts {
  const facts = new RowFacts(false);
  const keys = new Uint32Array(rows.length * KEY_WORDS);
  for (const [i, { key }] of rows.entries()) hashKey(key, keys, i * KEY_WORDS);
  facts.append({ states: Uint8Array.from(rows.map(({ state }) => state)), keys, refs: null });
  return facts;
}

const statesOf = (facts: RowFacts) => Array.from({ length: facts.rows }, (_, i) => facts.state(i + 1));
const fitting = (...keys: string[]): Row[] => keys.map((key) => ({ key, state: ROW_STATE.fits }));

describe('rows whose key comes again', () => {
  it('a key that comes three times keeps its last row and rejects each earlier one once', () => {
    const facts = factsOf(fitting('B1', 'B1', 'B1'));
    expect(markSuperseded(facts)).toEqual([
      { row: 1, next: 2 },
      { row: 2, next: 3 },
    ]);
    const superseded = ROW_STATE.fits | ROW_STATE.superseded;
    expect(statesOf(facts)).toEqual([superseded, superseded, ROW_STATE.fits]);
    expect(facts.counts()).toEqual({ rows: 3, accepted: 1, rejected: 2, skipped: 0 });
  });

  it('different keys do not meet', () => {
    const facts = factsOf(fitting('S1\u001fB1\u001f2026-09-01', 'S1\u001fB1\u001f2026-09-02'));
    expect(markSuperseded(facts)).toEqual([]);
    expect(statesOf(facts)).toEqual([ROW_STATE.fits, ROW_STATE.fits]);
  });

  it('a row that does not fit, or was left out, neither counts nor is counted', () => {
    const facts = factsOf([
      { key: 'B1', state: ROW_STATE.fits },
      { key: 'B1', state: 0 },
      { key: 'B2', state: ROW_STATE.skipped },
      { key: 'B2', state: ROW_STATE.fits },
      { key: 'B1', state: ROW_STATE.skipped },
    ]);
    expect(markSuperseded(facts)).toEqual([]);
    expect(statesOf(facts)).toEqual([
      ROW_STATE.fits,
      0,
      ROW_STATE.skipped,
      ROW_STATE.fits,
      ROW_STATE.skipped,
    ]);
  });

  it('are those that a plain search finds, in row order', () => {
    const row = fc.record({
      key: fc.constantFrom('', '1', '2', '3', '01', 'S1\u001fB1'),
      state: fc.constantFrom(ROW_STATE.fits, ROW_STATE.fits, 0, ROW_STATE.skipped),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const fits = ({ state }: Row): boolean => state === ROW_STATE.fits;
        const expected = rows.flatMap((one, i) => {
          const next = rows.findIndex((other, j) => j > i && fits(other) && other.key === one.key);
          return fits(one) && next !== -1 ? [{ row: i + 1, next: next + 1 }] : [];
        });
        const facts = factsOf(rows);
        expect(markSuperseded(facts)).toEqual(expected);
        const marked = new Set(expected.map((one) => one.row));
        expect(statesOf(facts)).toEqual(
          rows.map(({ state }, i) => (marked.has(i + 1) ? state | ROW_STATE.superseded : state)),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what is said of such a row', () => {
  it('names the row and the line where its key comes again, and rejects it', () => {
    expect(repeatedKeyIssue('books', { row: 1, line: 2 }, 'B1', { row: 2, line: 5 })).toEqual({
      row: 1,
      line: 2,
      column: 'book_id',
      code: 'key.repeated',
      severity: 'error',
      value: 'B1',
      message:
        'The same book_id comes again in row 2 (line 5). The last one counts, so this row is not loaded.',
      suggestion: { label: 'Correct one of the two rows, or leave this one out.', value: null },
    });
    expect(repeatedKeyIssue('students', { row: 1, line: 2 }, 'S1', { row: 7, line: 9 })).toMatchObject({
      column: 'student_id',
      message: expect.stringContaining('row 7 (line 9)'),
    });
  });

  it('names a checkout by its parts, not by what joins them', () => {
    const issue = repeatedKeyIssue('checkouts', { row: 1, line: 2 }, 'S1\u001fB1\u001f2026-09-01', {
      row: 2,
      line: 3,
    });
    expect(issue).toMatchObject({ column: null, value: 'S1, B1, 2026-09-01' });
  });
});
