import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Repair } from '../../../shared/damage/finding.ts';
import { repairCell } from '../../../shared/damage/repairs.ts';

const ID_OF_SIX: Repair = { kind: 'id-leading-zero', length: 6 };
const DATES: Repair = { kind: 'date-serial', system: 1900 };
const MAC_DATES: Repair = { kind: 'date-serial', system: 1904 };
const ISBN_ZERO: Repair = { kind: 'isbn-leading-zero' };
const ISBN_TAIL: Repair = { kind: 'isbn-decimal-tail' };
const ID_TAIL: Repair = { kind: 'id-decimal-tail' };
const MOJIBAKE: Repair = { kind: 'mojibake' };

describe('repairCell', () => {
  it.each<[Repair, string, string]>([
    [ISBN_ZERO, '439023483', '0439023483'],
    [ISBN_ZERO, ' 80442957x ', '080442957X'],
    [ISBN_ZERO, '439023483.0', '0439023483'],
    [ISBN_TAIL, '9780439023481.0', '9780439023481'],
    [ID_OF_SIX, '4211', '004211'],
    [ID_OF_SIX, ' 211', '000211'],
    [ID_TAIL, '1042.0', '1042'],
    [DATES, '46090', '2026-03-09'],
    [DATES, '46090.5', '2026-03-09'],
    [MAC_DATES, '44628', '2026-03-09'],
    [MOJIBAKE, 'CafÃ©', 'Café'],
    [MOJIBAKE, 'voilÃ\u00a0', 'voilà'],
  ])('with %o puts right %j: %j', (repair, cell, repaired) => {
    expect(repairCell({ repair }, cell)).toBe(repaired);
  });

  it.each<[Repair | null, string]>([
    [null, '439023483'],
    [ISBN_ZERO, '0439023483'],
    [ISBN_ZERO, '439023484'],
    [ISBN_ZERO, '9.78043902348e+12'],
    [ISBN_ZERO, '9.780439023481E+12'],
    [ISBN_ZERO, '9780439023481.0'],
    [ISBN_TAIL, '439023483'],
    [ISBN_TAIL, '9780439023482.0'],
    [ID_OF_SIX, '004211'],
    [ID_OF_SIX, '21'],
    [ID_OF_SIX, '1234567'],
    [ID_OF_SIX, 'B211'],
    [ID_OF_SIX, ''],
    [ID_TAIL, '1042'],
    [ID_TAIL, '1.000'],
    [ID_TAIL, '10.5'],
    [DATES, '2026-03-09'],
    [DATES, '20260309'],
    [MOJIBAKE, 'CafÃ© José'],
    [MOJIBAKE, 'JOSÉ’S'],
  ])('with %o leaves %j as it is', (repair, cell) => {
    expect(repairCell({ repair }, cell)).toBeNull();
  });

  it('changes nothing that it has repaired', () => {
    const repairs = fc.constantFrom(ISBN_ZERO, ISBN_TAIL, ID_OF_SIX, ID_TAIL, DATES, MAC_DATES, MOJIBAKE);
    const cells = fc.oneof(
      fc.stringMatching(/^ ?[0-9]{3,14}(\.0{1,2})?X? ?$/),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('CafÃ©', 'CafÃƒÂ©', 'ÃƒÃ\u0192Ã‚Â©'),
    );
    fc.assert(
      fc.property(repairs, cells, (repair, cell) => {
        const repaired = repairCell({ repair }, cell);
        if (repaired !== null) expect(repairCell({ repair }, repaired)).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});
