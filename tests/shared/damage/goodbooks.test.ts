import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/damage/diagnose.ts';
import { repairCell } from '../../../shared/damage/repairs.ts';
import type { ColumnMapping } from '../../../shared/records/types.ts';
import { summarise } from './examining.ts';

/** 10,000 real books after a spreadsheet; not part of the product, so it may be absent. */
const FILE = fileURLToPath(new URL('../../../../shared/data/goodbooks_10k_books.csv', import.meta.url));
const absent = !existsSync(FILE);
const name = absent
  ? 'the damage in 10,000 real books (skipped: no ../shared/data beside the project)'
  : 'the damage in 10,000 real books';

function readBooks(): { mapping: ColumnMapping; rows: string[][] } {
  const text = readFileSync(FILE, 'utf8').trimEnd();
  const [header = [], ...rows] = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data;
  const at = (heading: string) => ({ kind: 'cells' as const, positions: [header.indexOf(heading)] });
  const sources = {
    book_id: at('book_id'),
    isbn: { kind: 'cells' as const, positions: [header.indexOf('isbn'), header.indexOf('isbn13')] },
    author: at('authors'),
    publication_year: at('original_publication_year'),
    title: at('title'),
    average_rating: at('average_rating'),
  };
  return { mapping: { type: 'books', header, sources, dateOrders: {}, issues: [] }, rows };
}

describe.skipIf(absent)(name, () => {
  it('is explained column by column, and nothing else is found', () => {
    const { mapping, rows } = readBooks();
    const findings = diagnose(summarise(mapping, rows), mapping);
    expect(findings.map(({ heading, kind, cells, certainty }) => [heading, kind, cells, certainty])).toEqual([
      ['isbn', 'isbn-leading-zero', 6587, 'proved'],
      ['isbn13', 'isbn-leading-zero', 1, 'proved'],
      ['isbn13', 'isbn-scientific', 9410, 'lost'],
    ]);
    const [zeros, , scientific] = findings;
    expect(zeros?.explanation).toContain('Of 9,300 filled cells, 6,587 are too short');
    expect(zeros?.examples[0]).toEqual({ row: 1, before: '439023483', after: '0439023483' });
    expect(scientific?.explanation).toContain('9,410 of 9,415 filled cells');
    expect(scientific?.examples[0]).toEqual({ row: 1, before: '9.78043902348e+12', after: null });
  });

  it('is repaired in exactly the cells that were counted', () => {
    const { mapping, rows } = readBooks();
    for (const finding of diagnose(summarise(mapping, rows), mapping)) {
      const repaired = rows.filter((row) => repairCell(finding, row[finding.position] ?? '') !== null);
      expect(repaired).toHaveLength(finding.certainty === 'proved' ? finding.cells : 0);
    }
  });
});
