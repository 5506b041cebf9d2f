import fc from 'fast-check';
import { type BulkEdit, planBulkEdit } from '../../../electron/engine/bulk-edits.ts';
import type { Checked } from '../../../electron/engine/check.ts';
import type { CellEdit, EditSession } from '../../../electron/engine/edit-session.ts';
import { NEVER } from './edit-harness.ts';

/** Files of one small term, in the order in which a load has them. Ids overlap, and much is wrong. */
export interface Term {
  files: readonly string[];
  withDatabase: boolean;
}

/** A step as fast-check draws it: numbers are taken modulo what there is. */
export type Step =
  | { kind: 'edit'; cells: readonly { file: number; row: number; position: number; text: string | null }[] }
  | { kind: 'skip'; file: number; rows: readonly number[]; skipped: boolean }
  | { kind: 'replace'; file: number; position: number; row: number; replacement: string; whole: boolean }
  | { kind: 'suggestions'; file: number; issue: number; same: boolean }
  | { kind: 'undo' }
  | { kind: 'redo' };

const oneOf = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
/** Mostly a good one, so that rows fit and hang on each other. */
const mostly = (good: readonly string[], bad: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 24, arbitrary: oneOf(...good) }, { weight: 1, arbitrary: oneOf(...bad) });
const BOOK_ID = mostly(['B1', 'B2', 'B3', 'B4'], [' B1 ', '']);
const STUDENT_ID = mostly(['S1', 'S2', 'S3'], ['S1 ', '']);
const DATE = mostly(['2026-09-01', '2026-09-02'], ['2026-09-01T10:00:00', '9/3/2026']);
/** What somebody might type anywhere. */
const TYPED = oneOf(
  'B1',
  'B2',
  'S1',
  'S2',
  '2026-09-01',
  '2026-09-09',
  '3',
  'Grade 4',
  '4,4',
  '',
  'x',
  '\ud800',
);

const book = fc.tuple(
  BOOK_ID,
  mostly(['One', 'Two'], ['']),
  mostly(['100', ''], ['many']),
  mostly(['4.4'], ['4,4', '13']),
);
const student = fc.tuple(
  STUDENT_ID,
  mostly(['4', 'K'], ['Grade 4', '99']),
  mostly(['9'], ['nine']),
  oneOf('Ray'),
  mostly(['1'], ['0']),
);
const checkout = fc.tuple(
  STUDENT_ID,
  BOOK_ID,
  DATE,
  mostly(['', '2026-09-05'], ['2026-08-01']),
  mostly(['4', ''], ['4.5']),
);

/** A row as it stands in a file: some have lost cells, some have too many, some are no CSV. */
function line(cells: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 40, arbitrary: cells.map((row) => row.join(',')) },
    { weight: 1, arbitrary: cells.map((row) => row.slice(0, -2).join(',')) },
    { weight: 1, arbitrary: cells.map((row) => `${row.join(',')},,more`) },
    { weight: 1, arbitrary: cells.map((row) => `${row.join(',')},`) },
    { weight: 1, arbitrary: cells.map((row) => `"${row.join(',')}`) },
    { weight: 1, arbitrary: cells.map((row) => `"${row[0]}" and more,${row.slice(1).join(',')}`) },
  );
}

function file(header: string, cells: fc.Arbitrary<readonly string[]>, most: number): fc.Arbitrary<string> {
  return fc
    .array(line(cells), { maxLength: most })
    .map((lines) => [header, ...lines.map((text) => text.replaceAll('4,4', '"4,4"')), ''].join('\n'));
}

const BOOKS = file('book_id,title,page_count,reading_level', book, 6);

export const TERM: fc.Arbitrary<Term> = fc.record({
  files: fc
    .tuple(
      fc.array(BOOKS, { maxLength: 2 }),
      fc.option(file('student_id,grade_level,age,homeroom_teacher,lunch_period', student, 4), { freq: 4 }),
      file('student_id,book_id,checkout_date,return_date,student_rating', checkout, 8),
    )
    .map(([books, students, checkouts]) => [...books, ...(students === null ? [] : [students]), checkouts]),
  withDatabase: fc.boolean(),
});

const n = fc.nat({ max: 59 });
const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      cells: fc.array(fc.record({ file: n, row: n, position: n, text: fc.option(TYPED, { freq: 4 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('skip' as const),
      file: n,
      rows: fc.array(n, { minLength: 1, maxLength: 3 }),
      skipped: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      file: n,
      position: n,
      row: n,
      replacement: oneOf('B2', 'S2', 'x', '', '4', '2026-09-02'),
      whole: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('suggestions' as const),
      file: n,
      issue: n,
      same: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'undo' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'redo' as const }) },
);

export const STEPS: fc.Arbitrary<Step[]> = fc.array(STEP, { minLength: 2, maxLength: 10 });

/** Does one step; what came of it: a new operation, one turned round or back, or nothing. */
export async function take(
  step: Step,
  session: EditSession,
  checked: Checked,
): Promise<'new' | 'undo' | 'redo' | null> {
  switch (step.kind) {
    case 'undo':
      return (await session.undo()) === null ? null : 'undo';
    case 'redo':
      return (await session.redo()) === null ? null : 'redo';
    case 'edit':
      return edited(session, await cellsOf(step, checked));
    case 'skip': {
      const { fileNo, facts } = fileAt(checked, step.file);
      const rows = facts.rows === 0 ? [] : step.rows.map((row) => 1 + (row % facts.rows));
      return (await session.skip('skip', fileNo, rows, step.skipped)) === null ? null : 'new';
    }
    case 'replace': {
      const { replacement, whole } = step;
      const { fileNo, opened, facts } = fileAt(checked, step.file);
      const position = step.position % opened.header.length;
      // What is looked for stands somewhere, so that something is replaced.
      const [model] = await session.page(fileNo, 1 + (step.row % Math.max(1, facts.rows)), 1);
      const cell = model?.cells[position] ?? '';
      const find = whole ? cell : cell.slice(0, 1);
      const rule = { kind: 'replace', find, replacement, whole, matchCase: true } as const;
      return bulk(session, checked, step.file, { kind: 'change', position, rule });
    }
    case 'suggestions': {
      const { fileNo } = fileAt(checked, step.file);
      const { ports, loadId } = checked.context;
      const issues = await ports.workspace.issues(loadId, fileNo, { offset: 0, limit: 1_000 }, NEVER);
      const fixable = issues.filter(({ suggestion, column }) => suggestion?.value != null && column !== null);
      const issue = fixable[step.issue % Math.max(1, fixable.length)];
      if (issue?.column == null) return null;
      const value = step.same ? issue.value : null;
      return bulk(session, checked, step.file, {
        kind: 'suggestions',
        code: issue.code,
        column: issue.column,
        value,
      });
    }
  }
}

function fileAt({ files }: Checked, index: number): Checked['files'][number] {
  const found = files[index % files.length];
  if (found === undefined) throw new Error('A term has a file at least.');
  return found;
}

async function cellsOf({ cells }: Extract<Step, { kind: 'edit' }>, checked: Checked): Promise<CellEdit[]> {
  const edits: CellEdit[] = [];
  for (const cell of cells) {
    const { fileNo, facts, opened } = fileAt(checked, cell.file);
    if (facts.rows === 0) continue;
    const row = 1 + (cell.row % facts.rows);
    const [record] = await opened.page(row, 1, NEVER);
    const width = Math.max(opened.header.length, record?.cells.length ?? 0);
    edits.push({ fileNo, row, position: cell.position % width, text: cell.text });
  }
  return edits;
}

async function edited(session: EditSession, edits: readonly CellEdit[]): Promise<'new' | null> {
  return (await session.edit('edit', edits)) === null ? null : 'new';
}

async function bulk(
  session: EditSession,
  checked: Checked,
  index: number,
  edit: BulkEdit,
): Promise<'new' | null> {
  const plan = await planBulkEdit(checked.context, fileAt(checked, index), edit);
  return edited(session, plan.edits);
}
