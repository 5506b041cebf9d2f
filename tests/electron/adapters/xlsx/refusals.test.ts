import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storedZip } from '../../setup/stored-zip.ts';
import { packedZip } from './packed-zip.ts';
import { fileFolder, inline, listRefusal, oneSheet, refusal, workbookParts } from './workbook-files.ts';

let folder: ReturnType<typeof fileFolder>;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const SHEET = 'xl/worksheets/sheet1.xml';
const parts = () => workbookParts({ sheets: [{ name: 'Data', data: `<row>${inline('a')}</row>` }] });

/** An OLE2 container ([MS-CFB] §2.2) of 512-byte sectors whose directory, its second sector, names these streams. */
function ole2(...streams: string[]): Buffer {
  const file = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  for (const [at, stream] of ['Root Entry', ...streams].entries())
    file.write(stream, 1024 + at * 128, 'utf16le');
  return file;
}

/** A ZIP with the relationship that every Office document has. */
function office(main: string): Buffer {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  return storedZip({
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${type}" Target="${main}"/></Relationships>`,
    [main]: '',
  });
}

describe('what is no workbook', () => {
  it.each([
    ['an OpenDocument spreadsheet', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }],
    ['an OpenDocument file', { mimetype: 'application/vnd.oasis.opendocument.text' }],
    ['an e-book', { mimetype: 'application/epub+zip' }],
    ['an Apple Numbers', { 'Index/Document.iwa': '' }],
    ['a ZIP archive', { 'books.csv': 'book_id\n' }],
  ])('is called by its name: %s', async (name, files) => {
    const error = await listRefusal(folder.write(storedZip(files)));
    expect(error.code).toBe('file.not-a-table');
    expect(error.message).toContain(`term.xlsx is ${name}`);
  });

  it.each([
    ['a Word document', 'word/document.xml'],
    ['a PowerPoint presentation', 'ppt/presentation.xml'],
    ['a binary workbook (.xlsb)', 'xl/workbook.bin'],
  ])('is called by its name: %s', async (name, main) => {
    const error = await listRefusal(folder.write(office(main)));
    expect(error.code).toBe('file.not-a-table');
    expect(error.message).toContain(`term.xlsx is ${name}`);
  });

  it.each([
    ['file.encrypted', 'term.xlsx is protected with a password', ole2('EncryptionInfo', 'EncryptedPackage')],
    ['file.not-a-table', 'in the old Excel format (.xls)', ole2('Workbook')],
    ['file.not-a-table', 'an old Office document', ole2('WordDocument')],
    ['file.not-a-table', 'term.xlsx is not a workbook', Buffer.from('book_id,title\nB1,Matilda\n')],
    ['file.empty', 'No sheet of term.xlsx', Buffer.alloc(0)],
  ])('is told by its first bytes: %s, %s', async (code, message, bytes) => {
    const error = await listRefusal(folder.write(bytes));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('is a folder, or is not there', async () => {
    mkdirSync(join(folder.path, 'folder.xlsx'));
    expect((await listRefusal(join(folder.path, 'folder.xlsx'))).code).toBe('file.is-directory');
    expect((await listRefusal(join(folder.path, 'none.xlsx'))).code).toBe('file.missing');
  });
});

describe('a damaged workbook', () => {
  it.each([
    ['cut off', () => oneSheet('<row/>').subarray(0, 300)],
    ['without the part of a sheet', () => packedZip(withoutPart(parts(), SHEET))],
    ['with a part cut off', () => packedZip({ ...parts(), [SHEET]: '<worksheet><sheetData><row>' })],
    [
      'with XML that is none',
      () => packedZip({ ...parts(), 'xl/workbook.xml': '<workbook><sheets></workbook>' }),
    ],
    ['with bytes that are no UTF-8', () => replaced(storedZip(parts()), 'Data', 'D\xffta')],
    ['with another CRC than it says', () => packedZip(parts(), { [SHEET]: { crc: 1 } })],
    ['with another size than it says', () => packedZip(parts(), { [SHEET]: { bytes: 5 } })],
  ])('is told: %s', async (_, bytes) => {
    expect((await refusal(folder.write(bytes()))).code).toBe('file.workbook-damaged');
  });

  it('neither expands entities nor fetches them', async () => {
    const doctype = '<!DOCTYPE worksheet [<!ENTITY big "aaaa"><!ENTITY file SYSTEM "file:///etc/hostname">]>';
    const sheet = `${doctype}<worksheet><sheetData><row><c t="inlineStr"><is><t>&big;&file;</t></is></c></row></sheetData></worksheet>`;
    const error = await refusal(folder.write(packedZip({ ...parts(), [SHEET]: sheet })));
    expect(error.code).toBe('file.workbook-damaged');
    expect(String(error.cause)).toContain('document type declaration');
  });

  it('knows no entity but those of XML', async () => {
    const error = await refusal(folder.write(oneSheet(`<row>${inline('&nbsp;')}</row>`)));
    expect(error.code).toBe('file.workbook-damaged');
  });
});

describe('a ZIP bomb', () => {
  it('is found by what it claims, before it is unpacked', async () => {
    const bomb = packedZip(parts(), { [SHEET]: { bytes: 0xf000_0000 } });
    expect((await refusal(folder.write(bomb))).code).toBe('file.too-large');
  });

  it('is stopped at the size that it claims', async () => {
    const sheet = `<worksheet><!--${' '.repeat(20_000_000)}--></worksheet>`;
    const liar = packedZip({ ...parts(), [SHEET]: sheet }, { [SHEET]: { bytes: 100 } });
    expect((await refusal(folder.write(liar))).code).toBe('file.workbook-damaged');
  });

  it('of styles or names is bounded more tightly', async () => {
    const lies = { 'xl/workbook.xml': { bytes: 17 * 1024 * 1024 } };
    expect((await refusal(folder.write(packedZip(parts(), lies)))).code).toBe('file.too-large');
  });

  it('of very many parts is not even listed', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`p${at}`, '']));
    expect((await refusal(folder.write(storedZip(many)))).code).toBe('file.too-large');
  });
});

function replaced(bytes: Buffer, text: string, other: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(text, other), 'latin1');
}

function withoutPart(files: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}
