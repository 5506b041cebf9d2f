import { amount, figure, verb } from '../amounts.ts';
import type { DamageText, Diagnosis, Place } from './diagnosis.ts';

const SAVE_AS_UTF8 =
  'Save from the spreadsheet as "CSV UTF-8 (comma delimited)", and where a program asks for the encoding of a ' +
  'file (or its origin), choose UTF-8.';

/** The words for texts that were garbled or cut. */
export function spoiledTextText(diagnosis: Diagnosis, place: Place): DamageText {
  switch (diagnosis.kind) {
    case 'mojibake':
      return diagnosis.repair ? garbled(diagnosis, place) : garbledInPart(diagnosis, place);
    case 'lost-characters':
      return lostCharacters(diagnosis, place);
    case 'text-cut-32767':
      return cutByCell(diagnosis, place);
    default:
      return cutAt255(diagnosis, place);
  }
}

const WHAT_GARBLES =
  'A program saved the text in the encoding UTF-8, and another one read it as Windows-1252: so every accented letter or ' +
  'curly quotation mark became two or three strange characters.';

function garbled({ cells, beside }: Diagnosis, { name }: Place): DamageText {
  const mixed =
    beside === 0
      ? ''
      : ` ${amount(beside, 'other cell')} ${verb(beside, 'holds', 'hold')} such characters next to sound ones; there it is not proved, and nothing is changed.`;
  return {
    title: `${amount(cells, 'text')} in ${name} ${verb(cells, 'has', 'have')} garbled letters`,
    explanation:
      `${WHAT_GARBLES} In ${amount(cells, 'cell')} it is proved: read back the same way, all of these characters become ` +
      `proper letters, and they could not have been meant as they stand. The repair turns them back.${mixed}`,
    advice: SAVE_AS_UTF8,
  };
}

function garbledInPart({ cells }: Diagnosis, { name }: Place): DamageText {
  return {
    title: `${amount(cells, 'text')} in ${name} ${verb(cells, 'has', 'have')} some garbled letters`,
    explanation:
      `${WHAT_GARBLES} But ${verb(cells, 'this cell holds', 'these cells hold')} sound letters as well, which such a ` +
      `mistake would have garbled, too: text from two sources was probably put together. That is no proof of what ` +
      `stood there, so nothing is changed; correct ${verb(cells, 'the cell', 'the cells')} by hand.`,
    advice: SAVE_AS_UTF8,
  };
}

function lostCharacters({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'text')} in ${name} lost ${verb(cells, 'a letter', 'letters')}`,
    explanation:
      `A program could not write some letters, mostly accented ones, and put a question mark or the sign � in ` +
      `their place. Of ${amount(filled, 'filled cell')}, ${figure(cells)} ${verb(cells, 'holds', 'hold')} this sign ` +
      `or a question mark within a word. Which letter it was is gone from the file, so nothing is repaired. There ` +
      `may be more: a question mark at the end of a word is not counted, because it may be a real one.`,
    advice: `Export the list again. ${SAVE_AS_UTF8}`,
  };
}

function cutAt255({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'text')} in ${name} ${verb(cells, 'was', 'were')} probably cut at 255 characters`,
    explanation:
      `${figure(cells)} of ${amount(filled, 'text')} ${verb(cells, 'is', 'are')} exactly 255 characters long, and none is longer. That is the most that old ` +
      `spreadsheet formats and text fields of databases hold; the rest of the text was dropped and is not in this file. ` +
      `The texts load as they are.`,
    advice:
      'Export the list again as CSV directly from the library system, not by way of an old Excel format (.xls) or Access.',
  };
}

function cutByCell({ cells }: Diagnosis, { name, filled }: Place): DamageText {
  return {
    title: `${amount(cells, 'text')} in ${name} ${verb(cells, 'was', 'were')} probably cut at 32,767 characters`,
    explanation:
      `A spreadsheet cell holds at most 32,767 characters. ${figure(cells)} of ${amount(filled, 'text')} ${verb(cells, 'is', 'are')} exactly so long, and none is longer: ` +
      `the rest of the text was dropped and is not in this file. The texts load as they are.`,
    advice: 'Export the list again as CSV and load it without opening it in a spreadsheet.',
  };
}
