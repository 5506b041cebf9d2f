import { useState } from 'react';
import type { DraftRowView } from '../../../../shared/contract/drafts.ts';
import type { AfterEdit } from './cell-editor.tsx';
import type { RowMarks } from './cell-marks.ts';
import type { RowBlocks } from './row-blocks.ts';
import { type CellPlace, cellsIn, type Extent, moved } from './selection.ts';
import type { GridClipboard } from './use-clipboard.ts';
import type { Fixing } from './use-fixing.ts';
import type { GridColumns } from './use-grid-columns.ts';
import type { GridPlace } from './use-grid-place.ts';

/** A cell that is a field now. */
export interface Editing extends CellPlace {
  text: string;
  /** `text` was just typed, instead of what the cell has. */
  isTyped: boolean;
}

export interface CellDeeds {
  /** `typed`: what begins the edit in place of the cell's text. */
  edit: (cell: CellPlace, typed: string | null) => void;
  finish: (text: string, then: AfterEdit) => void;
  leave: () => void;
  /** Null: as the file has it. */
  set: (cell: CellPlace, text: string | null) => void;
  /** What is chosen, be it one cell or many. */
  blank: () => void;
  leaveOut: (skipped: boolean) => void;
  /** Takes the suggestion that the cell has, if it has one. */
  takeSuggestion: (cell: CellPlace) => void;
}

export type EditingState = [Editing | null, (editing: Editing | null) => void];

export function useEditing(): EditingState {
  return useState<Editing | null>(null);
}

/** What is done to the cells that somebody is at. */
export function cellDeeds(
  [editing, setEditing]: EditingState,
  place: GridPlace,
  extent: Extent,
  columns: GridColumns,
  blocks: RowBlocks,
  fixing: Fixing,
  clipboard: GridClipboard,
  isLocked: boolean,
  readMarks: (row: DraftRowView) => RowMarks,
): CellDeeds {
  const columnAt = ({ column }: CellPlace) => columns.shown[column - 1];
  const deeds: CellDeeds = {
    edit(cell, typed) {
      const row = blocks.get(cell.place);
      const column = columnAt(cell);
      if (row === undefined || column === undefined || isLocked) return;
      place.select(cell);
      const { position } = column;
      const text = fixing.pending.get(row.row)?.get(position) ?? row.cells[position] ?? '';
      setEditing({ ...cell, text: typed ?? text, isTyped: typed !== null });
    },
    finish(text, then) {
      if (editing === null) return;
      setEditing(null);
      if (then !== 'stay') place.select(moved(editing, then, extent));
      deeds.set(editing, text);
    },
    leave() {
      if (editing === null) return;
      setEditing(null);
      place.select(editing);
    },
    set(cell, text) {
      const row = blocks.get(cell.place);
      const column = columnAt(cell);
      if (row === undefined || column === undefined) return;
      const { position, heading } = column;
      if (text === (row.cells[position] ?? '')) return;
      void fixing.editCell(cell.place, heading, { row: row.row, position, text });
    },
    blank() {
      if (isLocked) return;
      if (cellsIn(place.block) === 1) deeds.set(place.active, '');
      else void clipboard.fill('');
    },
    async leaveOut(skipped) {
      const numbers = isLocked ? null : await clipboard.rowNumbers();
      if (numbers !== null) await fixing.leaveOut(numbers, skipped);
    },
    takeSuggestion(cell) {
      const row = blocks.get(cell.place);
      const column = columnAt(cell);
      if (row === undefined || column === undefined || isLocked) return;
      for (const { suggestion } of readMarks(row).cells.get(column.position)?.issues ?? []) {
        if (suggestion === null || suggestion.value === null) continue;
        deeds.set(cell, suggestion.value);
        return;
      }
    },
  };
  return deeds;
}
