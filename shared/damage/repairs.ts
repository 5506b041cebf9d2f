import { type CellSign, isbnSign, keySign } from './cell-signs.ts';
import type { DamageFinding } from './finding.ts';
import { MOST_LOST_ZEROS } from './id-zeros.ts';
import { repairMojibake } from './mojibake.ts';
import { likelySerial, serialToIsoDate } from './spreadsheet-dates.ts';

/**
 * The text that a finding puts in place of a cell of its column, or null: leave it as it is. Takes the raw cell:
 * the second half of a garbled `à` is a no-break space, which trimming would take away. Repairing a repaired cell
 * changes nothing.
 * Does no more than its finding says: sound cells and cells with other damage come back as null.
 */
export function repairCell(finding: Pick<DamageFinding, 'repair'>, cell: string): string | null {
  const { repair } = finding;
  if (repair === null) return null;
  const trimmed = cell.trim();
  switch (repair.kind) {
    case 'isbn-leading-zero':
      return afterOf('isbn-leading-zero', isbnSign(trimmed));
    case 'isbn-decimal-tail':
      return afterOf('decimal-tail', isbnSign(trimmed));
    case 'id-leading-zero':
      return isShort(trimmed, repair.length) ? trimmed.padStart(repair.length, '0') : null;
    case 'id-decimal-tail':
      return afterOf('decimal-tail', keySign(trimmed));
    case 'date-serial': {
      const serial = likelySerial(trimmed);
      return serial === null ? null : serialToIsoDate(serial, repair.system);
    }
    case 'mojibake':
      return repairMojibake(cell);
  }
}

const ALL_DIGITS = /^\d+$/;

function isShort(id: string, length: number): boolean {
  return ALL_DIGITS.test(id) && id.length < length && id.length >= length - MOST_LOST_ZEROS;
}

function afterOf(sign: CellSign['sign'], found: CellSign | null): string | null {
  return found?.sign === sign ? found.after : null;
}
