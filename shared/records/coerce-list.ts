import {
  type Coerced,
  type Coercer,
  exceedsBytes,
  hasLostCharacter,
  invalid,
  isStorable,
  value,
} from './coerce.ts';
import { forbiddenCharacter, lostCharacter, notAList, tooLong } from './messages.ts';
import { pythonJson } from './python-json.ts';

/**
 * A JSON list of strings, or any other text as a list of one. Members that are no strings become text as they
 * stand in the file, nulls drop. Text that begins with `[` but is no JSON is one value, with a warning.
 *
 * `maxBytes` bounds the list as JSON, for a column that an index holds; null where there is no bound.
 */
export function list(label: string, maxBytes: number | null): Coercer<readonly string[]> {
  return remembering((cell) => {
    const read = readList(cell, label);
    if (read.state === 'invalid') return read;
    if (!read.value.every(isStorable)) return invalid(forbiddenCharacter(label, null));
    // JSON writes a character in six bytes at most, so that a short cell needs no measuring.
    const mayExceed = maxBytes !== null && cell.length * 6 > maxBytes;
    if (mayExceed && exceedsBytes(pythonJson(read.value), maxBytes)) return invalid(tooLong(label, maxBytes));
    const lost = read.finding === null && read.value.some(hasLostCharacter);
    return lost ? value(read.value, lostCharacter(label)) : read;
  });
}

function readList(cell: string, label: string): Coerced<readonly string[]> {
  if (!cell.startsWith('[')) return value([cell]);
  const members = parseMembers(cell);
  return members === null ? value([cell], notAList(label, asJsonList(cell))) : value(members);
}

function parseMembers(cell: string): string[] | null {
  try {
    const plain: unknown = JSON.parse(cell);
    if (!Array.isArray(plain)) return null;
    if (plain.every((member) => typeof member === 'string')) return plain.map((member) => member.trim());
    const parsed: unknown[] = JSON.parse(cell, asWritten);
    return parsed.filter((member) => member !== null).map(memberText);
  } catch {
    // No JSON, or nested deeper than anything that was meant as a list of words.
    return null;
  }
}

/** Engines know these two since ES2026, the compiler's library does not yet. */
const rawJson = (JSON as { rawJSON?: (source: string) => unknown }).rawJSON;

/** Keeps a number as it is written: `1.0` must not become `1`. */
function asWritten(_key: string, parsed: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof parsed === 'number' && source !== undefined && rawJson ? rawJson(source) : parsed;
}

function memberText(member: unknown): string {
  return typeof member === 'string' ? member.trim() : JSON.stringify(member);
}

/** `['fiction', 'humor']`, as Python prints a list, or a list in typographic quotes, as the JSON it was meant to be. */
function asJsonList(cell: string): string | null {
  const plain = cell.replace(/[“”„]/g, '"');
  const candidates = [plain, plain.replace(/(?<=^\[\s*|,\s*)'|'(?=\s*,|\s*\]$)/g, '"')];
  for (const candidate of candidates) {
    const members = parseMembers(candidate);
    if (members !== null) return JSON.stringify(members);
  }
  return null;
}

// ---------------------------------------------------------------- memory

/** Longer cells seldom come twice. */
const LONGEST_CELL = 160;
/** Up to this length an engine copies the characters of a substring; a longer one keeps the whole text alive. */
const COPIED_LENGTH = 12;
/** Distinct cells of a column that repeats itself; a column with more is not of that kind, and is read anew. */
const MOST_CELLS = 4_096;

/**
 * The same coercer, asked once for each distinct cell: genres and keywords are some hundred lists in a
 * million rows. What it returns must not be changed by anybody.
 */
function remembering<T>(coerce: Coercer<T>): Coercer<T> {
  const known = new Map<string, ReturnType<Coercer<T>>>();
  return (cell) => {
    if (cell.length > LONGEST_CELL) return coerce(cell);
    const before = known.get(cell);
    if (before !== undefined) return before;
    const read = coerce(cell);
    if (known.size < MOST_CELLS) known.set(cell.length > COPIED_LENGTH ? copyOf(cell) : cell, read);
    return read;
  };
}

function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
