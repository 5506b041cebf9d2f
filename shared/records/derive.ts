import { type Coerced, type Coercer, value, wholeNumber } from './coerce.ts';
import { date } from './coerce-date.ts';
import type { DateOrder, DerivedRule } from './types.ts';

/** The grade in which a school year's graduates are. */
const LAST_GRADE = 12;

/** The canonical columns that a rule can fill. */
export const COLUMN_OF_RULE: Readonly<Record<DerivedRule['kind'], string>> = {
  'age-on': 'age',
  'grade-from-graduation-year': 'grade_level',
};

/**
 * Works a value out of a cell that is trimmed and not blank, as the text that a cell of the canonical column
 * would hold; whether it fits there, that column's own rules decide. `order` is how birth dates are written.
 */
export function derivation(rule: DerivedRule, order: DateOrder | null): Coercer<string> {
  switch (rule.kind) {
    case 'age-on':
      return ageOn(rule.date, order);
    case 'grade-from-graduation-year':
      return gradeFrom(rule.schoolYearEnds);
  }
}

/** Whole years at `day`. Who is born on 29 February is a year older on 1 March. */
function ageOn(day: string, order: DateOrder | null): Coercer<string> {
  const readBirthDate = date('birth date', order);
  return (cell) => {
    const birth = readBirthDate(cell);
    if (birth.state === 'invalid') return birth;
    const years = Number(day.slice(0, 4)) - Number(birth.value.slice(0, 4));
    return value(String(birth.value.slice(5) <= day.slice(5) ? years : years - 1));
  };
}

function gradeFrom(schoolYearEnds: number): Coercer<string> {
  const readYear = wholeNumber({
    label: 'graduation year',
    min: 1900,
    max: 2200,
    range: 'of four digits',
  });
  return (cell): Coerced<string> => {
    const year = readYear(cell);
    return year.state === 'invalid' ? year : value(String(LAST_GRADE - (year.value - schoolYearEnds)));
  };
}
