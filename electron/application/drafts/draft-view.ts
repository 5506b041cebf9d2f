import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';
import { reportOf } from '../../../shared/errors.ts';
import { columnsOf } from '../../../shared/records/columns.ts';
import { dateOrderQuestions } from '../../../shared/records/date-order.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { damageOf } from '../../engine/check.ts';
import type { MappedFile } from '../../engine/open-files.ts';
import { NEVER } from './draft-ports.ts';
import { type Draft, type DraftFile, loadingOf } from './draft-state.ts';

/** The draft as a page sees it. */
export async function viewOf(draft: Draft): Promise<DraftView> {
  // As it was at first: what changes meanwhile is told, and a page takes nothing older than what it has.
  const { note, context, draftId, revision } = draft;
  const { workspace } = context.ports;
  const files = await Promise.all(draft.files.map((file) => fileView(draft, file)));
  const target = await draft.safety();
  const { undo, redo } = await workspace.nextTurns(draftId, NEVER);
  return {
    draftId,
    revision,
    createdAt: note.createdAt,
    profileId: note.profileId,
    profile: target.name,
    profileKind: target.kind,
    readOnly: target.readOnly,
    files: files.sort(inLoadingOrder),
    lookup: draft.lookup.state,
    undo: undo?.label ?? null,
    undoFileNo: undo?.fileNo ?? null,
    redo: redo?.label ?? null,
    redoFileNo: redo?.fileNo ?? null,
    review: draft.review.state,
    reviewError: draft.review.error === null ? null : reportOf(draft.review.error),
    loading: loadingOf(draft),
    loads: note.loads.map(({ loadId }) => loadId),
  };
}

function inLoadingOrder(a: DraftFileView, b: DraftFileView): number {
  const order = ({ type, state }: DraftFileView): number =>
    type === null || state === 'failed' ? RECORD_TYPES.length : RECORD_TYPES.indexOf(type);
  return order(a) - order(b) || a.fileNo - b.fileNo;
}

async function fileView(draft: Draft, file: DraftFile): Promise<DraftFileView> {
  const { context, draftId } = draft;
  const { note, mapped, checked, opened } = file;
  const { fileNo, name, spec } = note;
  const { workspace } = context.ports;
  const issueCounts = mapped === null ? [] : await workspace.issueCounts(draftId, fileNo, NEVER);
  const sum = (severity: 'error' | 'warning'): number =>
    issueCounts.reduce((n, one) => n + (one.severity === severity ? one.count : 0), 0);
  const { accepted, rejected, skipped } = checked?.facts.counts() ?? { accepted: 0, rejected: 0, skipped: 0 };
  const view: DraftFileView = {
    fileNo,
    name,
    bytes: opened?.bytes ?? 0,
    state: file.state,
    error: file.error === null ? null : reportOf(file.error),
    bytesChecked: Math.min(file.bytesChecked, opened?.bytes ?? 0),
    type: mapped?.mapping.type ?? spec.type,
    reading: readingView(file),
    // What is no table of ours may be anything, such as a file of passwords: none of it is shown.
    header: mapped === null ? [] : [...mapped.mapping.header],
    mapped: mapped === null ? [] : mappedColumns(mapped),
    remembered: mapped?.remembered ?? false,
    dateOrders: mapped === null ? [] : dateOrderQuestions(mapped.mapping, mapped.opened.sample),
    rows: mapped?.opened.reading().rows ?? 0,
    accepted,
    rejected,
    skipped,
    errors: sum('error'),
    warnings: sum('warning'),
    issueCounts: [...issueCounts],
    editedCells: mapped === null ? 0 : await workspace.editedCells(draftId, fileNo, NEVER),
    rulesApplied: [...note.rulesApplied],
    damage: checked === null ? 0 : damageOf(checked).length,
  };
  return view;
}

function readingView({ opened, note }: DraftFile): DraftFileView['reading'] {
  if (opened === null) return null;
  const { encoding, encodingSure } = opened.reading();
  const { workbook, delimiter, headerLine } = opened;
  return {
    encoding,
    encodingSure,
    delimiter,
    sheet: workbook?.sheet ?? null,
    sheets: [...(workbook?.sheets ?? [])],
    header: note.spec.reading.header ?? headerLine !== 0,
  };
}

/** The first cell of a column is the one that people see as it. */
function mappedColumns({ mapping }: MappedFile): DraftFileView['mapped'] {
  const columns: DraftFileView['mapped'] = [];
  for (const { name, label } of columnsOf(mapping.type)) {
    const source = mapping.sources[name];
    if (source?.kind === 'cells')
      for (const position of source.positions) columns.push({ position, column: name, label });
    if (source?.kind === 'derived') columns.push({ position: source.position, column: name, label });
  }
  return columns;
}
