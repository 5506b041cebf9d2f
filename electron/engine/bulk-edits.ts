import { amount } from '../../shared/amounts.ts';
import type { DamageFinding } from '../../shared/damage/finding.ts';
import type { CellChangeRule } from '../../shared/records/cell-change.ts';
import { withEdit } from '../../shared/records/row-edits.ts';
import type { IssueCode, RowIssue } from '../../shared/records/types.ts';
import type { CheckedFile } from './check-file.ts';
import type { CellEdit } from './edit-session.ts';
import type { CheckContext } from './load-context.ts';

/** One rule for many cells of a file. */
export type BulkEdit =
  /** The suggestion that each of these issues carries, where it is a text and not only words. */
  | { kind: 'suggestions'; code: IssueCode; column: string; value: string | null }
  | { kind: 'change'; position: number; rule: CellChangeRule }
  /** What the damage doctor proposes for a column. */
  | { kind: 'repair'; finding: DamageFinding };

/** What a bulk edit would do: shown before it is done, and then handed to `EditSession.edit`. */
export interface PlannedEdit {
  label: string;
  edits: CellEdit[];
  /** The first cells, before and after. */
  examples: readonly { row: number; before: string; after: string }[];
  /** What whole cells mean, each text once: what can be taught. Empty where the rule is not of that kind. */
  meanings: readonly { from: string; to: string }[];
}

/** More different texts than this are no vocabulary. */
const MAX_MEANINGS = 200;
/** Longer cells are told cut in their issues. */
const LONGEST_MEANING = 200;

const EXAMPLES = 20;
const PAGE_ROWS = 5_000;

/** Finds every cell that a bulk edit changes, as the cells are now. Reads, and changes nothing. */
export async function planBulkEdit(
  context: CheckContext,
  file: CheckedFile,
  bulk: BulkEdit,
): Promise<PlannedEdit> {
  switch (bulk.kind) {
    case 'suggestions':
      return planSuggestions(context, file, bulk);
    case 'change':
      return planChange(context, file, bulk.position, bulk.rule, 'Replaced text');
    case 'repair':
      return planChange(
        context,
        file,
        bulk.finding.position,
        { kind: 'repair', repair: bulk.finding.repair },
        bulk.finding.title,
      );
  }
}

async function planChange(
  context: CheckContext,
  file: CheckedFile,
  position: number,
  rule: CellChangeRule,
  what: string,
): Promise<PlannedEdit> {
  const { fileNo, opened } = file;
  const edits: CellEdit[] = [];
  const examples: { row: number; before: string; after: string }[] = [];
  const held = (from: number, to: number) => context.edits(fileNo, from, to);
  const changes = context.ports.checker.changes(opened, position, rule, held, context.signals.abort);
  for await (const { rows, before, after } of changes)
    for (const [i, row] of rows.entries()) {
      const text = after[i] ?? '';
      edits.push({ fileNo, row, position, text });
      const shown = before[i];
      if (examples.length < EXAMPLES && shown !== undefined)
        examples.push({ row, before: shown, after: text });
    }
  const label = labelOf(what, edits.length, headingOf(file, position));
  return { label, edits, examples, meanings: wholeCells(rule) };
}

function wholeCells(rule: CellChangeRule): PlannedEdit['meanings'] {
  if (rule.kind !== 'replace' || !rule.whole || rule.find.trim() === '') return [];
  return [{ from: rule.find.trim(), to: rule.replacement }];
}

async function planSuggestions(
  context: CheckContext,
  file: CheckedFile,
  { code, column, value }: Extract<BulkEdit, { kind: 'suggestions' }>,
): Promise<PlannedEdit> {
  const { ports, loadId, signals } = context;
  const { fileNo } = file;
  const positions = positionsOf(file, column);
  const edits: CellEdit[] = [];
  const examples: { row: number; before: string; after: string }[] = [];
  const meanings = new Map<string, string>();
  let words = 'Applied the suggestion';
  for (let fromRow = 1; ; ) {
    const page = { offset: 0, limit: PAGE_ROWS, code, column, fromRow };
    const issues = await ports.workspace.issues(loadId, fileNo, page, signals.abort);
    const alike = issues.filter(
      (issue) => fixOf(issue) !== null && (value === null || issue.value === value),
    );
    const places = await placesOf(context, file, positions, alike);
    for (const [i, issue] of alike.entries()) {
      const after = fixOf(issue);
      const position = places[i];
      if (after === null || position === undefined) continue;
      words = issue.suggestion?.label ?? words;
      edits.push({ fileNo, row: issue.row, position, text: after });
      const before = issue.value ?? '';
      if (examples.length < EXAMPLES) examples.push({ row: issue.row, before, after });
      const from = before.trim();
      if (from !== '' && from.length <= LONGEST_MEANING && meanings.size <= MAX_MEANINGS)
        meanings.set(from, after);
    }
    const last = issues.at(-1);
    if (last === undefined || issues.length < PAGE_ROWS) break;
    fromRow = last.row + 1;
  }
  const taught = meanings.size > MAX_MEANINGS ? [] : [...meanings].map(([from, to]) => ({ from, to }));
  const [place] = positions;
  const heading = place === undefined ? column : headingOf(file, place);
  return { label: labelOf(words, edits.length, heading), edits, examples, meanings: taught };
}

function fixOf(issue: RowIssue): string | null {
  return issue.suggestion?.value ?? null;
}

function positionsOf({ mapping }: CheckedFile, column: string): readonly number[] {
  const source = mapping.sources[column];
  if (source?.kind === 'cells') return source.positions;
  return source?.kind === 'derived' ? [source.position] : [];
}

/** The cell each issue speaks of: where several may hold the column, the one with the issue's value. */
async function placesOf(
  context: CheckContext,
  file: CheckedFile,
  positions: readonly number[],
  issues: readonly RowIssue[],
): Promise<(number | undefined)[]> {
  if (positions.length < 2 || issues.length === 0) return issues.map(() => positions[0]);
  const rows = issues.map(({ row }) => row);
  const records = await file.opened.pick([...new Set(rows)], context.signals.abort);
  const edits = context.edits(file.fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
  const byRow = new Map(records.map((record) => [record.row, withEdit(record, edits.get(record.row))]));
  return issues.map(({ row, value }) =>
    positions.find((position) => byRow.get(row)?.cells[position] === value),
  );
}

function headingOf({ opened }: CheckedFile, position: number): string {
  return opened.header[position]?.trim() || `column ${position + 1}`;
}

function labelOf(words: string, cells: number, column: string): string {
  return `${words}: ${amount(cells, 'cell')} of ${column}`;
}
