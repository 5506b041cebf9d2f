import { readAsUtf8, type Utf8Sequence } from './windows-1252.ts';

/** Every first character of garbled UTF-8 (bytes c2 to f4) with every second one (80 to bf) behind it. */
const CANDIDATE =
  /[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]/;

/**
 * False where no part of a text can be mojibake; true says little. For a whole batch of records at once: where
 * it is false, no cell has to be looked at.
 */
export function mayHoldMojibake(text: string): boolean {
  return CANDIDATE.test(text);
}

/** Where the first part of a text stands that can be mojibake, or -1. */
export function mojibakeCandidateAt(text: string): number {
  return text.search(CANDIDATE);
}

/** What a text is. `mixed`: garbled characters beside ones that are sound or were garbled otherwise. */
export type MojibakeReading =
  | { readonly state: 'none' }
  | { readonly state: 'mixed' }
  | { readonly state: 'proved'; readonly text: string };

const NONE: MojibakeReading = { state: 'none' };
const MIXED: MojibakeReading = { state: 'mixed' };

/** Three programs in a row that each save UTF-8 read as Windows-1252 are believable, more are not. */
const MOST_LEVELS = 3;

/**
 * Finds text whose UTF-8 was read as Windows-1252 (`CafÃ©`), once or several times, and what it was.
 *
 * It counts as proved when every run of characters beyond ASCII is strictly valid UTF-8 in Windows-1252's bytes,
 * and at least one of them cannot be text as it stands (sequence by sequence, see `implausible`). A program misreads a
 * whole cell, never a part of it: so a sound `é` in the cell disproves it, and the cell is left alone (`mixed`).
 */
export function readMojibake(text: string): MojibakeReading {
  let best: MojibakeReading = NONE;
  let current = text;
  for (let level = 1; mayHoldMojibake(current); level += 1) {
    const step = unwrap(current);
    if (step === 'none') break;
    if (step === 'mixed') return level === 1 ? MIXED : best;
    // What is still garbled after three levels is garbled in another way: hands off.
    if (level > MOST_LEVELS) return NONE;
    current = step.text;
    // Between two levels there may be control characters; at the end there may not.
    if (!UNSOUND.test(current)) best = { state: 'proved', text: current };
  }
  return best;
}

/** The text that a garbled one was, or null: leave it as it is. Repairing what was repaired changes nothing. */
export function repairMojibake(text: string): string | null {
  const reading = readMojibake(text);
  return reading.state === 'proved' ? reading.text : null;
}

/** Control characters, code points that no one has assigned, and the mark of a character already lost. */
const UNSOUND = /[\u0080-\u009f\ufffd]|\p{Cn}/u;
const REPLACEMENT = 0xfffd;
const BEYOND_ASCII = /[^\0-\u007f]+/g;

function unwrap(text: string): 'none' | 'mixed' | { text: string } {
  let proved = false;
  let sound = false;
  let repaired = '';
  let copied = 0;
  for (const run of text.matchAll(BEYOND_ASCII)) {
    const end = run.index + run[0].length;
    const sequences = readAsUtf8(text, run.index, end);
    if (sequences === null || sequences.some(({ codePoint }) => codePoint === REPLACEMENT)) {
      sound = true;
      continue;
    }
    proved ||= sequences.length > 2 || sequences.some((sequence) => implausible(text, sequence));
    const characters = sequences.map(({ codePoint }) => String.fromCodePoint(codePoint)).join('');
    repaired += text.slice(copied, run.index) + characters;
    copied = end;
  }
  if (!proved) return 'none';
  return sound ? 'mixed' : { text: repaired + text.slice(copied) };
}

/** What people type between two words: `JOSÉ’S`, `CAFÉ…`, `CAFÉ•BAR`, and the no-break space of `LIBERTÉ !`. */
const JOINS = '\u00a0\u00ad\u00a1\u00b4\u00bf\u2019\u2022\u2026\u2013\u2014';
/** What people type behind a word, but with a space or an end of line after it. */
const CLOSES =
  '\u2020\u2021\u201c\u201d\u2018\u00bb\u00ab\u203a\u2039\u2122\u00ae\u00a9\u00b0\u00ba\u00aa\u00b2\u00b3\u00b9\u00b7';
/** Letters that are continuation bytes: `KNÍŽKA`, `Úžas`, `stráž`. */
const LETTERS = '\u0160\u0152\u017d\u0178\u0161\u0153\u017e';

/**
 * True where nobody can have meant the characters as they stand. Valid UTF-8 alone is no proof: `CAFÉ…`,
 * `JOSÉ’S`, `KNÍŽKA`, `AMANHÃ…` are valid, too. What betrays a misreading is a capital after a small letter (`fÃ©`), a
 * mark that never follows a letter (`Ã¼`, `â€`), or a closing mark within a word (`ANTÃ“NIO`).
 */
function implausible(text: string, { start, end }: Utf8Sequence): boolean {
  const lead = text.charAt(start);
  const before = text.charAt(start - 1);
  if (/[\u00c2-\u00d6\u00d8-\u00de]/.test(lead) && /[a-z]/.test(before)) return true;
  // Neither takes an accent; only runs of several characters prove Hebrew or N'Ko.
  if (lead === '×' || lead === 'ß') return false;
  // No language has words that end in Â, or that are Ã.
  if (lead === 'Â' && text.charAt(start + 1) !== '\u00bb') return true;
  if (lead === 'Ã' && !/[A-Z]/.test(before)) return true;

  const withinWord = /[A-Za-z]/.test(text.charAt(end));
  for (const mark of text.slice(start + 1, end)) {
    if (JOINS.includes(mark)) continue;
    if (CLOSES.includes(mark)) {
      if (withinWord) return true;
    } else if (!LETTERS.includes(mark) || !fits(lead, mark)) {
      return true;
    }
  }
  return false;
}

/** Whether a word can hold this letter after the other one. */
function fits(lead: string, letter: string): boolean {
  // Languages with Ã have no š, ž, œ; and no capital follows a small letter.
  if (lead === 'Ã') return false;
  return lead === lead.toUpperCase() || letter === letter.toLowerCase();
}
