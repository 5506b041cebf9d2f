import { AppError } from '../../../shared/errors.ts';

interface ForeignKind {
  /** Continues "NAME is …". */
  what: string;
  hint: string;
}

const SAVE_AS = 'Open it in your spreadsheet and save it as "CSV UTF-8" or as .xlsx, then load that file.';
const EXPORT_AS = 'Export the table from your library system again and choose CSV as its format.';

/** First bytes of files that are no tables, as their format's own documents (or file(1)'s list) give them. */
const MAGIC: readonly (readonly [bytes: string, kind: ForeignKind])[] = [
  ['%PDF-', { what: 'a PDF document', hint: `A PDF is made for printing. ${EXPORT_AS}` }],
  ['\x89PNG\r\n\x1a\n', { what: 'a picture (PNG)', hint: EXPORT_AS }],
  ['\xff\xd8\xff', { what: 'a picture (JPEG)', hint: EXPORT_AS }],
  ['GIF8', { what: 'a picture (GIF)', hint: EXPORT_AS }],
  ['{\\rtf', { what: 'a text document (RTF)', hint: EXPORT_AS }],
  [
    'SQLite format 3\0',
    { what: 'a database (SQLite)', hint: `${EXPORT_AS} The database itself is not read.` },
  ],
];

/** [MS-CFB] 2.2: the container of old Office files, and of new ones that have a password. */
const OLE2 = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const XLS: ForeignKind = { what: 'a workbook of the old kind (.xls)', hint: SAVE_AS };
const ODS: ForeignKind = { what: 'an OpenDocument spreadsheet (.ods)', hint: SAVE_AS };
const HTML: ForeignKind = {
  what: 'a web page (HTML), whatever its name says',
  hint: `Some library systems export web pages under the name .xls or .csv. ${SAVE_AS}`,
};
const XML: ForeignKind = { what: 'an XML file', hint: `${SAVE_AS} If that does not work: ${EXPORT_AS}` };
const JSON_KIND: ForeignKind = { what: 'a JSON file', hint: EXPORT_AS };
const MARC: ForeignKind = { what: 'a file of MARC records', hint: EXPORT_AS };
const BINARY: ForeignKind = {
  what: 'not a text file: it holds bytes that no table has',
  hint: 'Choose a CSV file or an .xlsx workbook. If this should be one, it is damaged: export or copy it again.',
};

/**
 * Throws AppError `file.not-a-table` where the first bytes of a file show that it is of some other kind, and
 * `file.encrypted` for a workbook with a password.
 */
export function refuseForeignBytes(head: Uint8Array, fileName: string): void {
  for (const [magic, kind] of MAGIC) if (startsWith(head, magic)) throw notATable(fileName, kind);
  if (startsWith(head, OLE2))
    throw isEncrypted(head, fileName) ? encrypted(fileName) : notATable(fileName, XLS);
  // OpenDocument 1.2, part 3: the first member of the zip is `mimetype`, stored as it is.
  if (startsWith(head, 'PK\x03\x04') && latin1(head, 30, 90).includes('opendocument.spreadsheet')) {
    throw notATable(fileName, ODS);
  }
}

/** The same for the beginning of its text. `utf16`: that is what it was decoded from. */
export function refuseForeignText(text: string, utf16: boolean, fileName: string): void {
  const start = text.slice(0, 2000).trimStart();
  if (/^<(!doctype\s+html|html|head|meta|body|style|table)\b/i.test(start)) throw notATable(fileName, HTML);
  if (/^<(\?xml\b|!doctype\b|!--|[a-z_][\w.:-]*(\s+[\w.:-]+\s*=|\s*>\s*<))/i.test(start)) {
    throw notATable(fileName, /<(!doctype\s+)?html\b/i.test(start) ? HTML : XML);
  }
  if (/^(\{\s*["}]|\[\s*[{["])/.test(start)) throw notATable(fileName, JSON_KIND);
  // MARC 21: a leader of 24 characters, the first five the record's length; fields end with 1E, records with 1D.
  if (/^\d{5}[acdnp][a-z]/.test(start) && start.includes('\x1e')) throw notATable(fileName, MARC);
  if (tooManyOddCharacters(text, utf16)) throw notATable(fileName, BINARY);
}

/**
 * Whether there are more control characters than the odd slip in a text; or, in UTF-16, units that are no
 * characters. Real tables have next to none; of random bytes every tenth is one, of random units every thirtieth.
 */
export function tooManyOddCharacters(text: string, utf16: boolean): boolean {
  let odd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20) odd += code < 0x09 || (code > 0x0d && code !== END_OF_FILE) ? 1 : 0;
    else if (utf16 && code >= 0xfffd) odd += 1;
  }
  return odd > 1 && odd * 50 > text.length;
}

/** What DOS wrote behind a text. */
const END_OF_FILE = 0x1a;

export function startsWith(head: Uint8Array, magic: string): boolean {
  return latin1(head, 0, magic.length) === magic;
}

function latin1(head: Uint8Array, start: number, end: number): string {
  return Buffer.from(head.subarray(start, end)).toString('latin1');
}

/** [MS-OFFCRYPTO] 2.3: the stream's name; where it lies further back, the file's own name gives it away. */
function isEncrypted(head: Uint8Array, fileName: string): boolean {
  const stream = Buffer.from('EncryptedPackage', 'utf16le');
  return /\.xls[xm]$/i.test(fileName) || Buffer.from(head).includes(stream);
}

function encrypted(fileName: string): AppError {
  return new AppError({
    code: 'file.encrypted',
    message: `${fileName} is protected with a password, so it cannot be read.`,
    hint: 'Open it in your spreadsheet, take the password off and save it, then load it again.',
  });
}

function notATable(fileName: string, kind: ForeignKind): AppError {
  return new AppError({
    code: 'file.not-a-table',
    message: `${fileName} is ${kind.what}.`,
    hint: kind.hint,
  });
}
