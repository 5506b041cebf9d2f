import { describe, expect, it } from 'vitest';
import { type SavedExtras, savedMappingOf } from '../../../shared/records/save-mapping.ts';
import type { SavedColumn, SavedMapping } from '../../../shared/records/saved-mapping.ts';
import { parseSavedMapping } from '../../../shared/records/saved-mapping.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import { cells, errorOf, mapHeader } from './checking.ts';

const NOTHING_ELSE: SavedExtras = { header: true, encoding: null, delimiter: null, sheet: null, saved: null };

function saved(type: RecordType, columns: Record<string, SavedColumn>): SavedMapping {
  return { version: 1, type, columns };
}

describe('a saved mapping on a file', () => {
  const header = ['Perm ID', 'Grade', 'Out', 'Edad', 'Profesor', 'Lunch'];

  it('decides the columns that it names, and leaves the others to their headings', () => {
    const mapping = mapHeader('students', header, saved('students', { homeroom_teacher: 'Out' }));
    expect(mapping.sources).toEqual({
      student_id: cells(0),
      grade_level: cells(1),
      age: cells(3),
      homeroom_teacher: cells(2),
      lunch_period: cells(5),
    });
    expect(mapping.issues).toMatchObject([
      { code: 'column.left-out', column: 'homeroom_teacher', value: 'Profesor' },
    ]);
  });

  it('finds a heading however it is written, an exact one first', () => {
    const titles = ['TITLE', 'Título', 'title', 'Book ID'];
    const found = (title: SavedColumn) => mapHeader('books', titles, saved('books', { title })).sources.title;
    expect(found('título')).toEqual(cells(1));
    expect(found('title')).toEqual(cells(2));
    expect(found('Title ')).toEqual(cells(0));
    expect(found(['title', 'Titulo', 'title'])).toEqual(cells(2, 1));
    expect(found(2)).toEqual(cells(1));
  });

  it('does not load what it says is not to be loaded, and nobody is warned of it', () => {
    const mapping = mapHeader('books', ['book_id', 'title', 'genre'], saved('books', { genre: null }));
    expect(mapping.sources).toEqual({ book_id: cells(0), title: cells(1) });
    expect(mapping.issues).toEqual([]);
  });

  it('is no cause for a warning where it names what the headings say', () => {
    const mapping = mapHeader('books', ['Barcode', 'Title'], saved('books', { book_id: 'Barcode' }));
    expect(mapping.sources.book_id).toEqual(cells(0));
    expect(mapping.issues).toEqual([]);
  });

  it('lets one column of the file fill two', () => {
    const mapping = mapHeader('books', ['ISBN', 'title'], saved('books', { book_id: 'ISBN' }));
    expect(mapping.sources).toMatchObject({ book_id: cells(0), isbn: cells(0) });
    expect(mapping.issues).toEqual([]);
  });

  it('cannot leave out a column that every record needs', () => {
    const error = errorOf(() => mapHeader('books', ['book_id', 'title'], saved('books', { title: null })));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toContain('columns.title is null, but no record can be loaded without its title.');
  });

  it('says every heading that the file lacks, and that it is for another type', () => {
    const error = errorOf(() =>
      mapHeader(
        'books',
        ['book_id', 'title'],
        saved('books', { author: 'Writer', isbn: 9, genre: ['Kind'] }),
      ),
    );
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toBe(
      'The mapping does not fit file.csv. The file has no heading "Writer" for author. The file has 2 columns, so there is no column 9 for isbn. The file has no heading "Kind" for genre.',
    );
    expect(errorOf(() => mapHeader('students', header, saved('books', {}))).message).toContain(
      'It is for books, but this file is loaded as students.',
    );
  });
});

describe('savedMappingOf', () => {
  it('is what gives the same mapping again', () => {
    const header = ['Perm ID', 'DOB', 'Grad Yr', 'Homeroom', 'Homeroom', '', 'Score', 'Grade'];
    const first = mapHeader(
      'students',
      header,
      saved('students', {
        student_id: ['Perm ID', 6],
        age: { from: 'DOB', derive: 'age-on', date: '2025-09-01', dates: 'month-first' },
        grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year', schoolYearEnds: 2026 },
        lunch_period: { constant: '2' },
      }),
    );
    const kept = savedMappingOf(first, NOTHING_ELSE);
    expect(kept).toEqual(
      saved('students', {
        student_id: ['Perm ID', 6],
        age: { from: 'DOB', derive: 'age-on', date: '2025-09-01', dates: 'month-first' },
        grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year', schoolYearEnds: 2026 },
        homeroom_teacher: [4, 5],
        lunch_period: { constant: '2' },
      }),
    );
    const again = mapHeader('students', header, parseSavedMapping(JSON.stringify(kept), 'x'));
    expect(again.sources).toEqual(first.sources);
    expect(again.dateOrders).toEqual(first.dateOrders);
  });

  it('keeps a column out that its heading would bring back', () => {
    const mapping = mapHeader('books', ['book_id', 'title', 'genre'], saved('books', { genre: null }));
    expect(savedMappingOf(mapping, NOTHING_ELSE).columns).toEqual({
      book_id: 'book_id',
      title: 'title',
      genre: null,
    });
  });

  it('keeps rules that hold for every school year', () => {
    const every = saved('students', {
      age: { from: 'DOB', derive: 'age-on', date: '09-01' },
      grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year' },
    });
    const mapping = mapHeader('students', ['student_id', 'teacher', 'lunch', 'DOB', 'Grad Yr'], every);
    expect(savedMappingOf(mapping, { ...NOTHING_ELSE, saved: every }).columns).toMatchObject(every.columns);
  });

  it('carries how the file is to be opened', () => {
    const mapping = mapHeader('checkouts', ['student_id', 'book_id', 'checkout_date'], {
      ...saved('checkouts', { checkout_date: { dates: 'day-first' } }),
    });
    expect(
      savedMappingOf(mapping, {
        header: false,
        encoding: 'windows-1252',
        delimiter: ';',
        sheet: 'Loans',
        saved: null,
      }),
    ).toEqual({
      version: 1,
      type: 'checkouts',
      header: false,
      encoding: 'windows-1252',
      delimiter: ';',
      sheet: 'Loans',
      columns: {
        student_id: 'student_id',
        book_id: 'book_id',
        checkout_date: { from: 'checkout_date', dates: 'day-first' },
      },
    });
  });
});
