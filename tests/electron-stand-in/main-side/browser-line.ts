import { createLink, type Remote } from '../link.ts';
import type { BrowserSide, MainSide } from '../protocol.ts';

/** The browser in the test's process, as this process reaches it. */
export type BrowserLine = Remote<BrowserSide>;

/** Joins this process to the test's. `own` is what the test and the pages may call here. */
export function openBrowserLine(own: MainSide): BrowserLine {
  // Without the test nobody is there to end this process, and nothing to show.
  process.on('disconnect', () => process.exit(1));
  return createLink<BrowserSide>(
    {
      send: (message) => {
        if (process.connected) process.send?.(message, () => {});
      },
      onMessage: (listener) => void process.on('message', listener),
    },
    own,
  ).remote;
}
