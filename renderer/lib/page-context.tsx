import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { applyTheme, type Preferences, readPreferences, writePreferences } from './preferences.ts';

interface Page {
  preferences: Preferences;
  prefer: (change: Partial<Preferences>) => void;
  /** The last thing that happened, for the status bar, which reads it aloud. */
  said: { text: string; tone: 'plain' | 'bad'; at: number } | null;
  /** Says in one sentence what has been done. */
  say: (text: string, tone?: 'plain' | 'bad') => void;
}

const PageContext = createContext<Page | null>(null);

export function PageProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(readPreferences);
  const [said, setSaid] = useState<Page['said']>(null);

  useEffect(() => applyTheme(preferences.theme), [preferences.theme]);

  const prefer = useCallback((change: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...change };
      writePreferences(after);
      return after;
    });
  }, []);
  const say = useCallback((text: string, tone: 'plain' | 'bad' = 'plain') => {
    setSaid((before) => ({ text, tone, at: (before?.at ?? 0) + 1 }));
  }, []);

  const page = useMemo(() => ({ preferences, prefer, said, say }), [preferences, prefer, said, say]);
  return <PageContext value={page}>{children}</PageContext>;
}

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('PageProvider is missing.');
  return page;
}
