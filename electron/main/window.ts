import { BrowserWindow, nativeTheme, type Session, type WebContents } from 'electron';

/** The page's own background (renderer/app/theme.css), so that the window does not flash before the first paint. */
const background = { light: '#f7f5f1', dark: '#16181b' };

/** Opens the one window on `url` and shows it once it has something to show. */
export function openWindow(options: { url: string; preloadPath: string }): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Accession',
    width: 1040,
    height: 760,
    minWidth: 480,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
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
  window.once('ready-to-show', () => window.show());
  // A page that cannot be loaded is shown by Electron as an empty one; an open window is still better than none.
  window.loadURL(options.url).catch(() => window.show());
  return window;
}

/** Keeps a page where it is: no other address, no second window, no embedded page. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A reload of the page itself is a navigation too, and the dev server asks for it.
  contents.on('will-navigate', (event) => {
    if (event.url !== contents.getURL()) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

/** The page needs no camera, place, clipboard, notification or device: every wish is refused, asked or unasked. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
