import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { usePageFiles } from './contract-context.tsx';
import { useNavigation } from './navigation.tsx';
import type { TakenFiles } from './page-files.ts';
import { addressOf } from './place.ts';

type Taker = (opened: TakenFiles) => void;

interface OpenedFiles {
  /** Calls `taker` with what was opened while nobody took it, and with what is opened until the returned function is called. */
  takeWith(taker: Taker): () => void;
}

const OpenedFilesContext = createContext<OpenedFiles | null>(null);

/** Files that are opened from outside the page lead to the screen that takes them, whatever is shown. */
export function OpenedFilesProvider({ children }: { children: ReactNode }) {
  const files = usePageFiles();
  const { place, go } = useNavigation();
  const goToLoad = useRef(() => {});
  goToLoad.current = () => {
    if (place.screen !== 'load') go(addressOf('load'));
  };
  const waiting = useRef<TakenFiles[]>([]);
  const taker = useRef<Taker | null>(null);

  useEffect(
    () =>
      files.onOpened((opened) => {
        if (taker.current !== null) {
          taker.current(opened);
          return;
        }
        waiting.current.push(opened);
        goToLoad.current();
      }),
    [files],
  );
  const opened = useMemo<OpenedFiles>(
    () => ({
      takeWith(next) {
        taker.current = next;
        for (const left of waiting.current.splice(0)) next(left);
        return () => {
          if (taker.current === next) taker.current = null;
        };
      },
    }),
    [],
  );
  return <OpenedFilesContext value={opened}>{children}</OpenedFilesContext>;
}

export function useOpenedFiles(): OpenedFiles {
  const opened = useContext(OpenedFilesContext);
  if (opened === null) throw new Error('OpenedFilesProvider is missing.');
  return opened;
}
