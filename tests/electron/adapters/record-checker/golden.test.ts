import { expect, it } from 'vitest';
import { publishedHashJson } from '../../../../shared/records/hashes.ts';
import { isIsbn10, isIsbn13 } from '../../../../shared/records/isbn.ts';
import type { BookRecord, CheckedRow, IssueCode } from '../../../../shared/records/types.ts';
import { type CheckedFile, checkFile, describeWithSampleData, goldenHashes, hasher } from './sample-data.ts';

function books(file: CheckedFile): BookRecord[] {
  return file.accepted.map((row) => (row as CheckedRow<'books'>).record);
}

/** Two decimals as NUMERIC(4,2) keeps them; the samples have at most one, so nothing is rounded. */
function storedLevel(level: number | null): string | null {
  return level === null ? null : level.toFixed(2);
}

describeWithSampleData('the hashes that the original services wrote', () => {
  it.each([
    ['catalog_sample.csv', 'catalog_content_hash.csv', 341],
    ['catalog_openlibrary_sample.csv', 'catalog_openlibrary_content_hash.csv', 241],
    ['students_sample.csv', 'students_content_hash.csv', 25],
    ['checkouts_sample.csv', 'checkout_content_hash.csv', 160],
  ])('of %s equal ours, row by row', async (name, golden, rows) => {
    const checked = await checkFile(name);
    expect(checked.issues).toEqual([]);
    const ours = new Map(checked.accepted.map((row) => [row.key, row.contentHash]));
    expect(ours.size).toBe(rows);
    expect(ours).toEqual(await goldenHashes(golden));
  });

  it.each([
    ['catalog_sample.csv', 'book_embeddings_content_hash.csv', 341],
    ['catalog_openlibrary_sample.csv', 'book_embeddings_openlibrary_content_hash.csv', 241],
  ])('of the published books of %s equal ours', async (name, golden, rows) => {
    const ours = books(await checkFile(name)).map((book): [string, string] => {
      const json = publishedHashJson({
        title: book.title,
        author: book.author,
        genre: book.genre,
        description: book.description,
        readingLevel: storedLevel(book.reading_level),
        difficultyBand: book.difficulty_band,
        publicationYear: book.publication_year,
      });
      return [book.book_id, hasher.sha256Hex(json)];
    });
    expect(ours).toHaveLength(rows);
    expect(new Map(ours)).toEqual(await goldenHashes(golden));
  });
});

describeWithSampleData('goodbooks_10k_books.csv', () => {
  it('is accepted whole, with 9,277 proven ISBNs and none from scientific notation', async () => {
    const checked = await checkFile('goodbooks_10k_books.csv');
    expect(checked.type).toBe('books');
    expect(checked.accepted).toHaveLength(10_000);
    expect(checked.rejected).toBe(0);

    const isbns = books(checked).flatMap((book) => (book.isbn ? [book.isbn] : []));
    expect(isbns).toHaveLength(9_277);
    expect(isbns.filter((isbn) => !isIsbn10(isbn) && !isIsbn13(isbn))).toEqual([]);
    expect(checked.isbnZerosRestored).toBe(6_587);
    const asTheyWere = checked.accepted.filter((row) => {
      const { isbn } = (row as CheckedRow<'books'>).record;
      return isbn !== '' && row.cells.includes(isbn ?? '');
    });
    expect(asTheyWere).toHaveLength(2_690);

    const count = (code: IssueCode) => checked.issues.filter((issue) => issue.code === code).length;
    expect(count('isbn.invalid')).toBe(23);
    expect(checked.issues.every((issue) => issue.severity === 'warning' && issue.column === 'isbn')).toBe(
      true,
    );
    expect(count('isbn.invalid') + count('isbn.scientific')).toBe(checked.issues.length);
  });
});
