/** One `NAME=value` of a `.env`. */
export interface EnvEntry {
  name: string;
  value: string;
  /** 1-based, where the assignment begins. */
  line: number;
}

export interface EnvFile {
  /** One for each name: the last assignment wins, as it does in a shell. */
  entries: EnvEntry[];
  /** Names that were assigned more than once. */
  repeated: string[];
  /** 1-based numbers of lines that are no assignment. Their text may be a secret and is not kept. */
  unreadableLines: number[];
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*[=:](?:[ \t]*)(.*)$/;

/**
 * Reads a `.env` as docker compose, python-dotenv and shells write it: `export`, comments, single quotes (literal),
 * double quotes (\n \r \t \" \\ \$; may go over several lines), CRLF, a byte order mark, spaces around `=`. `${NAME}`
 * is kept as it stands: what it meant is known only where the file was used. Never throws.
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const found = new Map<string, EnvEntry>();
  const repeated = new Set<string>();
  const unreadableLines: number[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, rest = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) {
      unreadableLines.push(index + 1);
      continue;
    }
    const read = valueFrom(rest, lines.slice(index + 1));
    if (found.has(name)) repeated.add(name);
    found.set(name, { name, value: read.value, line: index + 1 });
    index += read.moreLines;
  }
  return { entries: [...found.values()], repeated: [...repeated], unreadableLines };
}

function valueFrom(rest: string, following: readonly string[]): { value: string; moreLines: number } {
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    const quoted = closing(quote, rest.slice(1), following);
    if (quoted !== null) return quoted;
  }
  // A comment needs a space before it: "#" inside a password is part of it.
  return { value: rest.replace(/(^|\s)#.*$/, '').trim(), moreLines: 0 };
}

/** Null where the quote never closes: then it is a character like any other, and only its own line is meant. */
function closing(
  quote: '"' | "'",
  first: string,
  following: readonly string[],
): { value: string; moreLines: number } | null {
  let text = first;
  for (let moreLines = 0; ; moreLines += 1) {
    const end = endOf(quote, text);
    if (end !== null) {
      const inside = text.slice(0, end);
      return { value: quote === '"' ? unescaped(inside) : inside, moreLines };
    }
    const next = following[moreLines];
    if (next === undefined) return null;
    text += `\n${next}`;
  }
}

/** The quote that closes: behind it comes nothing but spaces or a comment. */
function endOf(quote: '"' | "'", text: string): number | null {
  for (let at = 0; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return /^[ \t]*(#.*)?(\n|$)/.test(text.slice(at + 1)) ? at : null;
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
