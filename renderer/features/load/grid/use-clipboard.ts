import { type ClipboardEvent, useCallback } from 'react';
import type { DraftRowView } from '../../../../shared/contract/drafts.ts';
import { copyText } from '../../../lib/copy-text.ts';
import { failureOf } from '../../../lib/failure.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { readClipboardTable, writeClipboardTable } from './clipboard-table.ts';
import type { ShownRows } from './file-memory.ts';
import type { RowBlocks } from './row-blocks.ts';
import { type Block, cellsIn } from './selection.ts';
import { type CellEdit, type Fixing, MAX_EDITS } from './use-fixing.ts';
import type { GridColumn } from './use-grid-columns.ts';

export interface GridClipboard {
  events: {
    onCopy: (event: ClipboardEvent) => void;
    onCut: (event: ClipboardEvent) => void;
    onPaste: (event: ClipboardEvent) => void;
  };
  /** For a menu, which has no clipboard event. */
  copy: () => Promise<void>;
  /** Sets every chosen cell to the same text; null: as the file has it. */
  fill: (text: string | null) => Promise<void>;
  /** The numbers in the file of the chosen rows. */
  rowNumbers: () => Promise<number[] | null>;
}

/** Blocks of cells to and from spreadsheets. A block is pasted, emptied or put back as one operation. */
export function useClipboard(
  block: Block,
  columns: readonly GridColumn[],
  rows: number,
  shown: ShownRows,
  blocks: RowBlocks,
  fixing: Fixing,
  isLocked: boolean,
): GridClipboard {
  const { say } = usePage();
  const { done } = gridTexts;
  const chosen = columns.slice(block.firstColumn - 1, block.lastColumn);

  const allowed = useCallback(
    (cells: number): boolean => {
      if (cells <= MAX_EDITS) return true;
      say(gridTexts.done.tooMany(MAX_EDITS), 'bad');
      return false;
    },
    [say],
  );
  /** Their numbers in the file: read only where a list of rows is shown. */
  async function numbersOf(first: number, last: number): Promise<number[] | null> {
    if (shown.kind === 'all')
      return Array.from({ length: last - first + 1 }, (_, index) => first + index + 1);
    try {
      return (await blocks.load(first, last)).map(({ row }) => row);
    } catch (thrown) {
      say(failureOf(thrown).message, 'bad');
      return null;
    }
  }
  function textOf(list: readonly DraftRowView[]): string {
    return writeClipboardTable(list.map(({ cells }) => chosen.map(({ position }) => cells[position] ?? '')));
  }
  async function copy(): Promise<void> {
    const cells = cellsIn(block);
    if (!allowed(cells)) return;
    try {
      const isDone = await copyText(textOf(await blocks.load(block.firstPlace, block.lastPlace)));
      say(isDone ? done.copied(cells) : done.notCopied, isDone ? 'plain' : 'bad');
    } catch (thrown) {
      say(failureOf(thrown).message, 'bad');
    }
  }
  function onCopy(event: ClipboardEvent): void {
    event.preventDefault();
    const cells = cellsIn(block);
    if (!allowed(cells)) return;
    const near: DraftRowView[] = [];
    for (let place = block.firstPlace; place <= block.lastPlace; place += 1) {
      const row = blocks.get(place);
      if (row === undefined) return void copy();
      near.push(row);
    }
    event.clipboardData.setData('text/plain', textOf(near));
    say(done.copied(cells));
  }
  async function paste(text: string): Promise<void> {
    const table = readClipboardTable(text);
    if (text === '') return say(done.nothingToPaste, 'bad');
    const [only] = table;
    if (table.length === 1 && only?.length === 1 && cellsIn(block) > 1) return fill(only[0] ?? '');
    const wanted = table.reduce((sum, cells) => sum + cells.length, 0);
    if (!allowed(wanted)) return;
    const last = Math.min(rows - 1, block.firstPlace + table.length - 1);
    const numbers = await numbersOf(block.firstPlace, last);
    if (numbers === null) return;
    const edits = table.flatMap((cells, down) =>
      cells.flatMap((cell, right): CellEdit[] => {
        const column = columns[block.firstColumn - 1 + right];
        const row = numbers[down];
        return column === undefined || row === undefined
          ? []
          : [{ row, position: column.position, text: cell }];
      }),
    );
    const left = wanted - edits.length;
    await fixing.editCells(
      edits,
      left === 0 ? done.pasted(edits.length) : done.pastedPart(edits.length, left),
    );
  }
  async function fill(text: string | null): Promise<void> {
    if (!allowed(cellsIn(block))) return;
    const numbers = await numbersOf(block.firstPlace, block.lastPlace);
    if (numbers === null) return;
    await fixing.editCells(
      numbers.flatMap((row) => chosen.map(({ position }): CellEdit => ({ row, position, text }))),
    );
  }
  return {
    events: {
      onCopy,
      onCut(event) {
        onCopy(event);
        if (!isLocked) void fill('');
      },
      onPaste(event) {
        event.preventDefault();
        if (!isLocked) void paste(event.clipboardData.getData('text/plain'));
      },
    },
    copy,
    fill,
    async rowNumbers() {
      const count = block.lastPlace - block.firstPlace + 1;
      return allowed(count) ? numbersOf(block.firstPlace, block.lastPlace) : null;
    },
  };
}
