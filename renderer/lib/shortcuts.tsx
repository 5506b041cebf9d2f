import { useEffect, useRef } from 'react';
import { usePage } from './page-context.tsx';

/** `?`, `g p` (one after the other), `Mod+S` (Ctrl, on a Mac ⌘). */
export type Keys = string;

/** How long after `g` the second key may come, in milliseconds. */
const SEQUENCE_MS = 1500;

/**
 * Runs `actions` for keys pressed anywhere on the page. Keys without Mod are left alone in fields, under dialogs,
 * and where the person has switched them off (WCAG 2.1.4).
 */
export function useShortcuts(actions: Readonly<Record<Keys, () => void>>): void {
  const { preferences } = usePage();
  const latest = useRef({ actions, singleKeys: preferences.singleKeys });
  latest.current = { actions, singleKeys: preferences.singleKeys };

  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const found = actionFor(event);
      if (found === undefined) return;
      event.preventDefault();
      found();
    }
    function actionFor(event: KeyboardEvent): (() => void) | undefined {
      const known = latest.current.actions;
      const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
      if (event.ctrlKey || event.metaKey) {
        return dialog ? undefined : known[`Mod+${event.key === 'Enter' ? 'Enter' : event.key.toUpperCase()}`];
      }
      if (dialog || !latest.current.singleKeys || isTyping(event.target)) return undefined;
      const before = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
      first = { key: event.key, at: event.timeStamp };
      return (before === null ? undefined : known[`${before} ${event.key}`]) ?? known[event.key];
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Lists and menus find their rows by typed letters, so that they count as fields here. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="listbox"], [role="menu"]') !== null
  );
}
