import { amount } from '../../../shared/amounts.ts';
import type { BulkEditView } from '../../../shared/contract/drafts.ts';
import { type PlannedEdit, planBulkEdit } from '../../engine/bulk-edits.ts';
import { damageOf } from '../../engine/check.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import type { TaughtRule } from '../../engine/draft-port.ts';
import type { EditOutcome } from '../../engine/edit-session.ts';
import { SKIPPED } from '../../engine/effective-changes.ts';
import { SKIP_POSITION } from '../../engine/workspace-port.ts';
import { noticeOf } from '../notice.ts';
import { ruleInWords } from './apply-rules.ts';
import { noSuchCell } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';
import { checkedOf, type Draft, tellChanged, throwIfLoading } from './draft-state.ts';

/** A plan of more cells is not kept until somebody agrees to it: it would take more room than time. */
const MOST_KEPT = 250_000;
/** In how many words a plan tells what could be taught. */
const TOLD_RULES = 50;

export interface TypedEdit {
  row: number;
  position: number;
  text: string | null;
}

/** What a person typed or pasted, as one operation. Null where it changes nothing. */
export function editCells(
  draft: Draft,
  fileNo: number,
  edits: readonly TypedEdit[],
): Promise<EditOutcome | null> {
  return changing(draft, async () => {
    const { mapping } = checkedOf(draft, fileNo);
    const [first] = edits;
    const heading =
      (mapping.header[first?.position ?? 0] ?? '').trim() || `column ${(first?.position ?? 0) + 1}`;
    const label =
      edits.length === 1
        ? `Changed ${heading} in row ${first?.row ?? 0}`
        : `Changed ${amount(edits.length, 'cell')}`;
    return draft.session.edit(
      label,
      edits.map((edit) => ({ fileNo, ...edit })),
    );
  });
}

export function skipRows(
  draft: Draft,
  fileNo: number,
  rows: readonly number[],
  skipped: boolean,
): Promise<EditOutcome | null> {
  return changing(draft, async () => {
    checkedOf(draft, fileNo);
    const what = rows.length === 1 ? `row ${rows[0]}` : amount(rows.length, 'row');
    return draft.session.skip(skipped ? `Left out ${what}` : `Took back ${what}`, fileNo, rows, skipped);
  });
}

export function turn(draft: Draft, direction: 'undo' | 'redo'): Promise<EditOutcome | null> {
  return changing(draft, () => draft.session[direction]());
}

/** What a bulk edit would do, and what of it could be taught. */
export async function planBulk(
  draft: Draft,
  fileNo: number,
  bulk: BulkEditView,
): Promise<PlannedEdit & { rules: string[] }> {
  const file = checkedOf(draft, fileNo);
  const { revision } = draft;
  const planned = await planOf(draft, file, bulk);
  draft.lastPlan = planned.edits.length > MOST_KEPT ? null : { file, revision, bulk, planned };
  return { ...planned, rules: rulesOf(draft, file, bulk, planned).slice(0, TOLD_RULES).map(ruleInWords) };
}

export function applyBulk(
  draft: Draft,
  fileNo: number,
  bulk: BulkEditView,
  teach: boolean,
): Promise<EditOutcome | null> {
  return changing(draft, async () => {
    const file = checkedOf(draft, fileNo);
    const planned = knownPlan(draft, file, bulk) ?? (await planOf(draft, file, bulk));
    draft.lastPlan = null;
    if (planned.edits.length === 0) return null;
    const rules = teach ? rulesOf(draft, file, bulk, planned) : [];
    const outcome = await draft.session.edit(planned.label, planned.edits);
    if (rules.length > 0)
      // What was asked for is done already; only next month's file will not know of it.
      await draft.ports.rules.teach(rules, NEVER).catch((thrown: unknown) => {
        draft.ports.notify(noticeOf(thrown));
      });
    return outcome;
  });
}

/** What was shown, unless something has changed since. */
function knownPlan({ lastPlan, revision }: Draft, file: CheckedFile, bulk: BulkEditView): PlannedEdit | null {
  const isThat =
    lastPlan !== null &&
    lastPlan.file === file &&
    lastPlan.revision === revision &&
    JSON.stringify(lastPlan.bulk) === JSON.stringify(bulk);
  return isThat ? lastPlan.planned : null;
}

async function planOf(draft: Draft, file: CheckedFile, bulk: BulkEditView): Promise<PlannedEdit> {
  const { context } = draft;
  switch (bulk.kind) {
    case 'suggestions':
      return planBulkEdit(context, file, bulk);
    case 'replace': {
      const { position, ...rule } = bulk;
      return planBulkEdit(context, file, { kind: 'change', position, rule });
    }
    case 'repair': {
      const finding = damageOf(file).find(
        ({ position, kind }) => position === bulk.position && kind === bulk.damage,
      );
      if (finding === undefined) return { label: '', edits: [], examples: [], meanings: [] };
      return planBulkEdit(context, file, { kind: 'repair', finding });
    }
    case 'skip':
      return planSkip(draft, file, bulk);
  }
}

async function planSkip(
  { context, draftId }: Draft,
  { fileNo }: CheckedFile,
  { code, column }: Extract<BulkEditView, { kind: 'skip' }>,
): Promise<PlannedEdit> {
  const kind = {
    severity: 'error',
    ...(code === null ? {} : { code }),
    ...(column === null ? {} : { column }),
  } as const;
  const rows = await context.ports.workspace.issueRows(draftId, fileNo, kind, NEVER);
  return {
    label: `Left out ${amount(rows.length, 'row')}`,
    edits: [...rows].map((row) => ({ fileNo, row, position: SKIP_POSITION, text: SKIPPED })),
    examples: [],
    meanings: [],
  };
}

function rulesOf(
  draft: Draft,
  file: CheckedFile,
  bulk: BulkEditView,
  { meanings }: PlannedEdit,
): TaughtRule[] {
  const column = columnOf(file, bulk);
  if (column === null) return [];
  const { random, clock } = draft.context.ports;
  const taughtAt = clock.now().toISOString();
  const { type } = file.mapping;
  return meanings.map(({ from, to }) => ({ ruleId: random.uuid(), type, column, from, to, taughtAt }));
}

/** The canonical column that a bulk edit is about; null where its cells are not loaded, or as they were worked out from. */
function columnOf({ mapping }: CheckedFile, bulk: BulkEditView): string | null {
  const isOfCells = (column: string): boolean => mapping.sources[column]?.kind === 'cells';
  if (bulk.kind === 'suggestions') return isOfCells(bulk.column) ? bulk.column : null;
  if (bulk.kind !== 'replace') return null;
  const found = Object.entries(mapping.sources).find(
    ([, source]) => source?.kind === 'cells' && source.positions.includes(bulk.position),
  );
  return found?.[0] ?? null;
}

/** In the draft's turn, and told to everybody who looks. */
function changing(draft: Draft, work: () => Promise<EditOutcome | null>): Promise<EditOutcome | null> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    try {
      const outcome = await draft.lookup.run(work);
      if (outcome !== null) tellChanged(draft, true);
      return outcome;
    } catch (thrown) {
      throw thrown instanceof RangeError ? noSuchCell(thrown) : thrown;
    }
  });
}
