import type { Finding } from './messages.ts';
import type { DateOrder, RowIssue, Suggestion } from './types.ts';

/**
 * The texts about where a column's values come from: its heading, its content, a saved mapping. Those about a
 * cell's value as such are in messages.ts; the same rules hold here, so none repeats what a cell holds.
 */

function warning(code: Finding['code'], message: string, suggestion: Finding['suggestion'] = null): Finding {
  return { code, severity: 'warning', message, suggestion };
}

function words(label: string): Suggestion {
  return { label, value: null };
}

/** An issue of the header: row 0, line 1. */
export function headerIssue(column: string, heading: string, finding: Finding): RowIssue {
  return { row: 0, line: 1, column, value: heading, ...finding };
}

/** How a column is called in a text: by its heading, or by its place where that is blank. */
export function columnTitle(header: readonly string[], position: number): string {
  const heading = header[position]?.trim() ?? '';
  return heading === '' ? `column ${position + 1}` : heading;
}

// ---------------------------------------------------------------- header

export function otherNumberUnused(position: number, heading: string, label: string, used: string): Finding {
  return warning(
    'column.left-out',
    `Column ${position} ("${heading}") holds another kind of number than the column "${used}", which is read as the ${label}; it is left out.`,
    words(`To read "${heading}" as the ${label}, say so in a mapping.`),
  );
}

export function mappedElsewhere(position: number, heading: string, label: string): Finding {
  return warning(
    'column.left-out',
    `Column ${position} ("${heading}") could hold the ${label} too, but the mapping says where that is; it is left out.`,
  );
}

export function takenByContent(position: number, title: string, label: string, kind: string): Finding {
  return warning(
    'column.by-content',
    `Column ${position} ("${title}") is read as the ${label}, because its cells hold ${kind}.`,
    words(`If it holds something else, say in a mapping that the ${label} is not in this file.`),
  );
}

// ---------------------------------------------------------------- derived values

/** What is wrong with a value that was worked out: it names the column that the value comes from. */
export function workedOut(finding: Finding, heading: string, mendable: boolean): Finding {
  return {
    ...finding,
    message: `${finding.message} It is worked out from the column "${heading}".`,
    // A fix for the value that was worked out is none for the cell it came from.
    suggestion: mendable ? finding.suggestion : words(`Check what stands in the column "${heading}".`),
  };
}

// ---------------------------------------------------------------- dates

const ORDER_WORDS: Readonly<Record<DateOrder, string>> = {
  'month-first': 'month/day/year',
  'day-first': 'day/month/year',
};

export function notInThisOrder(label: string, order: DateOrder): Finding {
  return {
    code: 'value.not-a-date',
    severity: 'error',
    message: `The ${label} is no date of the calendar when it is read as ${ORDER_WORDS[order]}, the order that was said for this column.`,
    suggestion: words('Check the date, or whether the order said for this column is right.'),
  };
}

export function centuryUnknown(label: string): Finding {
  return {
    code: 'value.not-a-date',
    severity: 'error',
    message: `The ${label} has a year of two digits, which does not tell the century.`,
    suggestion: words(
      'Write the year with four digits; in a spreadsheet, choose a date format with a long year for the column.',
    ),
  };
}
