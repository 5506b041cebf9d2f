import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guarded, unguarded } from '../../../shared/records/formula-guard.ts';

it('an apostrophe stands before what a spreadsheet would run, and nowhere else', () => {
  const texts = ['=1+1', '+1', '-dash a', '@home', '\tx', '\rx', "'-said", 'plain', "O'Hara", "'tis", ''];
  expect(texts.map(guarded)).toEqual([
    ...["'=1+1", "'+1", "'-dash a", "'@home", "'\tx", "'\rx"],
    ...["''-said", 'plain', "O'Hara", "'tis", ''],
  ]);
});

it('comes off again, whatever the text was', () => {
  const piece = fc.constantFrom("'", '=', '-', '@', '\t', '\r', 'a', ' ');
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(fc.property(text, (said) => unguarded(guarded(said)) === said));
});
