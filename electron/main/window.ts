import { BrowserWindow, nativeTheme, screen } from 'electron';
import { openingBounds, smallestSize } from './window-state.ts';
import type { WindowStateFile } from './window-state-file.ts';

/** The page's own background (renderer/app/theme.css), so that the window does not flash before the first paint. */
const background = { light: '#f7f5f1', dark: '#16181b' };

/** Dragging a window's edge tells of it many times a second. */
const settleMs = 500;

/** Opens the one window on `url`, where it stood when it was last closed, and shows it once it has something to show. */
export function openWindow(options: {
  url: string;
  preloadPath: string;
  stateFile: WindowStateFile;
}): BrowserWindow {
  const saved = options.stateFile.read();
  const window = new BrowserWindow({
    title: 'Accession',
    ...openingBounds(saved, workAreas()),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: options.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  // Before it is shown: maximising shows a window, and the other way round it would be seen to grow.
  const show = (): void => (saved?.maximized ? window.maximize() : window.show());
  window.once('ready-to-show', show);
  rememberState(window, options.stateFile);
  // A page that cannot be loaded is shown by Electron as an empty one; an open window is still better than none.
  window.loadURL(options.url).catch(() => window.isDestroyed() || window.show());
  return window;
}

/** Written down a moment after each change as well as at the end: a computer may be switched off in between. */
function rememberState(window: BrowserWindow, stateFile: WindowStateFile): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    // A window that was never shown has nothing to tell, and one that is minimised stands where it stood.
    if (!window.isDestroyed() && window.isVisible())
      stateFile.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, settleMs);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('maximize', writeSoon);
  window.on('unmaximize', writeSoon);
  window.on('close', write);
  window.on('closed', () => clearTimeout(timer));
}

function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return [main, ...others].map((display) => display.workArea);
}
