import { useCallback, useRef, useState } from 'react';
import type {
  BulkEditView,
  DraftFileView,
  DraftView,
  RowFilter,
} from '../../../../shared/contract/drafts.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { useContract } from '../../../lib/contract-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { issueTitles } from '../../../texts/grid-issues.ts';
import { BulkDialog, type BulkWish } from './bulk-dialog.tsx';
import type { FileMemory, ShownRows } from './file-memory.ts';
import { FilterStrip } from './filter-strip.tsx';
import { GridEmpty } from './grid-empty.tsx';
import { GridToolbar } from './grid-toolbar.tsx';
import { type GridHandle, GridView } from './grid-view.tsx';
import type { IssueCount } from './issue-deeds.ts';
import { columnName, IssuePanel } from './issue-panel.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { useFixing } from './use-fixing.ts';
import { useGoing } from './use-going.ts';
import { useGridColumns } from './use-grid-columns.ts';
import type { Goal } from './use-grid-place.ts';
import { usePageKeys } from './use-page-keys.ts';
import { useRowBlocks } from './use-row-blocks.ts';
import { useShownRows } from './use-shown-rows.ts';

type Wish = { kind: 'bulk'; wish: BulkWish } | { kind: 'replace'; position: number; text: string };

/** One file of a draft: its rows, the tools over them, its problems beside them. */
export function FileGrid({
  draft,
  file,
  memory,
  onDraft,
  panel,
}: {
  draft: DraftView;
  file: DraftFileView;
  memory: FileMemory;
  onDraft: (draft: DraftView) => void;
  panel: { isOpen: boolean; toggle: () => void };
}) {
  const contract = useContract();
  const { draftId } = draft;
  const { fileNo } = file;
  const isLocked = draft.loading !== null;
  const grid = useRef<GridHandle>(null);
  const findField = useRef<HTMLInputElement>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [goal, setGoal] = useState<Goal | null>(null);
  const onArrived = useCallback(() => setGoal(null), []);
  const { shown, busy, filter } = useShownRows(draft, fileNo, memory);
  const rows = shown.kind === 'view' ? shown.rows : file.rows;
  const { blocks, unread, onRead } = useRowBlocks(draft, file, shown, (wanted) => void filter(wanted));
  const fixing = useFixing({ draft, fileNo, onDraft }, blocks, onRead);
  const numbersWidth = 40 + String(file.rows.toLocaleString('en-US')).length * 7.5;
  const columns = useGridColumns(file, memory, Math.round(numbersWidth));
  const going = useGoing(draftId, file, shown, blocks, grid, setGoal);
  const title = shown.kind === 'all' ? gridTexts.filter.all : titleOf(file, shown.filter);

  /** Stays at the row where somebody is, if it is shown then, too. */
  async function filterFrom(wanted: RowFilter | null, first?: { position: number | null }): Promise<void> {
    const from = grid.current?.at() ?? { row: 1, position: -1 };
    const after = await filter(wanted);
    if (after === null || (after.kind === 'view' && after.rows === 0)) return;
    if (first !== undefined) setGoal({ place: 0, position: first.position });
    else
      setGoal({
        place: await placeIn(after, from.row),
        position: from.position === -1 ? null : from.position,
      });
  }
  async function placeIn(list: ShownRows, row: number): Promise<number> {
    if (list.kind === 'all') return Math.max(0, row - 1);
    const input = { draftId, fileNo, view: list.view, row: Math.max(1, row) };
    const { place } = await contract.request('drafts.place', input);
    return Math.max(0, Math.min(place, list.rows - 1));
  }

  const positionOf = (column: string | null): number | null =>
    file.mapped.find((one) => one.column === column)?.position ?? null;
  const wishFor = (
    count: Pick<IssueCount, 'code' | 'column'>,
    kind: 'suggestions' | 'skip',
    alike: string | null,
  ) => {
    const { code } = count;
    const column = columnName(file, count.column) ?? '';
    const bulk: BulkWish['bulk'] =
      kind === 'skip'
        ? { kind, code, column: count.column }
        : { kind, code, column: count.column ?? '', value: null };
    setWish({
      kind: 'bulk',
      wish: {
        bulk,
        problem: gridTexts.filter.of(issueTitles[code], column === '' ? null : column),
        column,
        alike,
      },
    });
  };
  const openReplace = (position?: number): void => {
    const at = grid.current?.at() ?? { row: 0, position: 0 };
    setWish({ kind: 'replace', position: position ?? Math.max(0, at.position), text: '' });
  };
  async function apply(bulk: BulkEditView, teach: boolean): Promise<void> {
    setWish(null);
    await fixing.apply(bulk, teach);
    // What it was asked from may be gone with the problem.
    if (document.activeElement === document.body) grid.current?.focus();
  }
  async function blankAll({ code, column, severity, count }: IssueCount): Promise<void> {
    const position = positionOf(column);
    if (position === null) return;
    const edits = [];
    for (let offset = 0; offset < count; offset += 500) {
      const input = { draftId, fileNo, code, column, severity, offset, limit: 500 };
      const { issues } = await contract.request('drafts.issues', input);
      if (issues.length === 0) break;
      edits.push(...issues.map(({ row }) => ({ row, position, text: '' })));
    }
    await fixing.editCells(edits);
  }

  usePageKeys({
    find() {
      findField.current?.focus();
      findField.current?.select();
    },
    replace: () => (isLocked ? undefined : openReplace()),
    undo: () => void fixing.undo(),
    redo: () => void fixing.redo(),
    'next-problem': () => void going.problem(false),
    'previous-problem': () => void going.problem(true),
  });

  return (
    <>
      <GridToolbar
        draft={draft}
        file={file}
        shown={shown}
        title={title}
        columns={columns}
        fixing={fixing}
        going={going}
        isLocked={isLocked}
        panel={panel}
        findRef={findField}
        onFilter={(wanted) => void filterFrom(wanted)}
        onReplace={() => openReplace()}
        onFindLeft={() => grid.current?.focus()}
      />
      <div className={panel.isOpen ? 'grid-main grid-main-panel' : 'grid-main'}>
        <div className="grid-side">
          {fixing.failure !== null && (
            <Banner
              tone="bad"
              urgent
              title={fixing.failure.message}
              actions={
                <Button look="quiet" icon="cross" aria-label={gridTexts.close} onPress={fixing.dismiss} />
              }
            >
              {fixing.failure.hint}
            </Banner>
          )}
          {unread !== null && (
            <Banner
              tone="bad"
              urgent
              title={gridTexts.failed.title}
              actions={<Button onPress={() => void blocks.refresh()}>{gridTexts.failed.again}</Button>}
            >
              {unread.message} {unread.hint}
            </Banner>
          )}
          {(shown.kind === 'view' || busy) && (
            <FilterStrip
              title={title}
              shown={shown}
              all={file.rows}
              busy={busy}
              onRenew={() => shown.kind === 'view' && void filterFrom(shown.filter)}
              onClear={() => void filterFrom(null)}
            />
          )}
          {rows === 0 ? (
            <GridEmpty file={file} shown={shown} onClear={() => void filterFrom(null)} />
          ) : (
            <GridView
              key={shown.kind === 'view' ? shown.view : 'all'}
              ref={grid}
              file={file}
              rows={rows}
              shown={shown}
              columns={columns}
              numbersWidth={Math.round(numbersWidth)}
              blocks={blocks}
              fixing={fixing}
              isLocked={isLocked}
              memory={memory}
              goal={goal}
              onArrived={onArrived}
              onReplace={openReplace}
              onTakeAll={(issue) => wishFor(issue, 'suggestions', issue.value)}
              onColumnProblems={(column) => void filterFrom({ show: 'problems', code: null, column })}
            />
          )}
        </div>
        {panel.isOpen && (
          <IssuePanel
            draftId={draftId}
            file={file}
            filter={shown.kind === 'view' ? shown.filter : null}
            isLocked={isLocked}
            deeds={{
              show: (wanted) => void filterFrom(wanted, { position: positionOf(wanted.column) }),
              async goToFirst({ code, column, severity }) {
                const input = { draftId, fileNo, code, column, severity, offset: 0, limit: 1 };
                const [first] = (await contract.request('drafts.issues', input)).issues;
                if (first === undefined) return;
                if (shown.kind === 'view') await filter(null);
                setGoal({ place: first.row - 1, position: positionOf(first.column) });
              },
              apply: (count) => wishFor(count, 'suggestions', null),
              blank: (count) => void blankAll(count),
              skip: (count) => wishFor(count, 'skip', null),
            }}
          />
        )}
      </div>
      {wish?.kind === 'bulk' && (
        <BulkDialog
          draftId={draftId}
          fileNo={fileNo}
          wish={wish.wish}
          onApply={(bulk, teach) => void apply(bulk, teach)}
          onClose={() => setWish(null)}
        />
      )}
      {wish?.kind === 'replace' && (
        <ReplaceDialog
          draftId={draftId}
          file={file}
          position={wish.position}
          text={wish.text}
          onApply={(bulk, teach) => void apply(bulk, teach)}
          onClose={() => setWish(null)}
        />
      )}
    </>
  );
}

function titleOf(file: DraftFileView, { show, code, column }: RowFilter): string {
  const what = code === null ? gridTexts.filter[show] : issueTitles[code];
  return gridTexts.filter.of(what, columnName(file, column));
}
