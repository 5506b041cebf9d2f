import { useEffect } from 'react';
import { isUnderDialog } from './shortcuts.tsx';

/** Nobody is at anything: the focus is nowhere, or where it has landed. */
export function isFocusLost(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.hasAttribute('data-landing') === true;
}

/**
 * Where what had the focus has gone from the page, such as a button with the question that it answered, the focus
 * comes to the innermost LandingHeading: Tab goes on from there, and what is there now is read aloud.
 */
export function useFocusLanding(): void {
  useEffect(() => {
    let last: Element | null = null;
    let frame = 0;

    function note(event: FocusEvent): void {
      last = event.target instanceof Element ? event.target : null;
    }
    function look(): void {
      if (last === null || last.isConnected) return;
      cancelAnimationFrame(frame);
      // A dialog that was closed gives the focus back by itself, a frame later.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(land);
      });
    }
    function land(): void {
      if (document.activeElement !== document.body || isUnderDialog()) return;
      const headings = document.querySelectorAll<HTMLElement>('main [data-landing]');
      // Nobody asked to be taken there: what is in sight stays in sight.
      headings[headings.length - 1]?.focus({ preventScroll: true });
    }

    document.addEventListener('focusin', note);
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
}
