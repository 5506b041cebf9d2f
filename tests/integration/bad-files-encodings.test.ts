import { afterAll, describe, expect, it } from 'vitest';
import { checkBench, error, warning, words } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

const BOOKS = 'book_id,title,author\nB1,Café Zoë,Núñez\nB2,Übung,Ångström\n';
const ROWS = [
  ['B1', 'Café Zoë', 'Núñez'],
  ['B2', 'Übung', 'Ångström'],
];

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const mark = (...bytes: number[]): Buffer => Buffer.from(bytes);
const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : mark(part))));

describe('a file whose encoding is certain is read without a word', () => {
  it.each([
    ['UTF-8', 'utf-8', Buffer.from(BOOKS)],
    ['UTF-8 with a mark', 'utf-8', Buffer.from(`\ufeff${BOOKS}`)],
    ['UTF-16 LE with a mark', 'utf-16le', Buffer.concat([mark(0xff, 0xfe), utf16le(BOOKS)])],
    ['UTF-16 BE with a mark', 'utf-16be', Buffer.concat([mark(0xfe, 0xff), utf16be(BOOKS)])],
    ['UTF-16 LE without a mark', 'utf-16le', utf16le(BOOKS)],
    ['UTF-16 BE without a mark', 'utf-16be', utf16be(BOOKS)],
  ])('%s', async (_name, encoding, content) => {
    const seen = await bench.check(bench.file('books.csv', content));
    expect(seen).toMatchObject({ encoding, rows: 2, accepted: 2, header: ['book_id', 'title', 'author'] });
    expect(seen.cells).toEqual(ROWS);
    expect(seen.issues).toEqual([]);
  });
});

describe('a file that is no UTF-8', () => {
  const guessed = (name: string) =>
    warning(
      [0, 1, null],
      'file.encoding-guessed',
      `${name} is not written in UTF-8; it was read as Windows-1252 (Western European).`,
      {
        suggestion: words(
          'Look at some names with accents. If they are wrong, name the encoding, such as macintosh.',
        ),
      },
    );

  it('is read as Latin-1, with its accents, and this is said', async () => {
    const seen = await bench.check(bench.file('latin1.csv', Buffer.from(BOOKS, 'latin1')));
    expect(seen).toMatchObject({ encoding: 'windows-1252', accepted: 2, rejected: 0, warnings: 1 });
    expect(seen.cells).toEqual(ROWS);
    expect(seen.issues).toEqual([guessed('latin1.csv')]);
  });

  it('is read as Windows-1252, with its quotation marks, dashes and euro signs', async () => {
    const content = bytes('book_id,title\nB1,', 0x93, 'Hi', 0x94, ' ', 0x96, ' ', 0x80, '5\nB2,plain\n');
    const seen = await bench.check(bench.file('excel.csv', content));
    expect(seen.cells).toEqual([
      ['B1', '“Hi” – €5'],
      ['B2', 'plain'],
    ]);
    expect(seen.issues).toEqual([guessed('excel.csv')]);
  });

  it('is read as Windows-1252 although its first accent comes a megabyte behind its beginning', async () => {
    const plain = 'B1,a title without any accent in it,an author\n'.repeat(25_000);
    const late = Buffer.concat([
      Buffer.from(`book_id,title,author\n${plain}`),
      Buffer.from('B2,Café,Zoë\n', 'latin1'),
    ]);
    const { files } = await bench.report([bench.file('late.csv', late)]);
    expect(files[0]).toMatchObject({ encoding: 'windows-1252', rows: 25_001, accepted: 2, rejected: 24_999 });
    expect(files[0]?.issues[0]).toEqual(guessed('late.csv'));
    expect(files[0]?.issueCounts.map(({ code, count }) => [code, count])).toEqual([
      ['key.repeated', 24_999],
      ['file.encoding-guessed', 1],
    ]);
  });

  it('is read as the encoding that a person names, and nothing is guessed', async () => {
    // 0x8e is é on an old Mac and Ž in Windows-1252.
    const path = bench.file('mac.csv', bytes('book_id,title\nB1,Caf', 0x8e, '\nB2,plain\n'));
    const named = await bench.check(path, { reading: { encoding: 'macintosh' } });
    expect(named).toMatchObject({ encoding: 'macintosh', accepted: 2, issues: [] });
    expect(named.cells[0]).toEqual(['B1', 'Café']);
    expect((await bench.check(path)).cells[0]).toEqual(['B1', 'CafŽ']);
  });

  it('is refused under an encoding that does not exist', async () => {
    const path = bench.file('books.csv', BOOKS);
    expect(await bench.refusal(path, { reading: { encoding: 'klingon' } })).toEqual({
      code: 'usage.invalid',
      message: 'There is no encoding called klingon.',
      hint: expect.stringContaining('windows-1252 (Windows, Western Europe)'),
    });
  });
});

const LOST = 'holds the sign \ufffd, which stands for a character that was lost';
const lostKey = (place: [number, number, string], label: string, value: string) =>
  error(place, 'value.lost-character', `The ${label} ${LOST}, so nobody can tell which one it was.`, {
    value,
    suggestion: words(`Look the ${label} up and type it anew, or say in which encoding the file was saved.`),
  });
const lostText = (place: [number, number, string], label: string, value: string) =>
  warning(place, 'value.lost-character', `The ${label} ${LOST}.`, {
    value,
    suggestion: words('Type the lost character anew, or say in which encoding the file was saved.'),
  });

describe('a lost character', () => {
  it('in the middle of UTF-8 is counted, rejects its row in a key and is a warning in a text', async () => {
    const content = bytes(
      'book_id,title,author\nB1,Café,Zoë\nB2,Caf',
      0xe9,
      ',Zoë\nB',
      0xff,
      '3,Emma,Zoë\nB4,Übung,Zoë\n',
    );
    const seen = await bench.check(bench.file('mixed.csv', content));
    expect(seen).toMatchObject({ encoding: 'utf-8', rows: 4, accepted: 3, rejected: 1, warnings: 2 });
    expect(seen.cells).toEqual([
      ['B1', 'Café', 'Zoë'],
      ['B2', 'Caf\ufffd', 'Zoë'],
      ['B\ufffd3', 'Emma', 'Zoë'],
      ['B4', 'Übung', 'Zoë'],
    ]);
    expect(seen.issues).toEqual([
      warning(
        [0, 1, null],
        'file.characters-lost',
        '2 places in mixed.csv could not be read as UTF-8; each shows as \ufffd.',
        {
          suggestion: words('Name the encoding the file was saved in, or save it anew as CSV UTF-8.'),
        },
      ),
      lostText([2, 3, 'title'], 'title', 'Caf\ufffd'),
      lostKey([3, 4, 'book_id'], 'book id', 'B\ufffd3'),
    ]);
  });

  it('that some other program lost is an error in each key and a warning in texts and lists', async () => {
    const seen = await bench.check(
      bench.file(
        'lost.csv',
        'book_id,title,genre\nB\ufffd1,A,x\nB2,T\ufffdtle,"[""a"", ""b\ufffd""]"\nB3,C,\n',
      ),
    );
    expect(seen).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(seen.issues).toEqual([
      lostKey([1, 2, 'book_id'], 'book id', 'B\ufffd1'),
      lostText([2, 3, 'title'], 'title', 'T\ufffdtle'),
      lostText([2, 3, 'genre'], 'genre', '["a", "b\ufffd"]'),
    ]);
  });

  it('rejects a student and a checkout by their keys, a teacher not', async () => {
    const students = bench.file(
      'students.csv',
      'student_id,grade_level,age,homeroom_teacher,lunch_period\nS\ufffd,4,9,Lee,1\nS2,4,9,Pe\ufffda,1\n',
    );
    const checkouts = bench.file(
      'checkouts.csv',
      'student_id,book_id,checkout_date,checkout_id\nS2,B1,2026-03-09,C\ufffd\nS2,B2,2026-03-09,C2\n',
    );
    expect((await bench.check(students)).issues).toEqual([
      lostKey([1, 2, 'student_id'], 'student id', 'S\ufffd'),
      lostText([2, 3, 'homeroom_teacher'], 'homeroom teacher', 'Pe\ufffda'),
    ]);
    expect((await bench.check(checkouts)).issues).toEqual([
      lostKey([1, 2, 'checkout_id'], 'checkout id', 'C\ufffd'),
    ]);
  });
});

describe('characters that no database stores', () => {
  const invisible = (place: [number, number, string], label: string, value: string, fixed: string | null) =>
    error(
      place,
      'value.forbidden-character',
      `The ${label} holds an invisible character that the database cannot store.`,
      {
        value,
        suggestion:
          fixed === null
            ? words('Type the text anew.')
            : { label: 'Remove the invisible character', value: fixed },
      },
    );

  it('a NUL rejects its row in a column that is loaded and is nobody’s business in another', async () => {
    const rows = ['B1,A\0B,x', 'B2,B,y\0z', 'B\x003,C,x', 'B4,A title of usual length,shelf'];
    const more = ['B5,Another title of usual length,shelf', 'B6,And a third one for good measure,shelf'];
    const path = bench.file('nul.csv', `book_id,title,shelf\n${[...rows, ...more].join('\n')}\n`);
    const seen = await bench.check(path);
    expect(seen).toMatchObject({ rows: 6, accepted: 4, rejected: 2 });
    expect(seen.cells.slice(0, 4)).toEqual([
      ['B1', 'A\0B', 'x'],
      ['B2', 'B', 'y\0z'],
      ['B\x003', 'C', 'x'],
      ['B4', 'A title of usual length', 'shelf'],
    ]);
    expect(seen.issues).toEqual([
      warning(
        [0, 1, 'shelf'],
        'column.unknown',
        'The column "shelf" is not known; it is left out when books are loaded.',
        { value: 'shelf' },
      ),
      invisible([1, 2, 'title'], 'title', 'A\0B', 'AB'),
      invisible([3, 4, 'book_id'], 'book id', 'B\x003', 'B3'),
    ]);
  });

  it('half a character, written as a JSON escape, rejects its row', async () => {
    const path = bench.file(
      'halves.csv',
      String.raw`book_id,title,genre
B1,A,"[""\ud83d""]"
B2,B,"[""\ud83d\ude00"", ""x""]"
B3,C,"[""\u0000""]"
`,
    );
    const seen = await bench.check(path);
    expect(seen).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    expect(seen.issues).toEqual([
      invisible([1, 2, 'genre'], 'genre', String.raw`["\ud83d"]`, null),
      invisible([3, 4, 'genre'], 'genre', String.raw`["\u0000"]`, null),
    ]);
  });

  it('half a character in UTF-16 is a lost one', async () => {
    const content = Buffer.concat([
      mark(0xff, 0xfe),
      utf16le('book_id,title\nB1,a'),
      mark(0x3d, 0xd8),
      utf16le('b\nB2,Zoë\n'),
    ]);
    const seen = await bench.check(bench.file('half.csv', content));
    expect(seen.cells).toEqual([
      ['B1', 'a\ufffdb'],
      ['B2', 'Zoë'],
    ]);
    expect(seen.issues).toEqual([
      warning(
        [0, 1, null],
        'file.characters-lost',
        'One place in half.csv could not be read as UTF-16; each shows as \ufffd.',
        {
          suggestion: words('Name the encoding the file was saved in, or save it anew as CSV UTF-8.'),
        },
      ),
      lostText([1, 2, 'title'], 'title', 'a\ufffdb'),
    ]);
  });
});
