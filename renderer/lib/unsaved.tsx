import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';

interface Unsaved {
  /** What would be lost with this page, by its name; null: nothing. */
  what: string | null;
  /** Says that there is something until the returned function is called. */
  hold: (what: string) => () => void;
}

const UnsavedContext = createContext<Unsaved | null>(null);

/**
 * Knows whether the page holds what nobody has saved. `tell` is called with it, and with each change: the desktop
 * asks in its own words before it closes the window. Without `tell` the browser asks, in its own.
 */
export function UnsavedProvider({
  tell,
  children,
}: {
  tell: ((what: string | null) => void) | null;
  children: ReactNode;
}) {
  const [held, setHeld] = useState<readonly { what: string }[]>([]);
  const what = held.at(-1)?.what ?? null;

  const hold = useCallback((name: string) => {
    const own = { what: name };
    setHeld((before) => [...before, own]);
    return () => setHeld((before) => before.filter((one) => one !== own));
  }, []);

  useEffect(() => {
    if (tell === null) return;
    tell(what);
  }, [tell, what]);

  const asks = tell === null && what !== null;
  useEffect(() => {
    if (!asks) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [asks]);

  const unsaved = useMemo(() => ({ what, hold }), [what, hold]);
  return <UnsavedContext value={unsaved}>{children}</UnsavedContext>;
}

/** What would be lost with this page, or null. */
export function useUnsaved(): string | null {
  return useUnsavedContext().what;
}

/** While `what` is not null, the page holds something of that name that is not saved. */
export function useHoldUnsaved(what: string | null): void {
  const { hold } = useUnsavedContext();
  // At once: the window may be closed before an effect after painting has run.
  useLayoutEffect(() => (what === null ? undefined : hold(what)), [what, hold]);
}

function useUnsavedContext(): Unsaved {
  const unsaved = useContext(UnsavedContext);
  if (unsaved === null) throw new Error('UnsavedProvider is missing.');
  return unsaved;
}
