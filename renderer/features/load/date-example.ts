/** A date whose day and month can be told either way, read both ways. */
export interface DateExample {
  text: string;
  monthFirst: string;
  dayFirst: string;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** What is shown where no cell of the file serves. */
const FALLBACK: DateExample = {
  text: '9/3/2026',
  monthFirst: 'September 3, 2026',
  dayFirst: 'March 9, 2026',
};

/** The first of `cells` that reads differently with the month and with the day first, or an example of our own. */
export function dateExample(cells: readonly (string | null)[]): DateExample {
  for (const cell of cells) {
    const found = /^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b/.exec(cell ?? '');
    if (found === null) continue;
    const [text, first, , second, year = ''] = found;
    const [one, two] = [Number(first), Number(second)];
    const [monthOne, monthTwo] = [MONTHS[one - 1], MONTHS[two - 1]];
    if (one === two || monthOne === undefined || monthTwo === undefined) continue;
    return {
      text: text.trim(),
      monthFirst: `${monthOne} ${two}, ${year}`,
      dayFirst: `${monthTwo} ${one}, ${year}`,
    };
  }
  return FALLBACK;
}
