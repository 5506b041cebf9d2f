import type { ColumnMapping } from '../records/types.ts';
import type { ColumnSummary, Sign, SignSummary } from './column-summary.ts';
import type { Diagnosis } from './diagnosis.ts';
import { textOf } from './diagnosis-texts.ts';
import type { DamageFinding } from './finding.ts';
import { diagnoseIds } from './id-zeros.ts';
import { DAMAGE_KINDS } from './kinds.ts';
import { columnAt } from './roles.ts';
import { USUAL_DATE_SYSTEM } from './spreadsheet-dates.ts';

/**
 * What damage a file's columns show, column by column, explained. `summaries` are those of the whole file, merged.
 * A file that no spreadsheet has harmed gives an empty list.
 */
export function diagnose(summaries: readonly ColumnSummary[], mapping: ColumnMapping): DamageFinding[] {
  return summaries.flatMap((summary) => {
    const heading = mapping.header[summary.position]?.trim() ?? '';
    const column = columnAt(mapping, summary.position);
    return diagnoseColumn(summary).map((diagnosis) => ({
      kind: diagnosis.kind,
      column,
      position: summary.position,
      heading,
      cells: diagnosis.cells,
      certainty: diagnosis.certainty,
      ...textOf(diagnosis, {
        name: heading === '' ? `column ${summary.position + 1}` : `"${heading}"`,
        filled: summary.cells,
        loaded: column !== null,
      }),
      examples: diagnosis.examples,
      repair: diagnosis.repair,
    }));
  });
}

function diagnoseColumn(summary: ColumnSummary): Diagnosis[] {
  const found = [
    isbnZeros(summary),
    lost(summary, 'isbn-scientific'),
    lost(summary, 'scientific-notation'),
    diagnoseIds(summary),
    decimalTail(summary),
    dateSerials(summary),
    lost(summary, 'turned-into-date'),
    mojibake(summary),
    lost(summary, 'lost-characters'),
    textCut(summary, 'text-cut-255', 255, 2),
    textCut(summary, 'text-cut-32767', 32_767, 1),
  ].filter((diagnosis) => diagnosis !== null);
  return found.sort((a, b) => DAMAGE_KINDS.indexOf(a.kind) - DAMAGE_KINDS.indexOf(b.kind));
}

const NO_CELLS: SignSummary = { cells: 0, examples: [] };

function signOf(summary: ColumnSummary, sign: Sign): SignSummary {
  return summary.signs[sign] ?? NO_CELLS;
}

function isbnZeros(summary: ColumnSummary): Diagnosis | null {
  const { cells, examples } = signOf(summary, 'isbn-leading-zero');
  if (cells === 0) return null;
  const kind = 'isbn-leading-zero';
  return { kind, cells, examples, certainty: 'proved', repair: { kind }, beside: 0 };
}

function lost(
  summary: ColumnSummary,
  kind: 'isbn-scientific' | 'scientific-notation' | 'turned-into-date' | 'lost-characters',
): Diagnosis | null {
  const { cells, examples } = signOf(summary, kind);
  if (cells === 0) return null;
  return { kind, cells, examples, certainty: 'lost', repair: null, beside: 0 };
}

/**
 * `1042.0` as an id is only a suggestion: that a program took the column for decimal numbers is likely, but a
 * zero at the front would be gone, too, and nobody could tell. One `10.5` in the column shows that its points belong there.
 * Of an ISBN the check digit proves it.
 */
function decimalTail(summary: ColumnSummary): Diagnosis | null {
  const { cells, examples } = signOf(summary, 'decimal-tail');
  if (cells === 0 || signOf(summary, 'fraction').cells > 0) return null;
  const isIsbn = summary.role === 'isbn';
  return {
    kind: 'decimal-tail',
    cells,
    examples,
    certainty: isIsbn ? 'proved' : 'suggested',
    repair: { kind: isIsbn ? 'isbn-decimal-tail' : 'id-decimal-tail' },
    beside: summary.digits.reduce((sum, digits) => sum + digits.cells, 0),
  };
}

function dateSerials(summary: ColumnSummary): Diagnosis | null {
  const { cells, examples } = signOf(summary, 'date-serial');
  if (cells === 0) return null;
  const kind = 'date-serial';
  const repair = { kind, system: USUAL_DATE_SYSTEM } as const;
  return { kind, cells, examples, certainty: 'suggested', repair, beside: summary.cells - cells };
}

/** Cells that are garbled only in part are told with the others; where there are no others, nothing can be repaired. */
function mojibake(summary: ColumnSummary): Diagnosis | null {
  const proved = signOf(summary, 'mojibake');
  const mixed = signOf(summary, 'mojibake-mixed');
  const kind = 'mojibake';
  if (proved.cells > 0) {
    const { cells, examples } = proved;
    return { kind, cells, examples, certainty: 'proved', repair: { kind }, beside: mixed.cells };
  }
  if (mixed.cells === 0) return null;
  return { kind, ...mixed, certainty: 'suggested', repair: null, beside: 0 };
}

/** A longer text in the same column shows that nothing cut the column; a single one of 255 may be chance. */
function textCut(
  summary: ColumnSummary,
  kind: 'text-cut-255' | 'text-cut-32767',
  length: number,
  fewest: number,
): Diagnosis | null {
  const { cells, examples } = signOf(summary, kind);
  if (cells < fewest || summary.longest > length) return null;
  return { kind, cells, examples, certainty: 'lost', repair: null, beside: 0 };
}
