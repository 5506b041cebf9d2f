import { type Coerced, type Coercer, exceedsBytes, invalid, isStorable, value } from './coerce.ts';
import { forbiddenCharacter, notAList, tooLong } from './messages.ts';
import { pythonJson } from './python-json.ts';

/**
 * A JSON list of strings, or any other text as a list of one. Members that are no strings become text as they
 * stand in the file, nulls drop. Text that begins with `[` but is no JSON is one value, with a warning.
 *
 * `maxBytes` bounds the list as JSON, for a column that an index holds; null where there is no bound.
 */
export function list(label: string, maxBytes: number | null): Coercer<readonly string[]> {
  return (cell) => {
    const read = readList(cell, label);
    if (read.state === 'invalid') return read;
    if (!read.value.every(isStorable)) return invalid(forbiddenCharacter(label, null));
    if (maxBytes !== null && exceedsBytes(pythonJson(read.value), maxBytes)) {
      return invalid(tooLong(label, maxBytes));
    }
    return read;
  };
}

function readList(cell: string, label: string): Coerced<readonly string[]> {
  if (!cell.startsWith('[')) return value([cell]);
  const members = parseMembers(cell);
  return members === null ? value([cell], notAList(label, asJsonList(cell))) : value(members);
}

function parseMembers(cell: string): string[] | null {
  try {
    const parsed: unknown = JSON.parse(cell, asWritten);
    return Array.isArray(parsed) ? parsed.filter((member) => member !== null).map(memberText) : null;
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
