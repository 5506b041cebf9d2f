import type { Page } from 'playwright-core';
import type { Frames, PageProbe } from './page-probe.ts';
import type { SeededRandom } from './seeded-random.ts';

export const GRID = '.grid-scroller';
/** Rows that show their cells. */
export const SHOWN_ROW = '.grid-row:not(.grid-row-waiting) [role="gridcell"]';

/** How often each kind of movement is made. */
const PLACES = 8;
const WHEELS_A_PLACE = 30;
const DRAGS = 6;
const DRAG_FRAMES = 60;
const JUMPS = 20;
/** As a mouse tells of its wheel, and as long as somebody looks before the next jump. */
const WHEEL_EVERY_MS = 16;
const LOOK_MS = 200;

export interface Scrolled {
  wheel: Frames;
  drag: Frames;
  jump: Frames;
}

/** Scrolls all over what the grid shows: with the wheel, as somebody drags the scroll bar, and from place to place. */
export async function scrollAllOver(page: Page, probe: PageProbe, random: SeededRandom): Promise<Scrolled> {
  const box = await page.locator(GRID).boundingBox();
  if (box === null) throw new Error('There is no grid to scroll.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const wheel: number[] = [];
  for (let place = 0; place < PLACES; place += 1) {
    await scrollTo(page, random.below(1_000_000) / 1_000_000);
    await page.locator(SHOWN_ROW).first().waitFor();
    const direction = place % 2 === 0 ? 1 : -1;
    const frames = await probe.framesDuring(async () => {
      for (let turn = 0; turn < WHEELS_A_PLACE; turn += 1) {
        const next = pause(WHEEL_EVERY_MS);
        await page.mouse.wheel(0, direction * (60 + random.below(400)));
        await next;
      }
    });
    wheel.push(...frames);
  }
  const drag: number[] = [];
  for (let at = 0; at < DRAGS; at += 1) {
    const [from, to] = [random.below(1_000) / 1_000, random.below(1_000) / 1_000];
    drag.push(...(await probe.framesDuring(() => dragFrom(page, from, to))));
  }
  const jump = await probe.framesDuring(async () => {
    for (let at = 0; at < JUMPS; at += 1) {
      await scrollTo(page, random.below(1_000_000) / 1_000_000);
      await pause(LOOK_MS);
    }
  });
  return { wheel, drag, jump };
}

/** Where the thumb of the scroll bar is put: 0 is the top, 1 the end. */
export async function scrollTo(page: Page, share: number): Promise<void> {
  await page.locator(GRID).evaluate((element, at) => {
    element.scrollTop = at * (element.scrollHeight - element.clientHeight);
  }, share);
}

/** The thumb moves a little in every frame. */
async function dragFrom(page: Page, from: number, to: number): Promise<void> {
  await page.locator(GRID).evaluate(
    (element, [first, last, frames]) => {
      const whole = element.scrollHeight - element.clientHeight;
      return new Promise<void>((resolve) => {
        let frame = 0;
        const step = (): void => {
          element.scrollTop = whole * (first + ((last - first) * frame) / frames);
          frame += 1;
          if (frame <= frames) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      });
    },
    [from, to, DRAG_FRAMES] as const,
  );
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
