import { describe, expect, it } from 'vitest';
import { recogniseType } from '../../../shared/records/recognise-type.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import { errorOf, mapHeader } from './checking.ts';

/** Which heading every column of a file is read from first; the rest must be reported. */
function reads(type: RecordType, header: readonly string[]): Record<string, string> {
  const mapping = mapHeader(type, header);
  const first: Record<string, string> = {};
  const used = new Set<number>();
  for (const [column, source] of Object.entries(mapping.sources)) {
    if (source?.kind !== 'cells') continue;
    first[column] = header[source.positions[0] ?? -1] ?? '?';
    for (const position of source.positions) used.add(position);
  }
  const reported = mapping.issues.map((issue) => issue.value);
  const silent = header.filter((heading, position) => !used.has(position) && !reported.includes(heading));
  expect(silent).toEqual([]);
  return first;
}

const EXPORTS: readonly [string, RecordType, string, Record<string, string>][] = [
  [
    'Follett Destiny: titles and copies',
    'books',
    'Call Number|Copy Barcode|Title|Author|ISBN|Publisher|Publication Year|Pages|Summary|Subjects|Reading Level|Lexile|Interest Level|Circulation Type|Purchase Price|Date Acquired|Status',
    {
      book_id: 'Copy Barcode',
      title: 'Title',
      author: 'Author',
      isbn: 'ISBN',
      keywords: 'Subjects',
      description: 'Summary',
      reading_level: 'Reading Level',
      publication_year: 'Publication Year',
      page_count: 'Pages',
    },
  ],
  [
    'Follett Destiny: checkouts',
    'checkouts',
    'Patron Name|District ID|Patron Barcode|Homeroom|Grade Level|Title|Copy Barcode|Call Number|Checked Out|Due|Returned',
    {
      student_id: 'District ID',
      book_id: 'Copy Barcode',
      checkout_date: 'Checked Out',
      return_date: 'Returned',
    },
  ],
  [
    'Koha: catalogue report',
    'books',
    'biblionumber|itemnumber|barcode|title|author|isbn|publishercode|publicationyear|copyrightdate|pages|abstract|itemcallnumber|homebranch|itype|ccode|notes',
    {
      book_id: 'biblionumber',
      title: 'title',
      author: 'author',
      isbn: 'isbn',
      description: 'abstract',
      publication_year: 'publicationyear',
      page_count: 'pages',
    },
  ],
  [
    'Koha: issues and old issues',
    'checkouts',
    'issue_id|borrowernumber|cardnumber|itemnumber|biblionumber|issuedate|date_due|returndate|lastreneweddate|renewals_count|branchcode|timestamp',
    {
      student_id: 'borrowernumber',
      book_id: 'biblionumber',
      checkout_date: 'issuedate',
      return_date: 'returndate',
      checkout_id: 'issue_id',
    },
  ],
  [
    'Alexandria: items',
    'books',
    'Barcode|Title|Author|ISBN|Call Number|Subjects|Summary|Pages|Copyright Date|Reading Level|Lexile|Policy|Copy Location|Cost',
    {
      book_id: 'Barcode',
      title: 'Title',
      author: 'Author',
      isbn: 'ISBN',
      keywords: 'Subjects',
      description: 'Summary',
      reading_level: 'Reading Level',
      publication_year: 'Copyright Date',
      page_count: 'Pages',
    },
  ],
  [
    'Alexandria: history',
    'checkouts',
    'Patron Barcode|Patron Name|Item Barcode|Title|Call Number|Date Out|Date Due|Date In|Site',
    {
      student_id: 'Patron Barcode',
      book_id: 'Item Barcode',
      checkout_date: 'Date Out',
      return_date: 'Date In',
    },
  ],
  [
    'an Excel list of books',
    'books',
    'Accession No|Book Title|Author(s)|ISBN No.|Category|No. of Pages|Year Published|Price|Shelf',
    {
      book_id: 'Accession No',
      title: 'Book Title',
      author: 'Author(s)',
      isbn: 'ISBN No.',
      genre: 'Category',
      publication_year: 'Year Published',
      page_count: 'No. of Pages',
    },
  ],
  [
    'an Excel list of students',
    'students',
    'Student Number|First Name|Last Name|Grade|Age|Teacher|Lunch|Last Year Reading Score',
    {
      student_id: 'Student Number',
      grade_level: 'Grade',
      age: 'Age',
      homeroom_teacher: 'Teacher',
      prior_year_reading_score: 'Last Year Reading Score',
      lunch_period: 'Lunch',
    },
  ],
  [
    'MARC records as a table',
    'books',
    'Bib ID|020$a|100$a|245$a|245$c|260$b|300$a|520$a|650$a|655$a',
    {
      book_id: 'Bib ID',
      isbn: '020$a',
      author: '100$a',
      title: '245$a',
      description: '520$a',
      keywords: '650$a',
      genre: '655$a',
    },
  ],
  [
    'a Spanish list of books',
    'books',
    'Código del libro|Título|Autor|Editorial|ISBN|Género|Palabras clave|Descripción|Nivel de lectura|Nivel de dificultad|Año de publicación|Número de páginas|Calificación promedio',
    {
      book_id: 'Código del libro',
      title: 'Título',
      author: 'Autor',
      isbn: 'ISBN',
      genre: 'Género',
      keywords: 'Palabras clave',
      description: 'Descripción',
      difficulty_band: 'Nivel de dificultad',
      reading_level: 'Nivel de lectura',
      publication_year: 'Año de publicación',
      page_count: 'Número de páginas',
      average_rating: 'Calificación promedio',
    },
  ],
  [
    'a Spanish list of students',
    'students',
    'Código de estudiante|Nombre|Apellidos|Género|Grado|Edad|Maestro(a)|Puntaje de lectura del año anterior|Hora de almuerzo',
    {
      student_id: 'Código de estudiante',
      grade_level: 'Grado',
      age: 'Edad',
      homeroom_teacher: 'Maestro(a)',
      prior_year_reading_score: 'Puntaje de lectura del año anterior',
      lunch_period: 'Hora de almuerzo',
    },
  ],
  [
    'a Spanish list of loans',
    'checkouts',
    'Número de préstamo|ID del alumno|Nombre|Código del libro|Título|Fecha de préstamo|Fecha de vencimiento|Fecha de devolución|Calificación',
    {
      student_id: 'ID del alumno',
      book_id: 'Código del libro',
      checkout_date: 'Fecha de préstamo',
      return_date: 'Fecha de devolución',
      student_rating: 'Calificación',
      checkout_id: 'Número de préstamo',
    },
  ],
];

describe.each(EXPORTS)('%s', (_, type, headings, expected) => {
  const header = headings.split('|');

  it('is recognised', () => {
    expect(recogniseType(header)).toBe(type);
  });

  it('is read column by column, and what is not read is reported', () => {
    expect(reads(type, header)).toEqual(expected);
  });
});

/** These have neither an age nor a lunch period: a mapping works them out. */
const READERS: readonly [string, string, string][] = [
  [
    'Follett Destiny: patrons',
    'SiteShortName|Barcode|DistrictID|LastName|FirstName|MiddleName|Nickname|Gender|PatronType|AccessLevel|Status|CardExpires|GradeLevel|Homeroom|GraduationYear|BirthDate|UserName|EmailPrimary',
    'DistrictID',
  ],
  [
    'Alexandria: patrons',
    'Barcode|First Name|Last Name|Middle Name|Nickname|Policy|Status|Grade|Homeroom|Second Location|Birthdate|Site|Email',
    'Barcode',
  ],
];

describe.each(READERS)('%s', (_, headings, id) => {
  const header = headings.split('|');

  it('is recognised, and what it lacks is named with a way to work it out', () => {
    expect(recogniseType(header)).toBe('students');
    const error = errorOf(() => mapHeader('students', header));
    expect(error.message).toContain('none of the columns age and lunch_period.');
    expect(error.hint).toMatch(/work out age from "Birth ?date"/i);
  });

  it('is read with a mapping that says the rest', () => {
    const birth = header.find((heading) => /birth/i.test(heading)) ?? '';
    const mapping = mapHeader('students', header, {
      version: 1,
      type: 'students',
      columns: { age: { from: birth, derive: 'age-on', date: '09-01' }, lunch_period: { constant: '2' } },
    });
    expect(Object.keys(mapping.sources)).toEqual([
      'student_id',
      'grade_level',
      'age',
      'homeroom_teacher',
      'lunch_period',
    ]);
    expect(mapping.sources.student_id).toEqual({ kind: 'cells', positions: [header.indexOf(id)] });
    expect(mapping.issues.map((issue) => issue.value)).not.toContain(birth);
  });
});

it("does not take Koha's borrowers, who have titles such as Mr, for books", () => {
  const header =
    'borrowernumber|cardnumber|surname|firstname|title|othernames|dateofbirth|branchcode|categorycode|dateenrolled|dateexpiry|userid|sort1|sort2';
  expect(recogniseType(header.split('|'))).toBeNull();
});
