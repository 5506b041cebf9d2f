import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_DIALECT } from '../../../../electron/adapters/csv/dialect.ts';
import { FLAG_NOT_ASCII } from '../../../../electron/adapters/csv/record-index.ts';
import type { ScanOptions } from '../../../../electron/adapters/csv/scan-bytes.ts';
import { cutAt, entriesOf, indexOf, scanText } from './reading.ts';

const LIMITS = { quotedBytes: 40, recordBytes: 60 };
const OLD_MAC = { ...PLAIN_DIALECT, newline: '\r' } as const;

function rowsOf(text: string): (readonly string[])[] {
  return scanText(text).map((record) => record.cells);
}

describe('records of a CSV file', () => {
  it.each([
    [
      'LF',
      '1,x\n2,y\n',
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    [
      'CRLF',
      '1,x\r\n2,y\r\n',
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    [
      'a last line without a line break',
      '1,x\n2,y',
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    ['a last line cut off inside its CRLF', '1,"x"\r', [['1', 'x']]],
    ['a quoted comma', '1,"x, y"\n', [['1', 'x, y']]],
    ['a doubled quote', '1,"say ""x"""\n', [['1', 'say "x"']]],
    [
      'a quoted CRLF',
      '1,"x\r\ny"\r\n2,z',
      [
        ['1', 'x\r\ny'],
        ['2', 'z'],
      ],
    ],
    [
      'an inch mark in an unquoted cell',
      '1,5" disk\n2,"y"\n',
      [
        ['1', '5" disk'],
        ['2', 'y'],
      ],
    ],
    ['a blank behind the comma, which makes a quote plain text', '1, "x"\n', [['1', ' "x"']]],
    ['an empty quoted cell', '"",""\n', [['', '']]],
    ['cells that are all blank', ',\n', [['', '']]],
    ['one cell too few and one too many', '1\n2,y,z\n', [['1'], ['2', 'y', 'z']]],
    ['a lone CR, which is no line break', '1,x\ry\n', [['1', 'x\ry']]],
    ['U+FEFF at the front of a record', '\ufeff1,x\n', [['\ufeff1', 'x']]],
  ])('with %s are read', (_, text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it('keep their line of the file, blank lines counted and left out', () => {
    const text = '\n \r\na,b\n\n1,x\n\t\n2,"y\n\nz"\n\n3,w\n';
    expect(scanText(text).map(({ line, cells }) => [line, cells[0]])).toEqual([
      [3, 'a'],
      [5, '1'],
      [7, '2'],
      [11, '3'],
    ]);
    expect(indexOf([Buffer.from(text)]).blankLines).toBe(5);
  });

  it('are not there in lines of any white space that trim() knows', () => {
    const spaces = '\t\v\f \u00a0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\r';
    expect(rowsOf(`${spaces}\n1`)).toEqual([['1']]);
    for (const char of spaces) expect(rowsOf(`${char}\n1`)).toEqual([['1']]);
    for (const char of '\u200b\u180e\u00a1\u2010\u3001\u0001_') expect(rowsOf(`${char}\n`)).toEqual([[char]]);
  });

  it('count lines from where they are told, and one for each row of a converted workbook', () => {
    const text = 'a\n"1\n1"\n"2\n\n2"\n3\n';
    const lines = (settings: ScanOptions) => scanText(text, settings).map((record) => record.line);
    expect(lines({})).toEqual([1, 2, 4, 7]);
    expect(lines({ firstLine: 10 })).toEqual([10, 11, 13, 16]);
    expect(lines({ innerBreaksCount: false })).toEqual([1, 2, 3, 4]);
  });

  it('begin behind a line that only names the delimiter', () => {
    expect(scanText('sep=,\r\na,b\n', { sepLine: true })).toEqual([
      { line: 2, fault: null, cells: ['a', 'b'] },
    ]);
    expect(scanText('sep=,', { sepLine: true })).toEqual([]);
  });

  it('end with a lone CR in files of old Macs, where LF is text', () => {
    const records = scanText('a,"b"\r"1\r1",x\ny\r\r2,"z"\r', { dialect: OLD_MAC });
    expect(records.map(({ line, fault, cells }) => [line, fault, cells])).toEqual([
      [1, null, ['a', 'b']],
      [2, null, ['1\r1', 'x\ny']],
      [5, null, ['2', 'z']],
    ]);
  });

  it('come out as they were written, whatever their cells hold', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é', '📚') }),
      fc.string(),
    );
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (written, newline) => {
        const lines = written.map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        );
        expect(rowsOf(lines.map((line) => line + newline).join(''))).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a damaged quote', () => {
  it.each([
    [
      'that never closes',
      '1,"x\n2,y\n3,z\n',
      [
        [1, 'quote-unclosed', ['1,"x']],
        [2, null, ['2', 'y']],
        [3, null, ['3', 'z']],
      ],
    ],
    [
      'that never closes, in CRLF lines',
      '1,"x\r\n2,y\r\n',
      [
        [1, 'quote-unclosed', ['1,"x']],
        [2, null, ['2', 'y']],
      ],
    ],
    [
      'that never closes before other quoted rows',
      '1,"x\n2,"y"\n3,z',
      [
        [1, 'quote-text-after', ['1,"x']],
        [2, null, ['2', 'y']],
        [3, null, ['3', 'z']],
      ],
    ],
    [
      'that closes before more text',
      '1,"x"y\n2,z\n',
      [
        [1, 'quote-text-after', ['1,"x"y']],
        [2, null, ['2', 'z']],
      ],
    ],
    [
      'that closes before a blank',
      '1,"x" \n2,z\n',
      [
        [1, 'quote-text-after', ['1,"x" ']],
        [2, null, ['2', 'z']],
      ],
    ],
    [
      'that closes before a lone CR',
      '1,"x"\ry\n2,z\n',
      [
        [1, 'quote-text-after', ['1,"x"\ry']],
        [2, null, ['2', 'z']],
      ],
    ],
    [
      'in the last line',
      '1,x\n2,"y',
      [
        [1, null, ['1', 'x']],
        [2, 'quote-unclosed', ['2,"y']],
      ],
    ],
    [
      'behind a whole cell of two lines',
      '"1\n1","x\n2,y\n',
      [
        [1, 'quote-unclosed', ['"1\n1","x']],
        [3, null, ['2', 'y']],
      ],
    ],
  ])('%s ends its row at its first line break and nothing else', (_, text, outline) => {
    expect(scanText(text).map(({ line, fault, cells }) => [line, fault, cells])).toEqual(outline);
  });
});

describe('the reach of a record', () => {
  const outline = (text: string) =>
    scanText(`a,b\n${text}`, { limits: LIMITS })
      .slice(1)
      .map(({ line, cells, fault }) => [line, fault, cells]);

  it('is bounded for a quote that closes too far away', () => {
    const far = `1,"x\n${'2,y\n'.repeat(10)}",z\n`;
    const rows = outline(far);
    expect(rows[0]).toEqual([2, 'quote-unclosed', ['1,"x']]);
    expect(rows.slice(1, 11)).toEqual(Array.from({ length: 10 }, (_, i) => [3 + i, null, ['2', 'y']]));
    expect(rows).toHaveLength(12);
  });

  it('takes a quote that closes just within it', () => {
    expect(outline(`1,"${'x'.repeat(38)}\n"`)).toHaveLength(2);
    expect(outline(`1,"${'x'.repeat(37)}\n"`)).toEqual([[2, null, ['1', `${'x'.repeat(37)}\n`]]]);
  });

  it('makes one error of a line that is too long and reads on behind it', () => {
    const rows = outline(`1,${'x'.repeat(500)}\n2,y\n`);
    expect(rows).toEqual([
      [2, 'too-long', [`1,${'x'.repeat(198)}`]],
      [3, null, ['2', 'y']],
    ]);
  });

  it('never cuts a character in two where it keeps an excerpt', () => {
    const [row] = scanText(`${'x'.repeat(199)}📚${'x'.repeat(100)}\n`, { limits: LIMITS });
    expect(row?.fault).toBe('too-long');
    expect(row?.cells[0]).toBe(`${'x'.repeat(199)}\ufffd`);
  });

  it('ends a record of too many quoted lines at its first line break', () => {
    const rows = outline(`${'x","z\n'.repeat(30)}${'2,y\n'.repeat(20)}`);
    // The last three lines are one row: there the third quote alone runs too far, and the two before it closed.
    expect(rows).toHaveLength(48);
    expect(rows[0]).toEqual([2, 'quote-unclosed', ['x","z']]);
    expect(rows.at(-1)).toEqual([51, null, ['2', 'y']]);
  });

  it('blames the quote that is open at the end of the file, not the closed ones before it', () => {
    expect(outline('"1\n1","x\n","z\n2,y\n')).toEqual([
      [2, 'quote-unclosed', ['"1\n1","x\n","z']],
      [5, null, ['2', 'y']],
    ]);
  });

  it('keeps the beginning of a line of megabytes only, however it comes, and whole characters of it', () => {
    const line = Buffer.from(`x${'é'.repeat(3_000_000)}`);
    const chunks = [...cutAt(line, [1, 5000, 1_000_000, 4_000_001]), Buffer.from('\n2,y\n')];
    const { entries, count } = indexOf(chunks);
    expect(entriesOf(entries, count)).toEqual([
      { start: 0, byteLength: 1023, line: 1, fault: 'too-long', flags: FLAG_NOT_ASCII },
      { start: line.length + 1, byteLength: 3, line: 2, fault: null, flags: 0 },
    ]);
  });

  it('shrinks in a file of nothing but stray quotes, which would take hours otherwise', () => {
    const text = 'x","z\n'.repeat(200_000);
    const records = indexOf([Buffer.from(text)]);
    expect(records.count).toBeGreaterThan(190_000);
    const [first] = entriesOf(records.entries, 1);
    expect(first).toMatchObject({ start: 0, byteLength: 5, line: 1, fault: 'quote-unclosed' });
  });
});
