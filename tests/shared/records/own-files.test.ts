import { describe, expect, it } from 'vitest';
import { guarded } from '../../../shared/records/formula-guard.ts';
import { REASONS, REJECTED_LINE, REJECTED_REASONS } from '../../../shared/records/own-files.ts';
import { checkRows, mapHeader, source } from './checking.ts';

const BOOKS = ['book_id', 'title', 'author'];
const MARK = 'accession_row 0b9c1f6e-1111-4222-8333-444455556666/2';

describe('a file of rejected rows', () => {
  it.each([
    ['of the command line', [...BOOKS, REJECTED_LINE, REJECTED_REASONS]],
    ['of the window', [...BOOKS, REASONS, MARK]],
  ])(
    '%s loads its cells as they were before they were guarded, and its own columns surprise nobody',
    (_of, header) => {
      const titles = ['-dash a', "'-said", "O'Hara", '=1'];
      const rows = titles.map((title, at) =>
        source([`B${at}`, guarded(title), '', 'title: Too short.', 'r1-abcd'], at + 1),
      );
      const { accepted, issues } = checkRows('books', header, rows);
      expect(accepted.map(({ record }) => record)).toMatchObject(titles.map((title) => ({ title })));
      expect([...mapHeader('books', header).issues, ...issues]).toEqual([]);
    },
  );

  it('alone is read so: elsewhere an apostrophe is a part of the text', () => {
    const { accepted } = checkRows('books', BOOKS, [source(['B1', "'-dash a", ''])]);
    expect(accepted[0]?.record).toMatchObject({ title: "'-dash a" });
    const one = checkRows('books', [...BOOKS, REJECTED_LINE], [source(['B1', "'-dash a", '', '2'])]);
    expect(one.accepted[0]?.record).toMatchObject({ title: "'-dash a" });
  });
});
