import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedZip } from '../../electron/adapters/xlsx/packed-zip.ts';
import { inline, workbookParts } from '../../electron/adapters/xlsx/workbook-files.ts';

/*
 * A term as schools send it: in it is every kind of issue that a file can have, a few rows of each, small enough
 * that what the database holds in the end was written by hand (loaded-term.ts). All of it is invented.
 */

/** A list of genres that no index could hold. */
const ENDLESS_GENRE = `[${Array.from({ length: 400 }, (_, n) => `"genre number ${n}"`).join(',')}]`;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const BOOKS = [
  'book_id,ISBN13,isbn,Title,Author,Genre,Keywords,Description,Difficulty,Reading Level,Year,Pages,Rating,Shelf,Title',
  'B-01,,9780439023481,The Lantern Keepers,Ada Holm,"[""mystery""]","[""night"", ""light""]",Two cousins mind a lighthouse.,middle_school,4.4,2008.0,212,4.1,A1,',
  'B-02,,,Wind over Maple Street,Ben Okoro,weather,storms,A storm moves a whole street.,early_elementary,"4,4",2011,96,3.9,A1,',
  'B-03,,,The Paper Fox,Cy Arden,animals,,A fox made of paper goes to school.,late_elementary,"3,5",2015,120,4.0,A2,',
  'B-04,,,,Dora Lind,animals,,Nobody wrote its title down.,late_elementary,3.1,2001,88,3.2,A2,',
  'B-05,,,Half a Page,Eli Marsh,humor,,It ends in the middle.,middle_school,5.0,1999,312.5,3.0,A2,',
  'B-06,,,Seven Stars,Fay Onwu,space,,Rated by someone who loved it.,high_school,8.2,2019,240,7,A3,',
  'B-07,,,An Easy Climb,Gus Vale,sports,,A hill and a dog.,easy,2.2,2004,64,3.8,A3,',
  'B-08,,,The Narrow Bridge,Hana Kord,adventure,,Only one may cross.,Hihg school,7.5,2013,301,4.3,A3,',
  'B-09,,,Two Clowns,Ivo Penn,"[humor, circus",,They never agree.,beginner,1.4,2009,40,3.3,B1,',
  'B-10,,9780439023482,The Wrong Number,Jo Tarn,mystery,,Somebody else answers.,advanced,9.1,2016,280,3.7,B1,',
  'B-11,,9.78043902348e+12,Rounded Off,Kim Sorrel,math,,What a spreadsheet does.,middle_school,5.5,2018,150,3.6,B1,',
  'B-12,,,The Silent Bell\u0000,Lee Quist,music,,It has not rung for years.,middle_school,5.1,2012,134,3.9,B2,',
  `B-13,,,Everything at Once,Mo Abend,${quoted(ENDLESS_GENRE)},,All genres there are.,advanced,10.0,2020,900,2.9,B2,`,
  'B-15,,,"The Odd" Quote,Ola Birk,poetry,,A mark too many.,advanced,6.1,2003,78,3.1,B2,',
  'B-16,,,Commas, Commas, Commas,Pia Roth,grammar,,Where do they go?,middle_school,5.0,2010,99,3.5,B3,',
  'B-17,,,Blank Tail,Quin Elm,grammar,,Nothing comes behind.,middle_school,5.2,2010,101,3.5,B3,,,',
  'B-18,,,Short Row,Ray Dunn,grammar',
  'B-19,,,Old Title,Sue Farr,history,,First edition.,middle_school,6.3,1990,180,3.4,C1,',
  'B-19,,,New Title,Sue Farr,history,,Second edition.,middle_school,6.3,2021,188,3.6,C1,',
  'B-20,,,Nine Hundred Ninety-Nine,Tom Igel,numbers,,The library does not take it.,middle_school,6.6,2005,999,3.3,C1,',
  'B-21,,,The Open Quote,Nan Frost,poetry,,"Its story never ends.,advanced,6.0,2003,77,3.1,C1,',
];

const STUDENTS = [
  'Student Number;Barcode;Grade;Age;Homeroom;Prior Reading Score;Lunch',
  '1001;700001;4;9;Mrs. Núñez;3;1',
  '1002;700002;Grade 4;9;Mrs. Núñez;4;1',
  '1003;700003;Grade 4;10;Mr. Bauer;;2',
  '1004;700004;five;10;Mr. Bauer;2.0;2',
  '1005;700005;5;11;Mr. Bauer;3.7;2',
  '1006;700006;3;44;Ms. Ito;1;3',
  '1007;700007;K;5;Ms. Ito;N/A;3',
];

const CHECKOUTS = [
  'student_id,book_id,When,return_date,student_rating,checkout_id',
  '1001,B-01,2026-09-03,2026-09-17,4.0,X-1',
  '1002,B-02,2026-09-04,2026-09-01,5,X-2',
  '1003,B-03,2026-09-31,,3,X-3',
  '1001,B-07,2026-09-08,9/22/2026,4.5,X-4',
  '1004,B-99,2026-09-09,,,X-5',
  '1999,B-01,2026-09-10,,2,X-6',
  '1007,B-09,2026-09-11,10/2/2026,5,LOST',
];

/** Students who came later, in a workbook that has a second sheet. */
const LATE_STUDENTS = [
  ['Student Number', 'Grade', 'Age', 'Homeroom', 'Prior Reading Score', 'Lunch'],
  ['1008', 'Grade 4', '9', 'Ms. Ito', '5', '1'],
];

export interface MessyTerm {
  books: string;
  students: string;
  checkouts: string;
  /** Has a header only. */
  noCheckouts: string;
  lateStudents: string;
}

/** Writes the term into `dir` as the school sent it. */
export function writeMessyTerm(dir: string): MessyTerm {
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };
  const sheet = (rows: readonly (readonly string[])[]): string =>
    rows.map((row) => `<row>${row.map(inline).join('')}</row>`).join('');
  return {
    books: write('books.csv', `${BOOKS.join('\n')}\n`),
    // Windows-1252 writes the letters of these names as Latin-1 does.
    students: write('students.csv', Buffer.from(`${STUDENTS.join('\r\n')}\r\n`, 'latin1')),
    checkouts: write('checkouts.csv', withLostByte(`\u{feff}${CHECKOUTS.join('\n')}\n`)),
    noCheckouts: write('checkouts-may.csv', 'student_id,book_id,checkout_date\n'),
    lateStudents: write(
      'late students.xlsx',
      packedZip(
        workbookParts({
          sheets: [
            { name: 'Late', data: sheet(LATE_STUDENTS) },
            { name: 'Notes', data: sheet([['Sent on Tuesday']]) },
          ],
        }),
      ),
    ),
  };
}

/** A byte that no UTF-8 has, where the text reads LOST. */
function withLostByte(text: string): Uint8Array {
  const [before = '', after = ''] = text.split('LOST');
  return Buffer.concat([Buffer.from(`${before}X-7`), Buffer.from([0xff]), Buffer.from(after)]);
}
