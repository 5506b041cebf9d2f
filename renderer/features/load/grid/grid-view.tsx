import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DraftFileView, RowIssueView } from '../../../../shared/contract/drafts.ts';
import { gridTexts } from '../../../texts/grid.ts';
import { type Anchor, AnchoredMenu, type GridAction } from './anchored-menu.tsx';
import { CellEditor } from './cell-editor.tsx';
import { rowMarksReader } from './cell-marks.ts';
import type { FileMemory, ShownRows } from './file-memory.ts';
import { bodyAria, gridAria } from './grid-aria.ts';
import { runCommand } from './grid-commands.ts';
import { GridHeader } from './grid-header.tsx';
import { commandOf } from './grid-keys.ts';
import { GridNotes } from './grid-notes.tsx';
import { GridRow } from './grid-row.tsx';
import { GridStatus } from './grid-status.tsx';
import type { RowBlocks } from './row-blocks.ts';
import { ROW_HEIGHT } from './scroll-space.ts';
import { type CellPlace, cellsIn, moved } from './selection.ts';
import { cellDeeds, useEditing } from './use-cell-deeds.ts';
import { useClipboard } from './use-clipboard.ts';
import { useColumnWindow } from './use-column-window.ts';
import { useFit } from './use-fit.ts';
import type { Fixing } from './use-fixing.ts';
import { cellActions, columnActions } from './use-grid-actions.ts';
import type { GridColumns } from './use-grid-columns.ts';
import { type Goal, placeIn, useGridPlace } from './use-grid-place.ts';
import { cellAt, useGridPointer } from './use-grid-pointer.ts';
import { useGridScroll } from './use-grid-scroll.ts';
import { isStill } from './use-shown-rows.ts';

/** What the tools around the grid ask of it. */
export interface GridHandle {
  /** Where somebody is, as the file counts; row 0 where there is none. */
  at: () => { row: number; position: number };
  focus: () => void;
}

/** The rows themselves, with everything that is done in them. */
export function GridView(props: {
  file: DraftFileView;
  /** How many are shown. */
  rows: number;
  shown: ShownRows;
  columns: GridColumns;
  /** Of the row numbers, in CSS pixels. */
  numbersWidth: number;
  blocks: RowBlocks;
  fixing: Fixing;
  isLocked: boolean;
  memory: FileMemory;
  goal: Goal | null;
  onArrived: () => void;
  ref: Ref<GridHandle>;
  onReplace: (position: number) => void;
  /** A suggestion is to be applied wherever it fits. */
  onTakeAll: (issue: RowIssueView) => void;
  onColumnProblems: (column: string) => void;
}) {
  const { file, rows, shown, columns, blocks, fixing, isLocked, memory } = props;
  useSyncExternalStore(blocks.listen, blocks.version);
  const [editing, setEditing] = useEditing();
  const [menu, setMenu] = useState<{ label: string; anchor: Anchor; actions: GridAction[] } | null>(null);
  const readMarks = useMemo(() => rowMarksReader(file.mapped), [file.mapped]);
  const scroll = useGridScroll(rows, memory);
  const { scroller, first, last } = scroll;
  const extent = { rows, columns: columns.shown.length + 1, page: scroll.page };
  const columnWindow = useColumnWindow(columns, scroller, placeIn(memory, extent).active.column);
  const place = useGridPlace(
    memory,
    extent,
    scroll,
    columns,
    columnWindow,
    editing !== null || menu !== null,
    props.goal,
    props.onArrived,
  );
  const { active, block } = place;
  const clipboard = useClipboard(block, columns.shown, rows, shown, blocks, fixing, isLocked);
  const fit = useFit(file, columns, blocks, scroll);
  const deeds = cellDeeds(
    [editing, setEditing],
    place,
    extent,
    columns,
    blocks,
    fixing,
    clipboard,
    isLocked,
    readMarks,
  );
  const pointer = useGridPointer(
    scroller,
    (cell, extend) => {
      pointer.forget();
      if (cell.place < rows) place.select(cell, extend && cell.place >= 0);
    },
    (cell) => place.select(cell, true),
    (step) => place.select(moved(active, step === 1 ? 'down' : 'up', extent), true),
  );

  const { want } = blocks;
  useEffect(() => {
    if (last >= first) want(first, last);
  }, [want, first, last]);
  useImperativeHandle(props.ref, () => ({
    at: () => ({
      row: Math.max(0, blocks.get(active.place)?.row ?? (shown.kind === 'all' ? active.place + 1 : 0)),
      position: columns.shown[active.column - 1]?.position ?? -1,
    }),
    focus: place.focus,
  }));

  /** `anchor`: where the pointer is; else at the cell. */
  function openMenu(cell: CellPlace, anchor?: Anchor): void {
    const column = columns.shown[cell.column - 1];
    const element = place.elementOf(cell);
    pointer.forget();
    if (element === null || (cell.place < 0 && column === undefined)) return;
    place.select(cell, cell.place >= 0 && cellsIn(block) > 1);
    const isHeading = cell.place < 0 && column !== undefined;
    setMenu({
      label: isHeading ? gridTexts.column.menu(column.heading) : gridTexts.cell.menu,
      anchor: anchor ?? boxOf(element),
      actions: isHeading
        ? columnActions(column, columns, file, fit, props.onReplace, props.onColumnProblems)
        : cellActions(
            cell,
            {
              isLocked,
              rows: block.lastPlace - block.firstPlace + 1,
              isSkipped: blocks.get(cell.place)?.state === 'skipped',
            },
            deeds,
            clipboard,
            () => props.onReplace(column?.position ?? 0),
          ),
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLTextAreaElement || event.nativeEvent.isComposing) return;
    const command = commandOf(event);
    if (command === null) return;
    if (command.kind === 'escape') pointer.forget();
    else event.preventDefault();
    runCommand(command, place, extent, deeds, blocks.get(active.place)?.state === 'skipped', openMenu);
  }
  function onContextMenu(event: MouseEvent): void {
    const cell = cellAt(event.target);
    if (cell === null || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    const { firstPlace, lastPlace, firstColumn, lastColumn } = block;
    const isChosen =
      cell.place >= firstPlace &&
      cell.place <= lastPlace &&
      cell.column >= firstColumn &&
      cell.column <= lastColumn;
    if (!isChosen) place.select(cell);
    openMenu(isChosen ? active : cell, { left: event.clientX, top: event.clientY, width: 0, height: 0 });
  }

  function onDoubleClick(event: MouseEvent): void {
    const cell = cellAt(event.target);
    if (cell !== null && cell.place >= 0 && editing === null) deeds.edit(cell, null);
  }

  // The row with the focus is always drawn, else the focus would be lost; out of sight just beyond the others.
  const isActiveSeen = active.place >= first && active.place <= last;
  const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (active.place >= 0 && active.place < rows && !isActiveSeen) places.push(active.place);
  const isMany = cellsIn(block) > 1;
  const activeRow = blocks.get(active.place);
  const activeColumn = columns.shown[active.column - 1];

  const drawn = places.map((at) => {
    const row = blocks.get(at);
    const marks = row === undefined ? undefined : readMarks(row);
    const isChosen = isMany && at >= block.firstPlace && at <= block.lastPlace;
    const editedColumn = editing?.place === at ? editing.column : null;
    const position = columns.shown[(editedColumn ?? 0) - 1]?.position ?? -1;
    return (
      <GridRow
        key={at}
        place={at}
        top={Math.min(Math.max(at, first - 1), last + 1) * ROW_HEIGHT + scroll.base}
        row={row}
        marks={marks}
        columns={columnWindow.cells}
        active={active.place === at ? active.column : null}
        selectedFrom={isChosen ? block.firstColumn : 0}
        selectedTo={isChosen ? block.lastColumn : -1}
        pending={row === undefined ? undefined : fixing.pending.get(row.row)}
        isMended={shown.kind === 'view' && row !== undefined && !isStill(row, shown.filter)}
        editedColumn={editedColumn}
        editor={
          editing === null || editedColumn === null || row === undefined ? null : (
            <CellEditor
              heading={columns.shown[editedColumn - 1]?.heading ?? ''}
              row={row.row}
              text={editing.text}
              isTyped={editing.isTyped}
              isInvalid={marks?.cells.get(position)?.issues.some((one) => one.severity === 'error') ?? false}
              onDone={deeds.finish}
              onLeave={deeds.leave}
            />
          )
        }
      />
    );
  });

  const isOneRow = active.column === 0 && block.firstPlace === block.lastPlace;
  const isTold = place.hasFocus && isActiveSeen && !place.isQuiet && (isOneRow || !isMany);
  const ofFocus = isTold ? active : null;
  const isPointed = editing === null && pointer.hovered !== null;
  return (
    <div className="grid-view">
      <div
        {...gridAria(gridTexts.label(file.name), rows, columns.shown.length, isLocked)}
        {...place.focusEvents}
        {...pointer.onGrid}
        {...{ onKeyDown, onContextMenu, onDoubleClick }}
        {...clipboard.events}
        ref={scroller}
        className="grid-scroller"
        style={variablesOf(columns, props.numbersWidth)}
        onScroll={() => {
          scroll.onScroll();
          if (pointer.hovered !== null) pointer.forget();
        }}
      >
        <GridHeader
          columns={columnWindow.headings}
          active={active.place < 0 ? active.column : null}
          selectedFrom={block.firstColumn}
          selectedTo={block.lastColumn}
          resizing={columns.resizing}
          onMenu={(index) => openMenu({ place: -1, column: index })}
          onResize={columns.onResize}
          onFit={fit}
        />
        <div {...bodyAria} className="grid-body" style={{ height: scroll.height }}>
          {drawn}
        </div>
      </div>
      {menu === null && (
        <GridNotes
          cell={isPointed ? pointer.hovered : ofFocus}
          isPointed={isPointed}
          file={file}
          columns={columns}
          blocks={blocks}
          fixing={fixing}
          deeds={deeds}
          place={place}
          pointer={pointer}
          isLocked={isLocked || editing !== null}
          readMarks={readMarks}
          onTakeAll={props.onTakeAll}
        />
      )}
      {menu !== null && <AnchoredMenu {...menu} onClose={() => setMenu(null)} />}
      <GridStatus
        row={activeRow}
        rows={file.rows}
        heading={activeColumn?.heading ?? null}
        text={activeRow?.cells[activeColumn?.position ?? -1] ?? null}
        chosen={cellsIn(block)}
        busy={fixing.busy}
      />
    </div>
  );
}

/** Where columns stand, told to all rows at once. */
function variablesOf({ shown, width }: GridColumns, numbersWidth: number): CSSProperties {
  const variables: Record<string, string> = { '--numbers': `${numbersWidth}px`, '--width': `${width}px` };
  for (const column of shown) {
    variables[`--w${column.position}`] = `${column.width}px`;
    variables[`--l${column.position}`] = `${column.left}px`;
  }
  return variables as CSSProperties;
}

function boxOf(element: HTMLElement): Anchor {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
