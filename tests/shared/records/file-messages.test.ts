import { describe, expect, it } from 'vitest';
import { encodingName, fileIssues } from '../../../shared/records/file-messages.ts';

const FINE = { rows: 10, encoding: 'utf-8', encodingSure: true, lostCharacters: 0 };

describe('what is said of a file as a whole', () => {
  it('is nothing where nothing is wrong', () => {
    expect(fileIssues('books.csv', 1, FINE)).toEqual([]);
    expect(fileIssues('books.xlsx', 1, FINE, { sheet: 'Books', sheets: ['Books'] })).toEqual([]);
  });

  it('are warnings of the header, at its line, and of the first line where there is no header', () => {
    const [issue] = fileIssues('books.csv', 3, { ...FINE, rows: 0 });
    expect(issue).toEqual({
      row: 0,
      line: 3,
      column: null,
      code: 'csv.no-rows',
      severity: 'warning',
      value: null,
      message: 'books.csv has headings but no rows below them.',
      suggestion: { label: 'Check that the export was not empty.', value: null },
    });
    expect(fileIssues('books.csv', 0, { ...FINE, rows: 0 })[0]).toMatchObject({ row: 0, line: 1 });
  });

  it('names the encoding that was guessed', () => {
    const guessed = { ...FINE, encoding: 'windows-1252', encodingSure: false };
    expect(fileIssues('books.csv', 1, guessed)).toMatchObject([
      {
        code: 'file.encoding-guessed',
        message: 'books.csv is not written in UTF-8; it was read as Windows-1252 (Western European).',
      },
    ]);
  });

  it('counts the places that could not be read', () => {
    const messages = [1, 3].map(
      (lostCharacters) => fileIssues('books.csv', 1, { ...FINE, lostCharacters })[0],
    );
    expect(messages.map((issue) => [issue?.code, issue?.message])).toEqual([
      ['file.characters-lost', 'One place in books.csv could not be read as UTF-8; each shows as \ufffd.'],
      ['file.characters-lost', '3 places in books.csv could not be read as UTF-8; each shows as \ufffd.'],
    ]);
  });

  it('names the sheets that were not read, and counts them past ten', () => {
    const of = (sheets: string[]) => fileIssues('term.xlsx', 1, FINE, { sheet: 'Books', sheets })[0];
    expect(of(['Notes', 'Books', 'Old'])).toMatchObject({
      code: 'file.other-sheets',
      message: 'Only the sheet "Books" of term.xlsx was read. It also has: "Notes", "Old".',
    });
    const many = Array.from({ length: 13 }, (_, i) => `Week ${i + 1}`);
    expect(of(['Books', ...many])?.message).toMatch(/"Week 9", "Week 10" and 3 more\.$/);
  });

  it('is all of it where several things are wrong', () => {
    const facts = { rows: 0, encoding: 'macintosh', encodingSure: false, lostCharacters: 2 };
    const codes = fileIssues('a.csv', 1, facts, { sheet: 'A', sheets: ['A', 'B'] }).map(({ code }) => code);
    expect(codes).toEqual([
      'file.encoding-guessed',
      'file.characters-lost',
      'file.other-sheets',
      'csv.no-rows',
    ]);
  });
});

it('an encoding goes by the name people know, or else by its label', () => {
  expect(['utf-8', 'utf-16le', 'macintosh'].map(encodingName)).toEqual(['UTF-8', 'UTF-16', 'macintosh']);
});
