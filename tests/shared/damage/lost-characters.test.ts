import { describe, expect, it } from 'vitest';
import { lostCharacterAt, mayHoldLostCharacters } from '../../../shared/damage/lost-characters.ts';

describe('lostCharacterAt', () => {
  it.each([
    ['Fran?ois', 4],
    ['Where? Gabriel M?rquez', 16],
    ['M?RQUEZ', 1],
    ['Bront\ufffd', 5],
    ['Bront\u00ef\u00bf\u00bd', 5],
  ])('finds in %j the place %i', (text, place) => {
    expect(lostCharacterAt(text)).toBe(place);
  });

  it.each([
    'Are You My Mother?',
    'Who?Me',
    'Why? Because!',
    'Really??no',
    '4?4',
    'see https://example.org/page?id=3',
    'example.org?id=3',
    'Jos? at the end of a word may be a question',
    '',
  ])('finds none in %j', (text) => {
    expect(lostCharacterAt(text)).toBe(-1);
  });
});

describe('mayHoldLostCharacters', () => {
  it.each([
    '1,Are You My Mother?\n2,Fran?ois\n',
    '1,Fran?ois,https://example.org/1.jpg\n',
    '1,Bront\ufffd\n',
    '1,Bront\u00ef\u00bf\u00bd\n',
  ])('is true of the batch %j', (batch) => {
    expect(mayHoldLostCharacters(batch)).toBe(true);
  });

  it('is false of a batch with sound words and questions', () => {
    expect(mayHoldLostCharacters('1,Are You My Mother?\n2,François,"Who? Me?"\n')).toBe(false);
  });
});
