import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { fileTexts } from '../../texts/load-file.ts';

const texts = fileTexts.reading;

type Reading = NonNullable<DraftFileView['reading']>;

/** In one line: `UTF-8 · comma · headings`. */
export function readingWords({ encoding, encodingSure, delimiter, sheet, header }: Reading): string {
  const name = encodingWords(encoding);
  return [
    // A workbook says by itself how its letters are stored.
    ...(sheet === null ? [encodingSure ? name : texts.summary.guessed(name)] : []),
    sheet === null ? delimiterWords(delimiter).toLowerCase() : texts.summary.sheet(sheet),
    header ? texts.summary.headings : texts.summary.noHeadings,
  ].join(' · ');
}

/** What people call an encoding; one that is not among the usual ones goes by its label. */
export function encodingWords(label: string): string {
  return texts.encodings.find(({ value }) => value === label.toLowerCase())?.words ?? label;
}

export function delimiterWords(sign: string): string {
  return texts.delimiters.find(({ value }) => value === sign)?.words ?? texts.otherDelimiter(sign);
}
