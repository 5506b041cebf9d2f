import type { CDPSession, Page } from 'playwright-core';

/** What the probe keeps in the page. All times are the page's own, in milliseconds. */
interface Probe {
  seen: Map<string, number>;
  frames: number[];
  /** The animation frame that comes next; 0 where nobody counts them. */
  next: number;
}

/** Deltas between the frames of a page, in milliseconds. */
export type Frames = readonly number[];

/** How a page is asked what it has drawn, and when. */
export interface PageProbe {
  /** Notes when `name` happens on an element: from the event's own time. To be asked for before. */
  onEvent(name: string, event: 'drop' | 'click'): Promise<void>;
  /** Notes when an element that `selector` finds reads `text` and has been painted. To be asked for before. */
  onSight(name: string, selector: string, text: string): Promise<void>;
  /** When that was. Throws Error where it does not come within `timeoutMs`. */
  whenSeen(name: string, timeoutMs: number): Promise<number>;
  /** The frames of the page while `work` runs. */
  framesDuring(work: () => Promise<unknown>): Promise<Frames>;
  /** Of the page's JavaScript heap, in bytes: in use now, once garbage is collected. */
  heapInUse(): Promise<number>;
  /** The highest that was met so far, garbage included. */
  heapPeak(): number;
  close(): Promise<void>;
}

const HEAP_EVERY_MS = 250;

type InPage = Window & { probe: Probe };

export async function probePage(page: Page): Promise<PageProbe> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  await page.evaluate(() => {
    Object.assign(window, { probe: { seen: new Map(), frames: [], next: 0 } satisfies Probe });
  });
  let peak = 0;
  const measureHeap = async (): Promise<number> => {
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    peak = Math.max(peak, usedSize);
    return usedSize;
  };
  const watch = setInterval(() => measureHeap().catch(() => undefined), HEAP_EVERY_MS);

  return {
    onEvent: (name, event) =>
      page.evaluate(
        ([as, type]) => {
          const { seen } = (window as unknown as InPage).probe;
          seen.delete(as);
          window.addEventListener(type, ({ timeStamp }) => seen.set(as, timeStamp), {
            capture: true,
            once: true,
          });
        },
        [name, event] as const,
      ),
    onSight: (name, selector, text) =>
      page.evaluate(
        ([as, which, words]) => {
          const { seen } = (window as unknown as InPage).probe;
          seen.delete(as);
          const look = (): void => {
            const found = [...document.querySelectorAll(which)].some((one) =>
              one.textContent?.includes(words),
            );
            if (!found) return;
            observer.disconnect();
            // The frame in which it is drawn, and what comes after that: then it is on the screen.
            requestAnimationFrame(() => setTimeout(() => seen.set(as, performance.now())));
          };
          const observer = new MutationObserver(look);
          observer.observe(document, {
            subtree: true,
            childList: true,
            characterData: true,
            attributes: true,
          });
          look();
        },
        [name, selector, text] as const,
      ),
    async whenSeen(name, timeoutMs) {
      const found = await page.waitForFunction(
        (as) => (window as unknown as InPage).probe.seen.get(as),
        name,
        { timeout: timeoutMs, polling: 50 },
      );
      return Number(await found.jsonValue());
    },
    async framesDuring(work) {
      await page.evaluate(() => {
        const { probe } = window as unknown as InPage;
        probe.frames = [];
        let before: number | null = null;
        const frame = (now: number): void => {
          if (before !== null) probe.frames.push(now - before);
          before = now;
          probe.next = requestAnimationFrame(frame);
        };
        probe.next = requestAnimationFrame(frame);
      });
      await work();
      return page.evaluate(() => {
        const { probe } = window as unknown as InPage;
        cancelAnimationFrame(probe.next);
        return probe.frames;
      });
    },
    async heapInUse() {
      await cdp.send('HeapProfiler.collectGarbage');
      return measureHeap();
    },
    heapPeak: () => peak,
    async close() {
      clearInterval(watch);
      await cdp.detach();
    },
  };
}
