import type { Session, WebContents } from 'electron';

/**
 * Keeps a page where it is: no other address, no second window, no embedded page. `openOutside` gets the address of
 * every link that wanted out, and decides by itself whether it may be opened anywhere.
 */
export function confine(contents: WebContents, openOutside: (url: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    // A reload of the page itself is a navigation too, and the dev server asks for it.
    if (event.url === contents.getURL()) return;
    event.preventDefault();
    openOutside(event.url);
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
