import { booksText, createChecker, NO_EDITS, openedTexts, rangesOf } from './opened-texts.ts';

/* A program that checks on threads and forgets to close them: it has to end nevertheless. */

const texts = openedTexts();
const books = await texts.open('books', booksText(5_000));
const ranges = await rangesOf(createChecker(2), books, { edits: NO_EDITS });
await texts.remove();
process.stdout.write(String(ranges.length));
