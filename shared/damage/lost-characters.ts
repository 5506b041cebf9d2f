const REPLACEMENT = '\ufffd';
/** U+FFFD, itself garbled: its UTF-8 read as Windows-1252. */
const GARBLED_REPLACEMENT = '\u00ef\u00bf\u00bd';

/**
 * Where a text holds a character that a program has replaced: U+FFFD, or a question mark inside a word
 * (`Fran?ois`); -1 where it holds none. A question mark at the end of a word may be a real one and never counts,
 * nor does one in a web address.
 */
export function lostCharacterAt(text: string): number {
  for (let at = text.indexOf('?'); at !== -1; at = text.indexOf('?', at + 1)) {
    if (isInsideWord(text, at) && !ADDRESS.test(wordAt(text, at))) return at;
  }
  return Math.max(text.indexOf(REPLACEMENT), text.indexOf(GARBLED_REPLACEMENT));
}

/**
 * False where no cell of a whole batch of records needs to be looked at. Says yes too often: in a batch nothing
 * shows where a word ends and the web address in the next cell begins.
 */
export function mayHoldLostCharacters(text: string): boolean {
  for (let at = text.indexOf('?'); at !== -1; at = text.indexOf('?', at + 1)) {
    if (isInsideWord(text, at)) return true;
  }
  return text.includes(REPLACEMENT) || text.includes(GARBLED_REPLACEMENT);
}

const LETTER = /\p{L}/u;
const UPPER = /\p{Lu}/u;
const ADDRESS = /[/=@&]/;

function isInsideWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (!LETTER.test(before) || !LETTER.test(after)) return false;
  // `Who?Me` lacks a space; `M?rquez` and `M?RQUEZ` lack a letter.
  return UPPER.test(before) || !UPPER.test(after);
}

/** Far longer than a word, shorter than what would make the test of a long text slow. */
const LONGEST_WORD = 100;

function wordAt(text: string, at: number): string {
  const from = Math.max(0, at - LONGEST_WORD);
  const before = text.slice(from, at);
  const after = text.slice(at, at + LONGEST_WORD);
  return before.slice(before.search(/\S*$/)) + after.slice(0, after.search(/\s|$/));
}
