import type { Move } from './selection.ts';

export type GridCommand =
  | { kind: 'move'; move: Move; extend: boolean }
  /** `text`: what was typed, which replaces the cell's; null: the cell's own. */
  | { kind: 'edit'; text: string | null }
  | { kind: 'blank' }
  | { kind: 'leave-out' }
  | { kind: 'menu' }
  | { kind: 'suggestion' }
  | { kind: 'select-all' }
  | { kind: 'escape' };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'row-start',
  End: 'row-end',
};

const MOVES_WITH_CONTROL: Readonly<Record<string, Move>> = {
  Home: 'first',
  End: 'last',
  ArrowUp: 'column-start',
  ArrowDown: 'column-end',
  ArrowLeft: 'row-start',
  ArrowRight: 'row-end',
};

/** What a key means on a cell, as spreadsheets have taught it; null: nothing. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): GridCommand | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    const move = MOVES_WITH_CONTROL[key];
    if (move !== undefined) return { kind: 'move', move, extend: shiftKey };
    if (key === '.') return { kind: 'suggestion' };
    if (key === 'Delete') return { kind: 'leave-out' };
    if (key.toLowerCase() === 'a') return { kind: 'select-all' };
    return null;
  }
  const move = MOVES[key];
  if (move !== undefined) return { kind: 'move', move, extend: shiftKey };
  switch (key) {
    case 'Enter':
    case 'F2':
      return { kind: 'edit', text: null };
    case 'Delete':
    case 'Backspace':
      return { kind: 'blank' };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return shiftKey ? { kind: 'menu' } : null;
    case 'Escape':
      return { kind: 'escape' };
    default:
      // A single sign, not the name of a key.
      return [...key].length === 1 ? { kind: 'edit', text: key } : null;
  }
}
