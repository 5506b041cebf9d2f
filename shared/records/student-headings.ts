import type { StudentRecord } from './types.ts';

/**
 * Other headings for the columns of a student, best first: English, Spanish, and what library systems and
 * school offices export (Follett Destiny's patron fields `District ID`, `Grade Level`, `Homeroom`; Koha's
 * `borrowernumber`, `cardnumber`; Alexandria's `Patron Barcode`, `Grade`).
 *
 * Left out on purpose, because they can mean something else: `year group` (a British year 4 is grade 3), `curso`
 * (a class), `matrícula` (also: whether somebody is enrolled), `tutor` (also: the guardian), `reading score`
 * (of which year?), `lunch time` (a time of day).
 */
export const STUDENT_HEADINGS: { readonly [C in keyof StudentRecord]: readonly string[] } = {
  student_id: [
    'student number',
    'student no',
    'student code',
    'pupil id',
    'pupil number',
    'learner id',
    'id estudiante',
    'id del estudiante',
    'id de estudiante',
    'código de estudiante',
    'código del estudiante',
    'código estudiante',
    'número de estudiante',
    'nº de estudiante',
    'id alumno',
    'id del alumno',
    'id de alumno',
    'código de alumno',
    'código del alumno',
    'número de alumno',
    'clave del alumno',
    'número de matrícula',
    'nº de matrícula',
  ],
  grade_level: [
    'grade',
    'current grade',
    'student grade',
    'school grade',
    'year level',
    'grado',
    'grado escolar',
    'grado actual',
    'nivel de grado',
  ],
  age: [
    'student age',
    'age in years',
    'age years',
    'edad',
    'edad en años',
    'edad (años)',
    'edad del estudiante',
  ],
  homeroom_teacher: [
    'homeroom',
    'homeroom teacher name',
    'homeroom name',
    'teacher',
    'teacher name',
    'class teacher',
    'classroom teacher',
    'maestro',
    'maestra',
    'maestro(a)',
    'profesor',
    'profesora',
    'profesor(a)',
    'docente',
    'maestro titular',
    'profesor titular',
    'maestro de aula',
    'maestro de salón hogar',
    'nombre del maestro',
    'nombre del profesor',
  ],
  prior_year_reading_score: [
    'prior reading score',
    'prior year score',
    'previous year reading score',
    'last year reading score',
    'reading score prior year',
    'puntaje de lectura del año anterior',
    'puntaje de lectura año anterior',
    'puntuación de lectura del año anterior',
    'calificación de lectura del año anterior',
    'nota de lectura del año anterior',
  ],
  lunch_period: [
    'lunch',
    'lunch block',
    'lunch slot',
    'lunch shift',
    'hora de almuerzo',
    'periodo de almuerzo',
    'turno de almuerzo',
    'almuerzo',
    'turno de comida',
  ],
};

/**
 * Numbers that can stand for a student where a file has no student id, best first. The district's number comes
 * before a barcode, which Destiny keeps unique within one school only: two schools' files must not overwrite
 * each other's students. They are numbers of different kinds, so only one of them is ever read.
 */
export const STUDENT_NUMBERS: readonly string[] = [
  'district id',
  'district student id',
  'local student id',
  'lasid',
  'sis id',
  'perm id',
  'permanent id',
  'patron id',
  'patron number',
  'borrowernumber',
  'borrower id',
  'cardnumber',
  'library card number',
  'library card',
  'patron barcode',
  'student barcode',
  'borrower barcode',
  'número de lector',
  'código de lector',
  'número de carné',
  'número de carnet',
];

/** Headings of a birth date, from which an age can be worked out; as `headingKey` has them. */
export const BIRTH_DATE_KEYS: ReadonlySet<string> = new Set([
  'birthdate',
  'dateofbirth',
  'dob',
  'birthday',
  'studentbirthdate',
  'fechadenacimiento',
  'fechanacimiento',
]);

/** Headings of the year of graduation, from which a grade can be worked out; as `headingKey` has them. */
export const GRADUATION_YEAR_KEYS: ReadonlySet<string> = new Set([
  'graduationyear',
  'gradyear',
  'gradyr',
  'yearofgraduation',
  'classof',
  'anodegraduacion',
  'anograduacion',
]);
