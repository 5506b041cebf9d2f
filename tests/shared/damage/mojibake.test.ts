import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHoldMojibake, readMojibake, repairMojibake } from '../../../shared/damage/mojibake.ts';
import { misread } from './misreading.ts';

const GARBLED = [
  ['CafÃ©', 'Café'],
  ['Itâ€™s raining', 'It’s raining'],
  ['â€œHoles\u00e2\u20ac\u009d', '“Holes”'],
  ['Gabriel GarcÃ\u00ada MÃ¡rquez', 'Gabriel García Márquez'],
  ['voilÃ\u00a0', 'voilà'],
  ['Ã‰mile Zola', 'Émile Zola'],
  ['MÃœNCHEN', 'MÜNCHEN'],
  ['FRANÃ‡OIS', 'FRANÇOIS'],
  ['ANTÃ“NIO', 'ANTÓNIO'],
  ['BucureÈ™ti', 'București'],
  ['PaÅ‚ac', 'Pałac'],
  ['Ð’Ð¾Ð¹Ð½Ð° Ð¸ Ð¼Ð¸Ñ€', 'Война и мир'],
  ['æ—¥æœ¬èªž', '日本語'],
  ['ðŸ“š books', '📚 books'],
  ['LEGOÂ® 20Â°', 'LEGO® 20°'],
  ['Pokï¿¥mon CafÃ©', 'Pok￥mon Café'],
  ['CafÃƒÂ©', 'Café'],
  ['Itâ\u0080\u0099s cafÃ©', null],
  ['ItÃ¢â‚¬â„¢s', 'It’s'],
  ['Ã¢â‚¬Å“SaidÃ¢â‚¬Â\u009d', '“Said”'],
] as const;

const SOUND = [
  'SÃO PAULO',
  'Ã',
  'A MAÇÃ',
  'AMANHÃ…',
  'IRMÃ’S',
  'IRMû',
  'naïve',
  'L’été',
  'L’ÉTÉ…',
  'pâté de château',
  'JOSÉ’S BOOK',
  'JOSÉ´S BOOK',
  'CAFÉ…',
  'CAFÉ™',
  'CAFÉ® 2',
  'CAFÉ•BAR',
  'LIBERTÉ\u00a0!',
  'É\u00a0verdade',
  'KNÍŽKA',
  'Úžasný den',
  'Stráž…',
  'café…”',
  'café\u00a0»',
  '«\u00a0CAFÉ\u00a0»',
  'Spaß…',
  '8×½',
  '3×±2',
  'xÍ¸',
  'NGƯỜI VIỆT NAM',
  'TRUYỆN KIỀU',
  'ĐÂU LÀ QUÊ HƯƠNG',
  'CORAÇÃO',
  'Ελλάδα',
  'Война и мир',
  '日本語の本',
  'שלום',
  'plain text',
  '',
];

describe('readMojibake', () => {
  it.each(GARBLED)('reads %j as %j', (garbled, sound) => {
    expect(repairMojibake(garbled)).toBe(sound);
  });

  it.each(SOUND)('leaves %j as it is', (text) => {
    expect(readMojibake(text)).toEqual({ state: 'none' });
  });

  it('leaves a cell alone that holds a sound letter beside garbled ones', () => {
    expect(readMojibake('CafÃ© José')).toEqual({ state: 'mixed' });
  });

  it('does not bring back a character that was lost before the text was garbled', () => {
    expect(readMojibake('Josï¿½ at the CafÃ©')).toEqual({ state: 'mixed' });
  });

  it('undoes three misreadings and keeps its hands off four', () => {
    const thrice = misread(misread(misread('Café')));
    expect(repairMojibake(thrice)).toBe('Café');
    expect(repairMojibake(misread(thrice))).toBeNull();
  });

  it('gives no control characters, which nobody typed', () => {
    expect(repairMojibake(misread('caf\u0085'))).toBeNull();
  });

  it('restores every text with one small accented letter in a word, whatever else it holds', () => {
    const anything = fc.string({ unit: 'binary' }).filter(isSoundText);
    fc.assert(
      fc.property(anything, anything, fc.constantFrom(...'éèüöäñçßøåłşœ’'), (before, after, letter) => {
        const text = `${before} caf${letter} ${after}`;
        fc.pre(readMojibake(text).state === 'none');
        expect(repairMojibake(misread(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('restores words of several scripts', () => {
    const word = fc.constantFrom(
      'Ελλάδα',
      'Мир',
      'книга',
      'שלום',
      'كتاب',
      '日本語',
      'Việt',
      'Łódź',
      'čeština',
      'naïve',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        expect(repairMojibake(misread(words.join(' ')))).toBe(words.join(' '));
      }),
    );
  });

  it('never changes sound text of several scripts', () => {
    const latin = 'aeimnorstuAEIMNORSTU áéíóúàèâêîôûäöüãõñçÁÉÍÓÚÀÈÂÊÎÔÛÄÖÜÃÕÑÇŠŽšžœŒ';
    const others = 'αβγδΩабвгдЖЯשלוםكتاب日本語ưươạếộĐđłŁőŰčřĚ';
    const marks = '.,!?’…–—“”«» ';
    const words = fc.array(fc.constantFrom(...latin, ...others), { minLength: 1, maxLength: 8 });
    // At most one š, ž or œ to a word, and none behind Ã, as in every language that has them.
    const isWord = (word: string) =>
      /^\p{Lu}*$|^\p{Lu}?\p{L}*$/u.test(word) && !/\p{Ll}\p{Lu}|Ã[ŠŽšžœŒ]|[ŠŽšžœŒ].*[ŠŽšžœŒ]/u.test(word);
    const sentence = fc.array(
      fc.tuple(
        words.map((letters) => letters.join('').trim()).filter((word) => word !== '' && isWord(word)),
        fc.constantFrom(...marks),
      ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(sentence, (parts) => {
        const text = parts.map(([word, mark]) => `${word}${mark} `).join('');
        // No word of any language is Ã, or ends in Â: these the doctor takes for garbled.
        fc.pre(!/(?:^|[^A-Za-z])[ÂÃ]|[A-Z]Â/.test(text));
        expect(repairMojibake(text)).toBeNull();
      }),
      { numRuns: 5000 },
    );
  });

  it('changes nothing that it has repaired', () => {
    const pieces = fc.constantFrom(
      'caf',
      'É',
      'Ã',
      '©',
      'â',
      '€',
      '™',
      'é',
      '…',
      'Â',
      '\u00a0',
      'ƒ',
      '¢',
      '‚',
      '¬',
      ' ',
      'A',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        const repaired = repairMojibake(parts.join(''));
        if (repaired !== null) expect(repairMojibake(repaired)).toBeNull();
      }),
      { numRuns: 5000 },
    );
  });
});

/** Text that a person can have typed: no control characters, no halves of pairs, no unassigned code points. */
function isSoundText(text: string): boolean {
  return text.isWellFormed() && !/[\u0080-\u009f\ufffd]|\p{Cn}/u.test(text);
}

describe('mayHoldMojibake', () => {
  it.each(GARBLED.map(([garbled]) => garbled))('is true of a batch with %j in it', (garbled) => {
    expect(mayHoldMojibake(`1,Holes,Sachar\n2,"${garbled}",x\n`)).toBe(true);
  });

  it.each([
    ['plain letters', '1,Holes,Louis Sachar\n'],
    ['accents', '1,Émile,García Márquez\n2,naïve,“quoted”\n'],
    ['another script', '1,Война и мир,Лев Толстой\n'],
  ])('is false of a batch of %s', (_name, text) => {
    expect(mayHoldMojibake(text)).toBe(false);
  });
});
