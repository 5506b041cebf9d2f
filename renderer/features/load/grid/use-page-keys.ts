import { useEffect, useRef } from 'react';
import { type PageCommand, pageCommandOf } from './grid-keys.ts';

/** Keys of the grid that count wherever the focus is, but under a dialog or a menu. A field keeps its own undo. */
export function usePageKeys(actions: Readonly<Record<PageCommand, () => void>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const command = pageCommandOf(event);
      if (command === null) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return;
      if ((command === 'undo' || command === 'redo') && isField(event.target)) return;
      event.preventDefault();
      latest.current[command]();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
