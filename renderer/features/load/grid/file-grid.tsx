import { useCallback, useRef, useState } from 'react';
import type {
  BulkEditView,
  DraftFileView,
  DraftView,
  RowFilter,
} from '../../../../shared/contract/drafts.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { FailureBanner } from '../../../components/failure-banner.tsx';
import { useContract } from '../../../lib/contract-context.tsx';
import { failureOf } from '../../../lib/failure.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { useShortcuts } from '../../../lib/shortcuts.tsx';
import { isFocusLost } from '../../../lib/use-focus-landing.ts';
import { digits, gridTexts } from '../../../texts/grid.ts';
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
import { useRowBlocks } from './use-row-blocks.ts';
import { useShownRows } from './use-shown-rows.ts';

type Wish = { kind: 'bulk'; wish: BulkWish } | { kind: 'replace'; position: number };

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
  const { say } = usePage();
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
  const numbersWidth = Math.round(40 + digits(file.rows).length * 7.5);
  const columns = useGridColumns(file, memory, numbersWidth);
  const going = useGoing(draftId, file, shown, blocks, grid, setGoal);
  const title = shown.kind === 'all' ? gridTexts.filter.all : titleOf(file, shown.filter);

  /** Something that was asked for with a press: a failure on the way is said. */
  async function saying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      say(failureOf(thrown).message, 'bad');
    }
  }
  /** Stays at the row where somebody is, if it is shown then, too; or goes to the first one, to `first`. */
  function filterFrom(wanted: RowFilter | null, first?: { position: number | null }): void {
    const from = grid.current?.at() ?? { row: 1, position: -1 };
    void saying(async () => {
      const after = await filter(wanted);
      if (after === null || (after.kind === 'view' && after.rows === 0)) return;
      if (first !== undefined) setGoal({ place: 0, position: first.position });
      else
        setGoal({
          place: await placeIn(after, from.row),
          position: from.position === -1 ? null : from.position,
        });
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
        cases: file.issueCounts.reduce(
          (all, one) => (one.code === code && one.column === count.column ? all + one.count : all),
          0,
        ),
        alike,
      },
    });
  };
  const openReplace = (position?: number): void => {
    const at = grid.current?.at() ?? { row: 0, position: 0 };
    setWish({ kind: 'replace', position: position ?? Math.max(0, at.position) });
  };
  async function apply(bulk: BulkEditView, teach: boolean): Promise<void> {
    setWish(null);
    await fixing.apply(bulk, teach);
    // What it was asked from may be gone with the problem.
    if (isFocusLost()) grid.current?.focus();
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
    if (edits.length === 0) sayGone();
    else await fixing.editCells(edits);
  }
  async function goToFirst({ code, column, severity }: IssueCount): Promise<void> {
    const input = { draftId, fileNo, code, column, severity, offset: 0, limit: 1 };
    const [first] = (await contract.request('drafts.issues', input)).issues;
    if (first === undefined) return sayGone();
    if (shown.kind === 'view') await filter(null);
    setGoal({ place: first.row - 1, position: positionOf(first.column) });
  }
  /** The list of problems is of a moment ago: a file that is read anew has none until it is checked. */
  function sayGone(): void {
    say(file.state === 'checked' ? gridTexts.done.gone : gridTexts.done.beingChecked);
  }

  const redo = (): void => void fixing.redo();
  useShortcuts({
    'Mod+F': () => {
      findField.current?.focus();
      findField.current?.select();
    },
    'Mod+H': () => (isLocked ? undefined : openReplace()),
    'Mod+Z': () => void fixing.undo(),
    'Mod+Shift+Z': redo,
    'Mod+Y': redo,
    F8: () => void going.problem(false),
    'Shift+F8': () => void going.problem(true),
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
        onFilter={(wanted) => filterFrom(wanted)}
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
            <FailureBanner title={gridTexts.unread} failure={unread} onAgain={() => void blocks.refresh()} />
          )}
          {(shown.kind === 'view' || busy) && (
            <FilterStrip
              title={title}
              shown={shown}
              all={file.rows}
              busy={busy}
              onRenew={() => shown.kind === 'view' && filterFrom(shown.filter)}
              onClear={() => filterFrom(null)}
            />
          )}
          {rows === 0 ? (
            <GridEmpty file={file} shown={shown} onClear={() => filterFrom(null)} />
          ) : (
            <GridView
              key={shown.kind === 'view' ? shown.view : 'all'}
              ref={grid}
              file={file}
              rows={rows}
              shown={shown}
              columns={columns}
              numbersWidth={numbersWidth}
              blocks={blocks}
              fixing={fixing}
              isLocked={isLocked}
              memory={memory}
              goal={goal}
              onArrived={onArrived}
              onReplace={openReplace}
              onTakeAll={(issue) => wishFor(issue, 'suggestions', issue.value)}
              onColumnProblems={(column) => filterFrom({ show: 'problems', code: null, column })}
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
              show: (wanted) => filterFrom(wanted, { position: positionOf(wanted.column) }),
              goToFirst: (count) => void saying(() => goToFirst(count)),
              apply: (count) => wishFor(count, 'suggestions', null),
              blank: (count) => void saying(() => blankAll(count)),
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
          onApply={(bulk) => void apply(bulk, false)}
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
