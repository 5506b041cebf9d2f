import { ROW_STATE } from './checker-port.ts';
import type { FieldChange, StagedChange } from './database-port.ts';
import type { RowFacts } from './row-facts.ts';
import { REVIEW_CODES, type ReviewedRow, type ReviewRun } from './workspace-port.ts';

/** Rows of one run. */
const RUN_ROWS = 8_192;

/** Counts of a file's rows by what would happen to them; all of them are `rows`. */
export interface ReviewFigures {
  rows: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  skipped: number;
  /** Updated rows by column. */
  changed: Map<string, number>;
}

/** Lays the changes of the rows that were staged over all rows of their file, and counts them. */
export interface ReviewRuns {
  /** In row order. */
  add(changes: readonly StagedChange[]): Promise<void>;
  /** Hands over what is left. */
  end(): Promise<ReviewFigures>;
}

/** Rows that are not among the changes were left out by a person, or rejected: by the check, or later by the database. */
export function createReviewRuns(facts: RowFacts, sink: (run: ReviewRun) => Promise<void>): ReviewRuns {
  const figures: ReviewFigures = {
    rows: facts.rows,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    skipped: 0,
    changed: new Map(),
  };
  let firstRow = 1;
  let codes = withoutChanges(facts, firstRow);
  let updates: ReviewedRow[] = [];
  const flush = async (): Promise<void> => {
    for (const code of codes) {
      if (code === REVIEW_CODES.rejected) figures.rejected += 1;
      if (code === REVIEW_CODES.skipped) figures.skipped += 1;
    }
    const run = { firstRow, codes, updates };
    firstRow += codes.length;
    codes = withoutChanges(facts, firstRow);
    updates = [];
    await sink(run);
  };
  return {
    async add(changes) {
      for (const { row, change, fields } of changes) {
        while (row >= firstRow + codes.length) await flush();
        codes[row - firstRow] = REVIEW_CODES[change];
        if (change === 'insert') figures.inserted += 1;
        else if (change === 'unchanged') figures.unchanged += 1;
        else {
          figures.updated += 1;
          updates.push({ row, fields });
          countFields(figures.changed, fields);
        }
      }
    },
    async end() {
      while (codes.length > 0) await flush();
      return figures;
    },
  };
}

/** Codes of the next run where none of its rows was staged; empty behind the last row. */
function withoutChanges(facts: RowFacts, firstRow: number): Uint8Array {
  const rows = Math.max(0, Math.min(RUN_ROWS, facts.rows - firstRow + 1));
  return Uint8Array.from({ length: rows }, (_, i) =>
    (facts.state(firstRow + i) & ROW_STATE.skipped) === 0 ? REVIEW_CODES.rejected : REVIEW_CODES.skipped,
  );
}

function countFields(changed: Map<string, number>, fields: readonly FieldChange[]): void {
  for (const { column } of fields) changed.set(column, (changed.get(column) ?? 0) + 1);
}
