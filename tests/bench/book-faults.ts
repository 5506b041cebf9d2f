import type { IssueCode } from '../../shared/records/types.ts';
import { BOOK_COLUMNS, type BookCells, type BookColumn } from './invented-book.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One way in which a row of books can be bad. */
export interface BookFault {
  /** What the checker has to say of the row, and of no other. */
  code: IssueCode;
  /** False where it is a warning, with which the row still loads. */
  rejects: boolean;
  /** The record as it stands in the file, without its line end. */
  write(cells: BookCells, random: SeededRandom, otherBookId: string): string;
}

/** A cell as RFC 4180 wants it. */
function written(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function writtenRecord(cells: BookCells): string {
  return BOOK_COLUMNS.map((column) => written(cells[column])).join(',');
}

type Values = readonly [string, ...string[]];

function cellFault(code: IssueCode, rejects: boolean, column: BookColumn, values: Values): BookFault {
  return {
    code,
    rejects,
    write: (cells, random) => writtenRecord({ ...cells, [column]: random.pick(values) }),
  };
}

function error(code: IssueCode, column: BookColumn, ...values: Values): BookFault {
  return cellFault(code, true, column, values);
}

function warning(code: IssueCode, column: BookColumn, ...values: Values): BookFault {
  return cellFault(code, false, column, values);
}

/** A record whose description is written just so, quotation marks and all. Line breaks would make two rows of it. */
function rawDescription(code: IssueCode, description: string): BookFault {
  return {
    code,
    rejects: true,
    write: (cells) =>
      BOOK_COLUMNS.map((column) => (column === 'description' ? description : written(cells[column]))).join(
        ',',
      ),
  };
}

/** More bytes than an index on the genre holds (shared/records/limits.ts). */
const ENDLESS_GENRE = JSON.stringify(Array.from({ length: 160 }, (_, at) => `a very long shelf ${at}`));

/** Each kind of issue that a row of books can have. */
export const BOOK_FAULTS: readonly BookFault[] = [
  error('value.required', 'title', '', '   '),
  error('value.not-a-number', 'page_count', 'about 200', 'many', '1,024'),
  error('value.not-a-number', 'average_rating', '4,2', 'good'),
  error('value.not-whole', 'publication_year', '1998.5'),
  error('value.out-of-range', 'publication_year', '20015', '-4000'),
  error('value.out-of-range', 'page_count', '0', '-12'),
  error('value.out-of-range', 'average_rating', '7.5', '-1'),
  error('value.out-of-range', 'reading_level', '14.2', '330'),
  error('value.not-a-choice', 'difficulty_band', 'middel_school', 'grade 4', 'grown-ups'),
  error('value.too-long', 'genre', ENDLESS_GENRE),
  error('value.forbidden-character', 'book_id', 'BK\u001f17', 'BK-\u001f'),
  rawDescription('csv.cells-surplus', 'A cat, a hat, and no quotation marks around them.'),
  rawDescription('csv.quote-text-after', '"The sign said "closed" and nobody dared to knock."'),
  // What opens here meets the opening quote of a later row, which has text behind it: the reader ends the
  // row at its own line break and reads on.
  rawDescription('csv.quote-text-after', '"A quotation mark that nobody closes'),
  {
    // The last row of an id counts, so it is the earlier one, this, that is bad.
    code: 'key.repeated',
    rejects: true,
    write: (cells, _random, otherBookId) => writtenRecord({ ...cells, book_id: otherBookId }),
  },
  warning('value.old-word', 'difficulty_band', 'easy', 'medium', 'hard'),
  warning('isbn.invalid', 'isbn', '9780306406158', '0-306-40615-3', '12345', 'unknown'),
  warning('isbn.scientific', 'isbn', '9.78043902348e+12', '9.78E+12'),
  warning('value.not-a-list', 'keywords', "['winter', 'ships']", '[maps'),
  {
    code: 'csv.cells-missing',
    rejects: false,
    write: (cells) =>
      BOOK_COLUMNS.slice(0, -2)
        .map((column) => written(cells[column]))
        .join(','),
  },
  { code: 'csv.cells-surplus-blank', rejects: false, write: (cells) => `${writtenRecord(cells)},,` },
];

/** As a spreadsheet of another country writes 4.4: wrong in each row, and put right in all of them by one rule. */
export const DECIMAL_COMMA: BookFault = {
  code: 'value.not-a-number',
  rejects: true,
  write: (cells) => writtenRecord({ ...cells, reading_level: cells.reading_level.replace('.', ',') }),
};
