import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsbn10, isIsbn13, readIsbn } from '../../../shared/records/isbn.ts';

describe('readIsbn', () => {
  it.each([
    ['0439023483', '0439023483', false],
    ['9780439023481', '9780439023481', false],
    ['978-0-439-02348-1', '9780439023481', false],
    ['0 439 02348 3', '0439023483', false],
    ['978–0–439–02348–1', '9780439023481', false],
    ['080442957x', '080442957X', false],
    ['439023483', '0439023483', true],
    ['439023483.0', '0439023483', true],
    ['80442957X', '080442957X', true],
    ['7442912', '0007442912', true],
  ])('reads %o as %s, zero restored: %o', (cell, isbn, zeroRestored) => {
    expect(readIsbn(cell)).toEqual({ state: 'value', value: { isbn, zeroRestored }, finding: null });
  });

  it.each([
    ['0439023484', 'isbn.invalid'],
    ['9780439023482', 'isbn.invalid'],
    ['439023484', 'isbn.invalid'],
    ['4006381333931', 'isbn.invalid'],
    ['780439023481', 'isbn.invalid'],
    ['0', 'isbn.invalid'],
    ['none', 'isbn.invalid'],
    ['43902X483', 'isbn.invalid'],
    ['9.78043902348e+12', 'isbn.scientific'],
    ['9,78043902348E+12', 'isbn.scientific'],
    ['9.78E12', 'isbn.scientific'],
    ['4e8', 'isbn.scientific'],
  ])('drops %o with the warning %s', (cell, code) => {
    expect(readIsbn(cell)).toMatchObject({ state: 'invalid', finding: { code, severity: 'warning' } });
  });

  it('gives nothing but what its check digit proves', () => {
    const cells = fc.stringMatching(/^[0-9]{5,14}[xX]?$/);
    fc.assert(
      fc.property(cells, (cell) => {
        const read = readIsbn(cell);
        if (read.state === 'invalid') return;
        expect(isIsbn10(read.value.isbn) || isIsbn13(read.value.isbn)).toBe(true);
        expect(read.value.isbn.endsWith(cell.toUpperCase())).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds every single wrong digit', () => {
    const position = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const digits = [...'0439023483'];
        digits[at] = String((Number(digits[at]) + shift) % 10);
        expect(isIsbn10(digits.join(''))).toBe(false);
      }),
    );
  });
});
