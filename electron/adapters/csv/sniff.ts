import { type CsvDialect, PLAIN_DIALECT } from './dialect.ts';
import { refuseForeignBytes, refuseForeignText, startsWith } from './foreign-files.ts';
import { namedDelimiter, sepLineOf, sniffDelimiter, sniffNewline } from './sniff-delimiter.ts';
import { namedEncoding, sniffEncoding } from './sniff-encoding.ts';

export interface Sniffed {
  /** What the file is wrapped in. Of a gzip or zip nothing else is known: what is inside is sniffed by itself. */
  container: 'plain' | 'gzip' | 'zip';
  dialect: CsvDialect;
  /**
   * False where UTF-8 is assumed because all bytes are ASCII, and where Windows-1252 is because they are no UTF-8:
   * what `toUtf8` needs to know as `sure`.
   */
  encodingSure: boolean;
  /** Bytes at the front of the file that are its byte order mark. */
  bomBytes: number;
  /** True where the first line only names the delimiter (`sep=;`); it is no record. */
  sepLine: boolean;
}

export interface SniffOverrides {
  /** Any WHATWG label, such as `latin1` or `macintosh`. */
  encoding?: string;
  /** One ASCII character, or `tab`. */
  delimiter?: string;
}

/** How many of a file's first bytes `sniff` should be given: enough for accents to turn up in most files. */
export const SNIFF_BYTES = 256 * 1024;

/** So much of the text tells where its lines and cells end. */
const SAMPLE_CHARS = 64 * 1024;

/**
 * Finds out how a file is written. `head` are its first bytes (`SNIFF_BYTES`, if it has as many), `complete`
 * says that these are all. What a person said in `overrides` is taken for true.
 *
 * Throws AppError `file.not-a-table` or `file.encrypted` for a file of another kind, `usage.invalid` for an encoding or delimiter
 * that does not exist.
 */
export function sniff(
  head: Uint8Array,
  complete: boolean,
  fileName: string,
  overrides: SniffOverrides = {},
): Sniffed {
  refuseForeignBytes(head, fileName);
  const container = containerOf(head);
  if (container !== 'plain') {
    return { container, dialect: PLAIN_DIALECT, encodingSure: false, bomBytes: 0, sepLine: false };
  }
  const { encoding, bomBytes, sure } =
    overrides.encoding === undefined
      ? sniffEncoding(head, complete)
      : namedEncoding(overrides.encoding, head);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const decoded = decoder.decode(head.subarray(bomBytes), { stream: !complete });
  refuseForeignText(decoded, encoding.startsWith('utf-16'), fileName);

  const text = decoded.slice(0, SAMPLE_CHARS);
  const sep = sepLineOf(text);
  const newline = sniffNewline(text);
  const records = sep === null ? text : text.slice(text.search(/[\r\n]|$/)).replace(/^\r?\n?/, '');
  const dialect = { ...PLAIN_DIALECT, encoding, newline };
  const delimiter =
    overrides.delimiter === undefined
      ? (sep ?? sniffDelimiter(Buffer.from(records), complete && text.length === decoded.length, dialect))
      : namedDelimiter(overrides.delimiter);
  return {
    container: 'plain',
    dialect: { ...dialect, delimiter },
    encodingSure: sure,
    bomBytes,
    sepLine: sep !== null,
  };
}

/** By first bytes: RFC 1952 (gzip with deflate) and PKWARE's APPNOTE 4.3 (a zip's first member, or an empty zip). */
function containerOf(head: Uint8Array): Sniffed['container'] {
  if (startsWith(head, '\x1f\x8b\x08')) return 'gzip';
  return startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06') ? 'zip' : 'plain';
}
