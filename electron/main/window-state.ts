/** A rectangle on the desktop, in device-independent pixels, as Electron has it. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How the window stood when it was last seen. */
export interface WindowState {
  /** Of the window when it is not maximised. */
  bounds: Rectangle;
  maximized: boolean;
}

export const defaultSize = { width: 1040, height: 760 } as const;
export const smallestSize = { width: 480, height: 480 } as const;

/** So much of the title bar has to be within reach of the mouse: a strip one can take hold of. */
const grip = { width: 120, height: 16 } as const;
const titleBarHeight = 32;

/** Reads what `window-state.json` holds; null for anything that is no state, so that a damaged file costs nothing. */
export function parseWindowState(text: string): WindowState | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || !isRecord(value.bounds) || typeof value.maximized !== 'boolean') return null;
  const { x, y, width, height } = value.bounds;
  if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height)) return null;
  return { bounds: { x, y, width, height }, maximized: value.maximized };
}

/** Beyond it no desktop reaches; Electron throws for what is no 32-bit integer. */
const farthest = 100_000;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isPixels = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(Number(value)) <= farthest;

/**
 * Where to open the window. The saved place is used only where its title bar is on a screen that is there now (a
 * second screen may have been unplugged since); else the window opens in the middle of the first screen, with its
 * saved size as far as that fits. `workAreas`: of all screens, the main one first; without any, the default size.
 */
export function openingBounds(
  saved: WindowState | null,
  workAreas: readonly Rectangle[],
): Rectangle | typeof defaultSize {
  const main = workAreas[0];
  if (main === undefined) return defaultSize;
  const size = saved?.bounds ?? defaultSize;
  const home = saved === null ? undefined : workAreas.find((area) => isWithinReach(saved.bounds, area));
  const area = home ?? main;
  const width = between(smallestSize.width, size.width, area.width);
  const height = between(smallestSize.height, size.height, area.height);
  if (saved !== null && home !== undefined) return { x: saved.bounds.x, y: saved.bounds.y, width, height };
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}

/** A screen smaller than the smallest window still gets the smallest window. */
const between = (least: number, wanted: number, most: number): number =>
  Math.max(least, Math.min(wanted, most));

function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const bottom = Math.min(window.y + titleBarHeight, area.y + area.height);
  return width >= grip.width && bottom - Math.max(window.y, area.y) >= grip.height;
}
