import { amount, figure, verb } from '../amounts.ts';
import type { DamageText, Diagnosis, Place } from './diagnosis.ts';

const OPEN_AS_TEXT =
  'Load the file as your library system exported it, without opening it in a spreadsheet first. If you must open ' +
  'it there, do not double-click it: import it (Data → From Text/CSV) and set this column to Text.';

/** The words for numbers, ids and dates that a spreadsheet spoiled; null for other kinds. */
export function spoiledNumberText(diagnosis: Diagnosis, place: Place): DamageText | null {
  switch (diagnosis.kind) {
    case 'isbn-leading-zero':
      return isbnLeadingZero(diagnosis, place);
    case 'isbn-scientific':
      return isbnScientific(diagnosis, place);
    case 'scientific-notation':
      return scientificNotation(diagnosis, place);
    case 'id-leading-zero':
      return idLeadingZero(diagnosis, place);
    case 'decimal-tail':
      return diagnosis.certainty === 'proved'
        ? isbnDecimalTail(diagnosis, place)
        : idDecimalTail(diagnosis, place);
    case 'date-serial':
      return dateSerial(diagnosis, place);
    case 'turned-into-date':
      return turnedIntoDate(diagnosis, place);
    default:
      return null;
  }
}

function isbnLeadingZero({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'ISBN')} in ${name} lost the zeros in front`,
    explanation:
      `A spreadsheet took the ISBNs for numbers, and numbers do not begin with a zero. Of ${amount(filled, 'filled cell')}, ` +
      `${figure(cells)} ${verb(cells, 'is', 'are')} too short for an ISBN-10 by the missing zeros. With the zeros back, the last ` +
      `character, the check digit, fits the others: that proves each repair. You need not do anything: the loader puts ` +
      `these zeros back by itself. Short numbers whose check digit does not fit are left as they are.`,
    advice: OPEN_AS_TEXT,
  };
}

function isbnScientific({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'ISBN')} in ${name} lost ${verb(cells, 'its', 'their')} last digits`,
    explanation:
      `A spreadsheet took the ISBNs for numbers, found them too long to show, and saved a rounded form with an E in it ` +
      `(scientific notation). This happened to ${figure(cells)} of ${amount(filled, 'filled cell')}. The last digits are gone from the ` +
      `file, and the check digit with them. Even where enough digits seem to be there, nothing shows whether the last ` +
      `ones are right or rounded: so they are never turned into an ISBN, which could be that of another book. The ` +
      `books load without ${verb(cells, 'this ISBN', 'these ISBNs')}, ` +
      `or with the one from another ISBN column of the file where there is one.`,
    advice:
      'Export the list again from where the ISBNs are still whole. In this file they cannot be brought back: ' +
      `formatting the column as a number shows zeros in place of the lost digits. ${OPEN_AS_TEXT}`,
  };
}

function scientificNotation({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'cell')} in ${name} ${verb(cells, 'was', 'were')} turned into scientific notation`,
    explanation:
      `A spreadsheet took the text for a number and saved it in a rounded form with an E in it; this happened to ${figure(cells)} of ` +
      `${amount(filled, 'filled cell')}. It does so with long numbers, whose last digits are then lost, and with codes that hold ` +
      `an E between digits. What stood there before cannot be known from this file, and different numbers may now look alike. ` +
      `So nothing is repaired.`,
    advice: `Take these values from the original list again. ${OPEN_AS_TEXT}`,
  };
}

function idLeadingZero({ cells, beside, repair }: Diagnosis, { name }: Place): DamageText {
  const length = repair?.kind === 'id-leading-zero' ? repair.length : 0;
  return {
    title: `${amount(cells, 'number')} in ${name} may have lost the zeros in front`,
    explanation:
      `${amount(beside, 'number')} in this column ${verb(beside, 'has', 'have')} exactly ${length} digits, and some of them begin with a zero; only ` +
      `${figure(cells)} ${verb(cells, 'is', 'are')} shorter, and none is longer. So a spreadsheet has probably taken zeros away. This is likely, but not ` +
      `proved: unlike an ISBN, such a number has no check digit, and a short one may be right. Look at the examples, then ` +
      `decide; the repair fills the short numbers with zeros up to ${length} digits.`,
    advice: OPEN_AS_TEXT,
  };
}

function isbnDecimalTail({ cells }: Diagnosis, { name }: Place): DamageText {
  return {
    title: `${amount(cells, 'ISBN')} in ${name} ${verb(cells, 'was', 'were')} turned into ${verb(cells, 'a decimal number', 'decimal numbers')}`,
    explanation:
      `A program took the ISBNs for decimal numbers and wrote a point and a zero behind them. Without these the check digit ` +
      `fits, which proves the repair. You need not do anything: the loader reads ${verb(cells, 'this cell', 'these cells')} rightly by itself.`,
    advice: OPEN_AS_TEXT,
  };
}

function idDecimalTail({ cells, beside }: Diagnosis, { name }: Place): DamageText {
  const others =
    beside === 0
      ? 'Every number in this column ends so, which speaks for it.'
      : `${amount(beside, 'other number')} in this column ${verb(beside, 'does', 'do')} not end so: make sure that two ids do not become the same.`;
  return {
    title: `${amount(cells, 'id')} in ${name} ${verb(cells, 'ends', 'end')} in a point and a zero`,
    explanation:
      `A program has probably taken the ids for decimal numbers; many do so where a column has empty cells. ${others} It is ` +
      `not proved: if an id began with zeros, they are gone as well, and nothing in the cell shows it. The repair takes ` +
      `the point and the zero away and nothing else.`,
    advice: OPEN_AS_TEXT,
  };
}

function dateSerial({ cells, beside }: Diagnosis, { name }: Place): DamageText {
  const others =
    beside === 0
      ? 'This is so in every filled cell of the column.'
      : `${amount(beside, 'other cell')} in the column ${verb(beside, 'is', 'are')} written otherwise.`;
  return {
    title: `${amount(cells, 'date')} in ${name} became ${verb(cells, 'a number', 'numbers')}`,
    explanation:
      `A spreadsheet keeps a date as the number of days since the beginning of 1900, and here it saved that number ` +
      `instead of the date. ${others} The repair counts the days back. It is a suggestion, not a proof: a ` +
      `spreadsheet made on an old Mac may count from 1904, and its dates would come out four years and a day too ` +
      `early. Compare one of the examples with a date that you know.`,
    advice:
      'In the spreadsheet, format the column as a date, best as year-month-day, before you save it as CSV.',
  };
}

function turnedIntoDate({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'cell')} in ${name} ${verb(cells, 'was', 'were')} turned into ${verb(cells, 'a date', 'dates')}`,
    explanation:
      `A spreadsheet takes what looks like a day and a month for a date: 5-4, 4/5, and in some countries 4.5. Here it did so ` +
      `with ${figure(cells)} of ${amount(filled, 'filled cell')}. Which of these was typed, and which part came first, the date does not show ` +
      `any more. So nothing is repaired.`,
    advice: `Type these values again from the original list. ${OPEN_AS_TEXT}`,
  };
}
