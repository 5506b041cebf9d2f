import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../shared/records/columns.ts';
import { headerShape, headingKey, numberedHeader } from '../../../shared/records/headings.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';

describe('headingKey', () => {
  it.each([
    ['ISBN_13', 'isbn13'],
    [' Isbn-13: ', 'isbn13'],
    ['Author(s)', 'authors'],
    ['TÍTULO', 'titulo'],
    ['Ti\u0301tulo', 'titulo'],
    ['Nº de páginas', 'nodepaginas'],
    ['Año', 'ano'],
    ['\ufeffbook_id', 'bookid'],
    ['book\u00a0id', 'bookid'],
    ['#', ''],
    ['', ''],
  ])('makes of %o %o', (heading, key) => {
    expect(headingKey(heading)).toBe(key);
  });
});

describe('headerShape', () => {
  it('is the same however the headings are written', () => {
    expect(headerShape(['Book ID', 'TÍTULO'])).toBe(headerShape(['book_id', 'titulo ']));
  });

  it('tells apart another order, another number of columns and words cut elsewhere', () => {
    const shapes = [['book', 'id'], ['id', 'book'], ['book id'], ['book', 'id', '']].map(headerShape);
    expect(new Set(shapes).size).toBe(4);
  });

  it('stays what is on the disk of every school', () => {
    expect(headerShape(['Perm ID', 'Grad Yr', '', 'Teléfono'])).toBe('permid|gradyr||telefono');
  });
});

it('numbers the columns of a file without headings', () => {
  expect(numberedHeader(2)).toEqual(['Column 1', 'Column 2']);
});

describe.each(RECORD_TYPES)('the headings of %s', (type) => {
  const entries = columnsOf(type).flatMap((column) =>
    [column.name, ...column.synonyms, ...column.substitutes, ...column.substitutesAsWritten].map(
      (heading) => [headingKey(heading), column.name] as const,
    ),
  );

  it('mean one column each', () => {
    const columnOf = new Map<string, string>();
    for (const [key, column] of entries) {
      expect([key, columnOf.get(key) ?? column]).toEqual([key, column]);
      columnOf.set(key, column);
    }
  });

  it('are never blank, nor words that can mean anything', () => {
    const keys = entries.map(([key]) => key);
    for (const word of [
      '',
      'id',
      'no',
      'number',
      'code',
      'codigo',
      'numero',
      'name',
      'date',
      'fecha',
      'due',
      'lexile',
    ]) {
      expect(keys).not.toContain(word);
    }
  });
});
