import { type Coercer, indexedText, invalid, text, value, wholeNumber } from './coerce.ts';
import { COLUMNS } from './columns.ts';
import { MAX_KEY_BYTES } from './limits.ts';
import { beforeKindergarten, notANumber } from './messages.ts';
import { cellReader, hasError, type RecordReader } from './record-reader.ts';
import type { ColumnMapping, RowIssue, StudentRecord } from './types.ts';

/** How each column of a student is read. */
export function studentCoercers() {
  const columns = COLUMNS.students;
  return {
    student_id: indexedText(columns.student_id.label, MAX_KEY_BYTES),
    grade_level: readGrade,
    age: wholeNumber({ label: columns.age.label, min: 4, max: 21, range: 'from 4 to 21' }),
    homeroom_teacher: text(columns.homeroom_teacher.label),
    prior_year_reading_score: wholeNumber({
      label: columns.prior_year_reading_score.label,
      min: 0,
      max: 5,
      range: 'from 0 to 5',
    }),
    lunch_period: wholeNumber({ label: columns.lunch_period.label, min: 1, max: 9, range: 'from 1 to 9' }),
  };
}

/** Reads the students of one file. */
export function studentReader(mapping: ColumnMapping): RecordReader<StudentRecord> {
  const columns = COLUMNS.students;
  const coercers = studentCoercers();
  const studentId = cellReader(mapping, columns.student_id, coercers.student_id);
  const grade = cellReader(mapping, columns.grade_level, coercers.grade_level);
  const age = cellReader(mapping, columns.age, coercers.age);
  const teacher = cellReader(mapping, columns.homeroom_teacher, coercers.homeroom_teacher);
  const score = cellReader(mapping, columns.prior_year_reading_score, coercers.prior_year_reading_score);
  const lunch = cellReader(mapping, columns.lunch_period, coercers.lunch_period);

  return (source) => {
    const issues: RowIssue[] = [];
    const record: StudentRecord = {
      student_id: studentId?.(source, issues) ?? '',
      grade_level: grade?.(source, issues) ?? 0,
      age: age?.(source, issues) ?? 0,
      homeroom_teacher: teacher?.(source, issues) ?? '',
      prior_year_reading_score: score?.(source, issues) ?? null,
      lunch_period: String(lunch?.(source, issues) ?? ''),
    };
    return { record: hasError(issues) ? null : record, issues, isbnZeroRestored: false };
  };
}

const GRADE = {
  label: COLUMNS.students.grade_level.label,
  min: 0,
  max: 12,
  range: 'from 0 (kindergarten) to 12',
};
const readGradeNumber = wholeNumber(GRADE);
/** PK, Pre-K, TK, Pre-Kindergarten and -1, as school offices write the year before kindergarten. */
const BEFORE_KINDERGARTEN = /^(?:(?:p|t|pre)[ -]?k|pre[ -]?kindergarten|pre[ -]?school|-1(?:\.0*)?)$/i;
const KINDERGARTEN = /^(?:kg|kinder|kindergarten)$/i;

/** K is 0. Longer words for it are an error with the number at hand: nothing but K is agreed upon. */
const readGrade: Coercer<number> = (cell) => {
  if (cell === 'K' || cell === 'k') return value(0);
  if (BEFORE_KINDERGARTEN.test(cell)) return invalid(beforeKindergarten());
  if (KINDERGARTEN.test(cell)) return invalid(notANumber(GRADE.label, GRADE.range, '0'));
  return readGradeNumber(cell);
};
