import type { DraftFileView } from '../../../../shared/contract/drafts.ts';
import { gridTexts } from '../../../texts/grid.ts';
import type { GridAction } from './anchored-menu.tsx';
import { NARROWEST } from './column-widths.ts';
import type { CellPlace } from './selection.ts';
import type { CellDeeds } from './use-cell-deeds.ts';
import type { GridClipboard } from './use-clipboard.ts';
import type { GridColumn, GridColumns } from './use-grid-columns.ts';

/** By how much a column grows or shrinks at a time, in CSS pixels. */
const WIDTH_STEP = 40;

/** What can be done with a column, from its heading. */
export function columnActions(
  column: GridColumn,
  columns: GridColumns,
  file: DraftFileView,
  onFit: (id: string) => void,
  onReplace: (position: number) => void,
  onProblems: (column: string) => void,
): GridAction[] {
  const { id, isPinned, position, width } = column;
  const texts = gridTexts.column;
  const loadedAs = file.mapped.find((one) => one.position === position)?.column;
  const hasProblems = file.issueCounts.some((one) => one.column === loadedAs && one.count > 0);
  return [
    ...(loadedAs === undefined || !hasProblems
      ? []
      : [{ id: 'problems', words: texts.problems, run: () => onProblems(loadedAs) }]),
    { id: 'replace', words: texts.replace, keys: 'Ctrl+H', run: () => onReplace(position) },
    { id: 'pin', words: isPinned ? texts.unpin : texts.pin, run: () => columns.pin(id, !isPinned) },
    {
      id: 'hide',
      words: texts.hide,
      isDisabled: columns.shown.length === 1,
      run: () => columns.show(id, false),
    },
    { id: 'fit', words: texts.fit, run: () => onFit(id) },
    { id: 'wider', words: texts.wider, run: () => columns.resize(id, width + WIDTH_STEP) },
    {
      id: 'narrower',
      words: texts.narrower,
      isDisabled: width <= NARROWEST,
      run: () => columns.resize(id, width - WIDTH_STEP),
    },
  ];
}

/** What can be done with a cell, or with the cells and rows that are chosen. */
export function cellActions(
  at: CellPlace,
  { isLocked, rows, isSkipped }: { isLocked: boolean; rows: number; isSkipped: boolean },
  deeds: CellDeeds,
  clipboard: GridClipboard,
  onReplace: () => void,
): GridAction[] {
  const texts = gridTexts.cell;
  const isNumber = at.column === 0;
  const isDisabled = isLocked;
  return [
    ...(isNumber
      ? []
      : // After the menu has gone, which gives back the focus.
        [
          {
            id: 'edit',
            words: texts.edit,
            keys: 'Enter',
            isDisabled,
            run: () => setTimeout(deeds.edit, 0, at, null),
          },
        ]),
    { id: 'copy', words: texts.copy, keys: 'Ctrl+C', run: () => void clipboard.copy() },
    { id: 'blank', words: texts.blank, keys: 'Del', isDisabled, run: deeds.blank },
    { id: 'restore', words: texts.restore, isDisabled, run: () => void clipboard.fill(null) },
    ...(isNumber
      ? []
      : [{ id: 'replace', words: texts.replace, keys: 'Ctrl+H', isDisabled, run: onReplace }]),
    {
      id: 'leave-out',
      words: isSkipped ? texts.takeBack(rows) : texts.leaveOut(rows),
      keys: 'Ctrl+Del',
      isDisabled,
      run: () => deeds.leaveOut(!isSkipped),
    },
  ];
}
