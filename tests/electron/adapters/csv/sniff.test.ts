import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type SniffOverrides, sniff } from '../../../../electron/adapters/csv/sniff.ts';
import { encoded } from './reading.ts';

function sniffText(text: string, encoding = 'utf-8', overrides: SniffOverrides = {}) {
  return sniff(encoded(text, encoding), true, 'books.csv', overrides);
}

const delimiterOf = (text: string) => sniffText(text).dialect.delimiter;
const newlineOf = (text: string) => sniffText(text).dialect.newline;

describe('the encoding of a file', () => {
  it.each([
    ['utf-8', '\ufeffa\n', 'utf-8', 3, true],
    ['utf-16le', '\ufeffa\n', 'utf-16le', 2, true],
    ['utf-16be', '\ufeffa\n', 'utf-16be', 2, true],
    ['utf-16le', 'book_id,title\nB1,é\n', 'utf-16le', 0, true],
    ['utf-16be', 'book_id,title\nB1,é\n', 'utf-16be', 0, true],
    ['utf-16le', '编号,书名,作者\n1,红楼梦,曹雪芹\n', 'utf-16le', 0, true],
    ['utf-8', 'a\nBrontë\n', 'utf-8', 0, true],
    ['windows-1252', 'a\nBrontë\n', 'windows-1252', 0, false],
    ['utf-8', 'a\nb\n', 'utf-8', 0, false],
    ['utf-8', '', 'utf-8', 0, false],
  ])('written in %s as %j is found', (written, text, encoding, bomBytes, encodingSure) => {
    expect(sniffText(text, written)).toMatchObject({ dialect: { encoding }, bomBytes, encodingSure });
  });

  it('is what more of the bytes say where they disagree, and UTF-8 where they are even', () => {
    const mixed = (utf8: number, other: number) =>
      sniff(
        Buffer.concat([Buffer.from('é'.repeat(utf8)), Buffer.from(`\n${'\u00e9 '.repeat(other)}`, 'latin1')]),
        true,
        'books.csv',
      ).dialect.encoding;
    expect(mixed(2, 3)).toBe('windows-1252');
    expect(mixed(3, 2)).toBe('utf-8');
    expect(mixed(2, 2)).toBe('utf-8');
  });

  it('is not judged by a character that the end of the head cuts in two', () => {
    const head = Buffer.from('abé').subarray(0, 3);
    expect(sniff(head, false, 'books.csv')).toMatchObject({
      dialect: { encoding: 'utf-8' },
      encodingSure: false,
    });
    expect(sniff(head, true, 'books.csv').dialect.encoding).toBe('windows-1252');
  });

  it.each([
    ['latin1', 'windows-1252'],
    ['MACINTOSH', 'macintosh'],
    [' utf8 ', 'utf-8'],
    ['sjis', 'shift_jis'],
  ])('may be named: %s is %s', (label, encoding) => {
    expect(sniffText('é\n', 'utf-8', { encoding: label })).toMatchObject({
      dialect: { encoding },
      encodingSure: true,
      bomBytes: 0,
    });
  });

  it('that is named takes away its own mark only, and the mark tells which UTF-16 is meant', () => {
    expect(sniffText('\ufeffa\n', 'utf-8', { encoding: 'utf-8' }).bomBytes).toBe(3);
    expect(sniffText('\ufeffa\n', 'utf-8', { encoding: 'latin1' }).bomBytes).toBe(0);
    expect(sniffText('\ufeffa\n', 'utf-16be', { encoding: 'UTF-16' })).toMatchObject({
      dialect: { encoding: 'utf-16be' },
      bomBytes: 2,
    });
  });

  it('that does not exist is refused with a list of those that people need', () => {
    expect(() => sniffText('a\n', 'utf-8', { encoding: 'klingon' })).toThrow(
      expect.objectContaining({
        code: 'usage.invalid',
        message: expect.stringContaining('klingon'),
        hint: expect.stringContaining('macintosh'),
      }),
    );
  });
});

describe('the delimiter of a file', () => {
  it.each([
    ['comma', 'a,b\n1,2\n', ','],
    ['semicolon', 'a;b\n1;2\n', ';'],
    ['tab', 'a\tb\n1\t2\n', '\t'],
    ['pipe', 'a|b\n1|2\n', '|'],
    ['semicolon, with decimal commas', 'id;price;level\n1;2,50;3,1\n2;3,75;4,2\n', ';'],
    [
      'semicolon, with a comma in a heading and in every row',
      'id;Name, first name;grade\n1;B, A;5\n2;D, C;6\n',
      ';',
    ],
    ['semicolon, with as many commas, in prose', 'Name, first;grade\nB, A;5\nD, C;6\n', ';'],
    ['comma with a blank behind each', 'id, a;b, c\n1, 2;3, 4\n', ','],
    ['semicolon, with trailing ones and commas', 'Name, first name;grade\nB, A;5;\nD, C;6;\n', ';'],
    ['comma, with semicolons inside cells', 'id,keywords\n1,maps;school;attic\n2,dogs;cats;birds\n', ','],
    ['comma, with quoted semicolons in the headings', '"a;b;c","d;e"\n1,2\n', ','],
    ['comma, with ragged rows', 'a,b,c\n1,2,3\n1,2\n1,2,3\n', ','],
    ['tab, with commas in prose', 'id\ttitle\n1\tCats, dogs, birds\n2\tMaps, and more\n', '\t'],
    ['semicolon, with line breaks inside quotes', 'id;text\n1;"a\nb,c"\n2;"d\ne,f"\n', ';'],
    ['comma for a single column', 'title\nCats; dogs\nMaps; more\n', ','],
    ['comma for headings alone', 'a,b', ','],
    ['comma for nothing', '', ','],
  ])('is found: %s', (_, text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  it('is judged by whole records where the head ends inside one', () => {
    expect(sniff(Buffer.from('a;b\n1;2\n3,4,5'), false, 'x.csv').dialect.delimiter).toBe(';');
    expect(sniff(Buffer.from('a;b;c'), false, 'x.csv').dialect.delimiter).toBe(';');
  });

  it.each([
    ['sep=;\na,b;c\n', ';'],
    ['sep=;\r\na,b;c\r\n', ';'],
    ['"sep=|"\na,b,c\n', '|'],
    ['SEP=\t\ra,b\r', '\t'],
    ['sep=;', ';'],
  ])('is what a first line says: %j', (text, delimiter) => {
    expect(sniffText(text)).toMatchObject({ dialect: { delimiter }, sepLine: true });
    expect(sniffText(`\ufeff${text}`, 'utf-16le')).toMatchObject({ dialect: { delimiter }, sepLine: true });
  });

  it.each(['sep=\na,b\n', 'sep=;;\na,b\n', 'sep="\na,b\n', '"sep=;\na,b\n'])(
    'is not what %j says',
    (text) => {
      expect(sniffText(text).sepLine).toBe(false);
    },
  );

  it('that a person named beats the first line, which is passed over nevertheless', () => {
    expect(sniffText('sep=;\na,b\n', 'utf-8', { delimiter: ',' })).toMatchObject({
      dialect: { delimiter: ',' },
      sepLine: true,
    });
    expect(sniffText('a,b\n', 'utf-8', { delimiter: 'tab' }).dialect.delimiter).toBe('\t');
    expect(sniffText('a,b\n', 'utf-8', { delimiter: ':' }).dialect.delimiter).toBe(':');
  });

  it.each(['', '"', '\n', '::', '€'])('cannot be %j', (delimiter) => {
    expect(() => sniffText('a,b\n', 'utf-8', { delimiter })).toThrow(
      expect.objectContaining({ code: 'usage.invalid' }),
    );
  });
});

describe('the line break of a file', () => {
  it.each([
    ['LF', 'a,b\n1,2\n', '\n'],
    ['CRLF', 'a,b\r\n1,2\r\n', '\n'],
    ['none', 'a,b', '\n'],
    ['LF, with a lone CR in a cell', 'a,b\r\n1,2\r3\n', '\n'],
    ['LF although every LF seems to stand in quotes', 'a,"b\n1,2\n', '\n'],
    ['CR', 'a,b\r1,2\r', '\r'],
    ['CR, with LF inside quotes', 'a,b\r1,"x\ny ""z"" \n"\r', '\r'],
    ['LF, with an inch mark before it', 'a,5" b\r\n1,2\n', '\n'],
  ])('is found: %s', (_, text, newline) => {
    expect(newlineOf(text)).toBe(newline);
  });
});

const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ODS = Buffer.from(`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`);

describe('a file that is no table', () => {
  it.each<[string, Uint8Array, string]>([
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3'), 'PDF'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'PNG'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46', 'hex'), 'JPEG'],
    ['a GIF', Buffer.from('GIF89a\x01\0'), 'GIF'],
    ['a web page under another name', Buffer.from('\n<html><table><tr><td>a'), 'HTML'],
    ['a web page with a doctype, in UTF-16', encoded('\ufeff<!DOCTYPE html>\n<p>', 'utf-16le'), 'HTML'],
    ['a web page as XML', Buffer.from('<?xml version="1.0"?><!DOCTYPE html><html>'), 'HTML'],
    ['a bare HTML table', Buffer.from('<table border=1>'), 'HTML'],
    ['XML', Buffer.from('\ufeff<?xml version="1.0"?><collection/>'), 'XML'],
    ['XML without a declaration', Buffer.from('<collection xmlns="x">'), 'XML'],
    ['JSON', Buffer.from('[\n {"id": 1}]'), 'JSON'],
    ['JSON lines', Buffer.from('{"id": 1}\n{"id": 2}\n'), 'JSON'],
    ['an old workbook', Buffer.concat([OLE2, Buffer.alloc(600)]), '.xls'],
    ['an OpenDocument spreadsheet', ODS, '.ods'],
    ['RTF', Buffer.from('{\\rtf1\\ansi'), 'RTF'],
    ['SQLite', Buffer.from('SQLite format 3\0\x10\0'), 'SQLite'],
    ['MARC', Buffer.from('01142cam  2200301 a 4500001001300000\x1e92005291 \x1eaStraw\x1d'), 'MARC'],
    ['a program', Buffer.from('7f454c460201010000000000000000000300', 'hex'), 'not a text file'],
    [
      '16-bit sound, which has a NUL in every other byte',
      Buffer.from('0100020001000300020001000400'.repeat(40), 'hex'),
      'not a text file',
    ],
    ['UTF-32', Buffer.from('fffe00006100000062000000', 'hex'), 'not a text file'],
  ])('is refused by its content: %s', (_, head, says) => {
    const refusal = {
      code: 'file.not-a-table',
      message: expect.stringContaining(says),
      hint: expect.stringMatching(/\w\.$/),
    };
    expect(() => sniff(head, true, 'books.csv')).toThrow(expect.objectContaining(refusal));
    expect(() => sniff(head, true, 'books.csv')).toThrow(/^books\.csv is /);
  });

  it('is refused as protected where a password makes a workbook look like an old one', () => {
    const byName = () => sniff(OLE2, true, 'books.xlsx');
    expect(byName).toThrow(expect.objectContaining({ code: 'file.encrypted' }));
    const byStream = () =>
      sniff(
        Buffer.concat([OLE2, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
        false,
        'books',
      );
    expect(byStream).toThrow(expect.objectContaining({ code: 'file.encrypted' }));
  });

  it('is never seen in random bytes with a UTF-16 mark, which are refused', () => {
    let seed = 1;
    const random = Uint8Array.from({ length: 4000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed & 0xff;
    });
    for (const mark of ['', 'fffe', 'feff']) {
      const head = Buffer.concat([Buffer.from(mark, 'hex'), random]);
      expect(() => sniff(head, true, 'x.csv')).toThrow(expect.objectContaining({ code: 'file.not-a-table' }));
    }
  });

  it.each([
    'a,b\n1,x\u0000y\n',
    'a,b\n1,2\n\u001a',
    '[book_id],[title]\n1,2\n',
    '<5 pages,title\n1,2\n',
    '12345,title\n',
    'PKs,b\n1,2\n',
    '{id},b\n1,2\n',
  ])('is not suspected in %j', (text) => {
    expect(sniffText(text)).toMatchObject({ container: 'plain', dialect: { delimiter: ',' } });
  });

  it('is looked for inside a gzip or zip by those that unpack it', () => {
    expect(sniff(gzipSync('a,b\n'), true, 'x.csv').container).toBe('gzip');
    expect(sniff(Buffer.from('PK\x03\x04\x14\0\x06\0'), true, 'x.csv').container).toBe('zip');
    expect(sniff(Buffer.from('PK\x05\x06\0\0'), true, 'x.csv').container).toBe('zip');
  });
});
