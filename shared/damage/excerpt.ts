/** Enough to recognise a sentence by; examples cross threads and are kept, so a description is not repeated whole. */
const LONGEST = 120;
const BEFORE_THE_PLACE = 40;
const ELLIPSIS = '…';

/** A text and what becomes of it, both clipped to the first place where they differ. */
export function excerptOfChange(before: string, after: string): { before: string; after: string } {
  let place = 0;
  while (place < before.length && before[place] === after[place]) place += 1;
  return { before: excerptAt(before, place), after: excerptAt(after, place) };
}

/** The part of a text around a place; short texts come back whole. */
export function excerptAt(text: string, place: number): string {
  const from = Math.max(0, Math.min(place - BEFORE_THE_PLACE, text.length - LONGEST));
  const to = Math.min(text.length, from + LONGEST);
  const part = text.slice(from, to).toWellFormed();
  return `${from > 0 ? ELLIPSIS : ''}${part}${to < text.length ? ELLIPSIS : ''}`;
}
