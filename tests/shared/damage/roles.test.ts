import { describe, expect, it } from 'vitest';
import { columnAt, columnRoles } from '../../../shared/damage/roles.ts';
import { COLUMNS } from '../../../shared/records/columns.ts';
import type { ColumnMapping } from '../../../shared/records/types.ts';
import { mappingOf } from './examining.ts';

describe('columnRoles', () => {
  it('knows a role for every column of every type', () => {
    for (const type of ['books', 'students', 'checkouts'] as const) {
      const header = Object.keys(COLUMNS[type]);
      expect(columnRoles(mappingOf(type, header))).not.toContain('unmapped');
    }
  });

  it('takes unmapped columns for ids or ISBNs only where their headings say so', () => {
    const header = [
      'Barcode',
      'accession_no',
      'copy id',
      'ID',
      'ISBN (print)',
      'paid',
      'image_url',
      'ratings_count',
    ];
    expect(columnRoles(mappingOf('books', header, header))).toEqual([
      'key',
      'key',
      'key',
      'key',
      'isbn',
      'unmapped',
      'unmapped',
      'unmapped',
    ]);
  });

  it('gives every cell that may hold a column the role of that column', () => {
    const mapping: ColumnMapping = {
      ...mappingOf('books', ['isbn', 'isbn13', 'year']),
      sources: {
        isbn: { kind: 'cells', positions: [0, 1] },
        publication_year: { kind: 'cells', positions: [2] },
        genre: { kind: 'constant', value: 'fiction' },
      },
    };
    expect(columnRoles(mapping)).toEqual(['isbn', 'isbn', 'year']);
    expect(columnAt(mapping, 1)).toBe('isbn');
    expect(columnAt(mapping, 3)).toBeNull();
  });

  it('takes the birth date behind an age for a date, and the year behind a grade for a year', () => {
    const mapping: ColumnMapping = {
      ...mappingOf('students', ['born', 'class of']),
      sources: {
        age: { kind: 'derived', position: 0, rule: { kind: 'age-on', date: '2026-09-01' } },
        grade_level: {
          kind: 'derived',
          position: 1,
          rule: { kind: 'grade-from-graduation-year', schoolYearEnds: 2027 },
        },
      },
    };
    expect(columnRoles(mapping)).toEqual(['date', 'year']);
    expect(columnAt(mapping, 0)).toBe('age');
  });

  it('lets a cell that is also read as it stands decide over what is worked out from it', () => {
    const mapping: ColumnMapping = {
      ...mappingOf('students', ['born']),
      sources: {
        age: { kind: 'derived', position: 0, rule: { kind: 'age-on', date: '2026-09-01' } },
        homeroom_teacher: { kind: 'cells', positions: [0] },
      },
    };
    expect(columnRoles(mapping)).toEqual(['text']);
    expect(columnAt(mapping, 0)).toBe('homeroom_teacher');
  });
});
