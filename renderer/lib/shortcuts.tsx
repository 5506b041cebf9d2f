import { useEffect, useRef } from 'react';
import { usePage } from './page-context.tsx';

/** `?`, `g p` (one after the other), `Mod+S` (Ctrl, on a Mac ⌘), `Mod+Shift+Z`, `F8`, `Shift+F8`. */
export type Keys = string;

/** How long after `g` the second key may come, in milliseconds. */
const SEQUENCE_MS = 1500;

/** A field undoes what was typed in it by itself. */
const OWN_OF_FIELDS: ReadonlySet<Keys> = new Set(['Mod+Z', 'Mod+Shift+Z', 'Mod+Y']);

/**
 * Runs `actions` for keys pressed anywhere on the page but under dialogs and menus. Single signs are left alone in
 * fields, too, and where the person has switched them off (WCAG 2.1.4).
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
      if (isUnderDialog() || document.querySelector('[role="menu"]') !== null) return undefined;
      const name = commandName(event);
      if (name !== null) return OWN_OF_FIELDS.has(name) && isTyping(event.target) ? undefined : known[name];
      if (!latest.current.singleKeys || isTyping(event.target)) return undefined;
      const before = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
      first = { key: event.key, at: event.timeStamp };
      return (before === null ? undefined : known[`${before} ${event.key}`]) ?? known[event.key];
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Whether a dialog is open over the page. */
export function isUnderDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

/** Of a key with Mod, or of a function key; null: a key that may also be meant as a letter. */
function commandName({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): Keys | null {
  // AltGr is told as Ctrl and Alt, and types signs.
  if (altKey) return null;
  const shift = shiftKey ? 'Shift+' : '';
  if (ctrlKey || metaKey) return `Mod+${shift}${key.length === 1 ? key.toUpperCase() : key}`;
  return /^F\d+$/.test(key) ? `${shift}${key}` : null;
}

/** Lists find their rows by typed letters, so that they count as fields here. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="listbox"]') !== null;
}
