import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChunks, readText } from './reading.ts';

const LIMITS = { quotedChars: 40, recordChars: 60 };

async function rowsOf(text: string): Promise<(readonly string[])[]> {
  return (await readText(`a,b\n${text}`)).records.map((record) => record.cells);
}

async function outlineOf(text: string): Promise<unknown[]> {
  const { records } = await readText(`a,b\n${text}`);
  return records.map(({ row, line, cells, fault }) => [row, line, fault, cells]);
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
  ])('with %s are read', async (_, text, rows) => {
    expect(await rowsOf(text)).toEqual(rows);
  });

  it('are counted without header and blank lines, and keep their line of the file', async () => {
    const { header, records } = await readText('\n \r\na,b\n\n1,x\n\t\n2,"y\n\nz"\n\n3,w\n');
    expect(header).toEqual(['a', 'b']);
    expect(records.map(({ row, line }) => [row, line])).toEqual([
      [1, 5],
      [2, 7],
      [3, 11],
    ]);
  });

  it('have no byte order mark, also before a quoted heading', async () => {
    expect((await readText('\ufeff"a",b\n1,x\n')).header).toEqual(['a', 'b']);
  });

  it('come in batches of at most the rows that were asked for', async () => {
    const { batchSizes } = await readChunks([Buffer.from('a\n1\n2\n3\n4\n5\n')], 2);
    expect(batchSizes).toEqual([2, 2, 1]);
  });

  it('come out as they were written, whatever their cells hold', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é', '📚') }),
      fc.string(),
    );
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (written, newline) => {
        const lines = written.map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        );
        expect(await rowsOf(lines.map((line) => line + newline).join(''))).toEqual(written);
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
        [1, 2, 'quote-unclosed', ['1,"x']],
        [2, 3, null, ['2', 'y']],
        [3, 4, null, ['3', 'z']],
      ],
    ],
    [
      'that never closes, in CRLF lines',
      '1,"x\r\n2,y\r\n',
      [
        [1, 2, 'quote-unclosed', ['1,"x']],
        [2, 3, null, ['2', 'y']],
      ],
    ],
    [
      'that never closes before other quoted rows',
      '1,"x\n2,"y"\n3,z',
      [
        [1, 2, 'quote-text-after', ['1,"x']],
        [2, 3, null, ['2', 'y']],
        [3, 4, null, ['3', 'z']],
      ],
    ],
    [
      'that closes before more text',
      '1,"x"y\n2,z\n',
      [
        [1, 2, 'quote-text-after', ['1,"x"y']],
        [2, 3, null, ['2', 'z']],
      ],
    ],
    [
      'that closes before a blank',
      '1,"x" \n2,z\n',
      [
        [1, 2, 'quote-text-after', ['1,"x" ']],
        [2, 3, null, ['2', 'z']],
      ],
    ],
    [
      'that closes before a lone CR',
      '1,"x"\ry\n2,z\n',
      [
        [1, 2, 'quote-text-after', ['1,"x"\ry']],
        [2, 3, null, ['2', 'z']],
      ],
    ],
    [
      'in the last line',
      '1,x\n2,"y',
      [
        [1, 2, null, ['1', 'x']],
        [2, 3, 'quote-unclosed', ['2,"y']],
      ],
    ],
    [
      'behind a whole cell of two lines',
      '"1\n1","x\n2,y\n',
      [
        [1, 2, 'quote-unclosed', ['"1\n1","x']],
        [2, 4, null, ['2', 'y']],
      ],
    ],
  ])('%s ends its row at its first line break and nothing else', async (_, text, outline) => {
    expect(await outlineOf(text)).toEqual(outline);
  });
});

describe('the reach of a record', () => {
  const outline = async (text: string) =>
    (await readText(`a,b\n${text}`, LIMITS)).records.map(({ line, cells, fault }) => [line, fault, cells]);

  it('is bounded for a quote that closes too far away', async () => {
    const far = `1,"x\n${'2,y\n'.repeat(10)}",z\n`;
    const rows = await outline(far);
    expect(rows[0]).toEqual([2, 'quote-unclosed', ['1,"x']]);
    expect(rows.slice(1, 11)).toEqual(Array.from({ length: 10 }, (_, i) => [3 + i, null, ['2', 'y']]));
    expect(rows).toHaveLength(12);
  });

  it('takes a quote that closes just within it', async () => {
    expect(await outline(`1,"${'x'.repeat(38)}\n"`)).toHaveLength(2);
    expect(await outline(`1,"${'x'.repeat(37)}\n"`)).toEqual([[2, null, ['1', `${'x'.repeat(37)}\n`]]]);
  });

  it('makes one error of a line that is too long and reads on behind it', async () => {
    const rows = await outline(`1,${'x'.repeat(500)}\n2,y\n`);
    expect(rows).toEqual([
      [2, 'too-long', [`1,${'x'.repeat(198)}`]],
      [3, null, ['2', 'y']],
    ]);
  });

  it('never cuts a character in two where it keeps an excerpt', async () => {
    const [row] = (await readText(`a\n${'x'.repeat(199)}📚${'x'.repeat(100)}\n`, LIMITS)).records;
    expect(row?.fault).toBe('too-long');
    expect(row?.cells[0]?.isWellFormed()).toBe(true);
  });

  it('ends a record of too many quoted lines at its first line break', async () => {
    const rows = await outline(`${'x","z\n'.repeat(30)}${'2,y\n'.repeat(20)}`);
    // The last three lines are one row: there the third quote alone runs too far, and the two before it closed.
    expect(rows).toHaveLength(48);
    expect(rows[0]).toEqual([2, 'quote-unclosed', ['x","z']]);
    expect(rows.at(-1)).toEqual([51, null, ['2', 'y']]);
  });

  it('blames the quote that is open at the end of the file, not the closed ones before it', async () => {
    expect(await outline('"1\n1","x\n","z\n2,y\n')).toEqual([
      [2, 'quote-unclosed', ['"1\n1","x\n","z']],
      [5, null, ['2', 'y']],
    ]);
  });
});
