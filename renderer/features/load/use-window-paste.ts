import { useEffect, useRef } from 'react';
import { isUnderDialog } from '../../lib/shortcuts.tsx';

/** Where a paste means something else: what is typed into, and grids, whose cells take it. */
const TAKERS = 'input, textarea, select, [contenteditable], [role="grid"], [role="treegrid"]';

/** Calls `onPaste` for what is pasted on the screen itself, not into a field, a grid or a dialog. */
export function useWindowPaste(onPaste: (pasted: DataTransfer) => void): void {
  const latest = useRef(onPaste);
  latest.current = onPaste;
  useEffect(() => {
    function onPasted(event: ClipboardEvent): void {
      if (event.defaultPrevented || event.clipboardData === null) return;
      if (event.target instanceof Element && event.target.closest(TAKERS) !== null) return;
      if (isUnderDialog()) return;
      event.preventDefault();
      latest.current(event.clipboardData);
    }
    document.addEventListener('paste', onPasted);
    return () => document.removeEventListener('paste', onPasted);
  }, []);
}
