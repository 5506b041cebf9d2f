import type { DraftFileView, DraftRowView, RowIssueView } from '../../../../shared/contract/drafts.ts';

/** Everything that a cell shows beside its text. */
export interface CellMarks {
  /** The worst first. */
  issues: readonly RowIssueView[];
  /** The file's own text, where it was changed. */
  original: string | null;
  /** What would be loaded, where that is not the text. */
  coerced: string | null;
}

export interface RowMarks {
  cells: ReadonlyMap<number, CellMarks>;
  /** Of the row as a whole, or of a column that is no cell of this file. */
  row: readonly RowIssueView[];
}

const NOTHING: CellMarks = { issues: [], original: null, coerced: null };

/**
 * Reads the marks of rows, each once as long as it is the same object. A column that is filled from several cells
 * has its issue at the cell that reads as the issue says, else at the first.
 */
export function rowMarksReader(mapped: DraftFileView['mapped']): (row: DraftRowView) => RowMarks {
  const known = new WeakMap<DraftRowView, RowMarks>();
  const places = new Map<string, number[]>();
  for (const { column, position } of mapped) places.set(column, [...(places.get(column) ?? []), position]);

  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const cells = new Map<number, CellMarks>();
    const change = (position: number, part: Partial<CellMarks>): void => {
      cells.set(position, { ...(cells.get(position) ?? NOTHING), ...part });
    };
    const whole: RowIssueView[] = [];
    for (const issue of row.issues.toSorted(worstFirst)) {
      const position = positionOf(issue, row);
      if (position === null) whole.push(issue);
      else change(position, { issues: [...(cells.get(position)?.issues ?? []), issue] });
    }
    for (const { position, original } of row.edited) change(position, { original });
    for (const { position, text } of row.coerced) change(position, { coerced: text });
    const marks = { cells, row: whole };
    known.set(row, marks);
    return marks;
  };

  function positionOf(issue: RowIssueView, row: DraftRowView): number | null {
    const positions = issue.column === null ? undefined : places.get(issue.column);
    if (positions === undefined) return null;
    return positions.find((position) => row.cells[position] === issue.value) ?? positions[0] ?? null;
  }
}

function worstFirst(a: RowIssueView, b: RowIssueView): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error');
}

/** The longest text that a cell shows: more is not seen in it, and would only cost time. */
const SHOWN = 240;

/** A cell's text on one line. */
export function shownText(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return /[\r\n\t]/.test(short) ? short.replace(/\r\n|[\r\n]/g, ' ⏎ ').replaceAll('\t', ' ⇥ ') : short;
}
