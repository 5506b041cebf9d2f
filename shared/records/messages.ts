import type { IssueCode, RecordFault, Severity, Suggestion } from './types.ts';

/**
 * Every text that a librarian reads about a cell, a row or a header, in one place.
 *
 * No text repeats what a cell holds: the cell is shown beside it (RowIssue.value), and texts travel to places
 * (a terminal, a log) where a student's teacher or score must not.
 */
export interface Finding {
  code: IssueCode;
  severity: Severity;
  message: string;
  suggestion: Suggestion | null;
}

function error(code: IssueCode, message: string, suggestion: Suggestion | null = null): Finding {
  return { code, severity: 'error', message, suggestion };
}

function warning(code: IssueCode, message: string, suggestion: Suggestion | null = null): Finding {
  return { code, severity: 'warning', message, suggestion };
}

function words(label: string): Suggestion {
  return { label, value: null };
}

function fix(label: string, value: string | null, otherwise: string): Suggestion {
  return value === null ? words(otherwise) : { label, value };
}

// ---------------------------------------------------------------- rows

export function faultyRecord(fault: RecordFault): Finding {
  switch (fault) {
    case 'quote-unclosed':
      return error(
        'csv.quote-unclosed',
        'This row opens a quotation mark that is never closed, so its cells cannot be told apart.',
        words('Close the quotation mark, or write it twice where it belongs to the text.'),
      );
    case 'quote-text-after':
      return error(
        'csv.quote-text-after',
        'In this row a closing quotation mark is followed by more text, so its cells cannot be told apart.',
        words('Write a quotation mark that belongs to the text twice, or remove it.'),
      );
    case 'too-long':
      return error(
        'csv.record-too-long',
        'This row is longer than a row of a table can be: a line break is probably missing.',
        words('Look at this line in a text editor and split it into rows.'),
      );
  }
}

export function cellsMissing(found: number, expected: number): Finding {
  return warning(
    'csv.cells-missing',
    `This row has ${found} of ${expected} cells; the missing ones at its end count as blank.`,
    words('Check that no comma, or whatever stands between the cells, was lost in this row.'),
  );
}

/** `joined`: a cell holds a lone CR, as old Macs ended lines, in a file whose lines end otherwise. */
export function cellsSurplus(found: number, expected: number, joined: boolean): Finding {
  if (joined)
    return error(
      'csv.cells-surplus',
      `This row has ${found} cells, but the heading row has only ${expected}: two rows seem to have run together.`,
      words(
        'Put each on a line of its own in a text editor, or save the list again from the program that made it.',
      ),
    );
  return error(
    'csv.cells-surplus',
    `This row has ${found} cells, but the heading row has only ${expected}.`,
    words('Put quotation marks around a text that holds commas, or whatever stands between the cells.'),
  );
}

export function cellsSurplusBlank(found: number, expected: number): Finding {
  return warning(
    'csv.cells-surplus-blank',
    `This row has ${found} cells, but the heading row has only ${expected}; the others are blank and left out.`,
  );
}

// ---------------------------------------------------------------- header

const LONGEST_HEADING = 80;

/** A heading as a text can show it: on one line, without what a terminal would obey, cut where it is long. */
export function headingText(heading: string): string {
  const line = heading.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= LONGEST_HEADING ? line : `${line.slice(0, LONGEST_HEADING).toWellFormed()}…`;
}

export function unknownColumn(position: number, heading: string, type: string): Finding {
  const title = headingText(heading);
  const what = title === '' ? `Column ${position} has no heading` : `The column "${title}" is not known`;
  return warning('column.unknown', `${what}; it is left out when ${type} are loaded.`);
}

export function repeatedColumn(position: number, label: string): Finding {
  return warning(
    'column.repeated',
    `Column ${position} holds the ${label} a second time; it is used only where the first one is blank or cannot be read.`,
    words('Keep one of the two columns.'),
  );
}

export function synonymUnused(position: number, heading: string, label: string, used: string): Finding {
  return warning(
    'column.synonym-unused',
    `Column ${position} ("${heading}") and the column "${used}" both hold the ${label}; "${heading}" is used only where "${used}" is blank or cannot be read.`,
  );
}

// ---------------------------------------------------------------- cells

/** An earlier cell of the same column could not be read, but a later one could: nothing is lost. */
export function readElsewhere(finding: Finding, heading: string): Finding {
  return {
    code: finding.code,
    severity: 'warning',
    message: `${finding.message} The column "${heading}" is used instead.`,
    suggestion: null,
  };
}

export function valueRequired(label: string): Finding {
  return error('value.required', `The ${label} is missing.`, words(`Fill in the ${label}.`));
}

export function notANumber(label: string, range: string, value: string | null): Finding {
  return error(
    'value.not-a-number',
    `The ${label} must be a number ${range}, written in digits.`,
    fix('Write it as a plain number', value, 'Write the number in digits.'),
  );
}

export function notWhole(label: string, range: string): Finding {
  return error(
    'value.not-whole',
    `The ${label} must be a whole number ${range}.`,
    words('Decide on a whole number.'),
  );
}

export function outOfRange(label: string, range: string): Finding {
  return error('value.out-of-range', `The ${label} must be ${range}.`, words('Check the number.'));
}

export function beforeKindergarten(): Finding {
  return error(
    'value.out-of-range',
    'The grade level starts at kindergarten (K or 0); grades before it cannot be stored.',
    words(
      'Leave pre-kindergarten children out of this file, or write K when the child is in kindergarten now.',
    ),
  );
}

export function notADate(label: string, value: string | null): Finding {
  return error(
    'value.not-a-date',
    `The ${label} must be a date of the calendar, written year-month-day, such as 2026-03-09.`,
    fix('Write it year-month-day', value, 'Write it as year-month-day.'),
  );
}

export function dateOrder(label: string, value: string | null): Finding {
  return error(
    'value.date-order',
    `The ${label} does not show which part is the month and which is the day.`,
    fix(
      'Write it year-month-day',
      value,
      'Say once for this column whether its dates are month/day/year or day/month/year, or write them year-month-day.',
    ),
  );
}

export function returnBeforeCheckout(): Finding {
  return error(
    'return.before-checkout',
    'The return date is earlier than the checkout date.',
    words('Check both dates; leave the return date blank while the book is out.'),
  );
}

export function notAChoice(label: string, choices: readonly string[], value: string | null): Finding {
  return error(
    'value.not-a-choice',
    `The ${label} must be one of: ${choices.join(', ')}.`,
    fix('Use the nearest of them', value, 'Choose one of them, or leave the cell blank.'),
  );
}

export function oldWord(label: string, choices: readonly string[]): Finding {
  return warning(
    'value.old-word',
    `This is an old word for the ${label}; it is kept as it is. The words in use are: ${choices.join(', ')}.`,
    words('Choose one of the words in use.'),
  );
}

export function notAList(label: string, value: string | null): Finding {
  return warning(
    'value.not-a-list',
    `The ${label} begins with [ but is not written as a list, so the whole text counts as one entry.`,
    fix('Write it as a list', value, 'Write it as ["first", "second"].'),
  );
}

export function tooLong(label: string, maxBytes: number): Finding {
  return error(
    'value.too-long',
    `The ${label} is longer than the database can hold (${maxBytes} bytes).`,
    words('Shorten it.'),
  );
}

export function forbiddenCharacter(label: string, value: string | null): Finding {
  return error(
    'value.forbidden-character',
    `The ${label} holds an invisible character that the database cannot store.`,
    fix('Remove the invisible character', value, 'Type the text anew.'),
  );
}

const LOST = `holds the sign \ufffd, which stands for a character that was lost`;

export function lostCharacter(label: string): Finding {
  return warning(
    'value.lost-character',
    `The ${label} ${LOST}.`,
    words('Type the lost character anew, or say in which encoding the file was saved.'),
  );
}

export function lostCharacterInKey(label: string): Finding {
  return error(
    'value.lost-character',
    `The ${label} ${LOST}, so nobody can tell which one it was.`,
    words(`Look the ${label} up and type it anew, or say in which encoding the file was saved.`),
  );
}

export function isbnInvalid(): Finding {
  return warning(
    'isbn.invalid',
    'This is not a valid ISBN: its digits do not fit together. It is left out; the book itself is kept.',
    words('Compare it with the number on the back of the book.'),
  );
}

export function isbnScientific(): Finding {
  return warning(
    'isbn.scientific',
    'A spreadsheet has rounded this ISBN, and its last digits are lost. It is left out; the book itself is kept.',
    words('Format the column as text in the spreadsheet and fill in the ISBN again.'),
  );
}
