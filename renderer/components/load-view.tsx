import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePage } from '../lib/page-context.tsx';
import { headlineOf } from '../lib/report-view.ts';
import type { ShownLoad } from '../lib/use-load-run.ts';
import { reportTexts } from '../texts/report.ts';
import { LoadProgress } from './load-progress.tsx';
import { LoadReport } from './load-report.tsx';

/** One load: its progress while it runs, its report when it has ended, its progress again when it is resumed. */
export function LoadView({
  loadId,
  profileId,
  target,
  onEnded,
  children,
}: {
  loadId: string;
  profileId: string | null;
  /** The profile's name; null where it is not known. */
  target: string | null;
  /** The load has ended just now, or had ended before. */
  onEnded?: () => void;
  /** What can be done about rejected rows, where their files are still at hand. */
  children?: ReactNode;
}) {
  const { say } = usePage();
  const [shown, setShown] = useState<ShownLoad | null>(null);
  const view = useRef<HTMLDivElement>(null);

  /** Something in here has the focus; it may go with what it was on, such as Stop. */
  const hadFocus = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: when one thing is shown instead of the other
  useEffect(() => {
    // Tab goes on from here.
    if (hadFocus.current && document.activeElement === document.body)
      view.current?.focus({ preventScroll: true });
  }, [shown]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes where the focus is
    <div
      className="load-view"
      ref={view}
      tabIndex={-1}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null) hadFocus.current = false;
      }}
    >
      {shown === null || shown.load.loadId !== loadId ? (
        <LoadProgress
          loadId={loadId}
          profileId={profileId}
          onDone={(ended) => {
            setShown(ended);
            say(reportTexts.headlines[headlineOf(ended)]);
            onEnded?.();
          }}
        />
      ) : (
        <LoadReport shown={shown} profileId={profileId} target={target} onResumed={() => setShown(null)}>
          {children}
        </LoadReport>
      )}
    </div>
  );
}
