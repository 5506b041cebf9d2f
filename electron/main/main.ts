import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, protocol, session, utilityProcess } from 'electron';
import { superviseBackend } from './backend-process.ts';
import { backendStoppedEvent, eventChannel, originOf, requestChannel, requestHandler } from './ipc.ts';
import { appScheme, appUrl, rendererFiles } from './protocol.ts';
import { confine, denyPermissions, openWindow } from './window.ts';

// This file runs as out/main/main.js; its siblings are found from there, in a checkout and inside app.asar alike.
const outDir = join(import.meta.dirname, '..');

// The address of a dev server is taken from the environment only where nothing is packaged.
const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const pageUrl = devUrl ?? appUrl;

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

// While developing, the old instance may still be ending when its successor starts: it must not give way to it.
if (devUrl === undefined && !app.requestSingleInstanceLock()) app.quit();
else run();

function run(): void {
  let window: BrowserWindow | null = null;

  const backend = superviseBackend({
    fork: () =>
      utilityProcess.fork(join(outDir, 'main', 'backend.js'), [], { serviceName: 'Accession backend' }),
    onStopped: (error) =>
      window?.webContents.send(eventChannel, { event: backendStoppedEvent, payload: error }),
  });

  function open(): void {
    window = openWindow({ url: pageUrl, preloadPath: join(outDir, 'preload', 'preload.cjs') });
    window.once('closed', () => {
      window = null;
    });
  }

  app.on('web-contents-created', (_event, contents) => confine(contents));
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (window === null && app.isReady()) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => backend.stop());

  const handle = requestHandler({
    mainFrame: () => window?.webContents.mainFrame ?? null,
    trustedOrigin: originOf(pageUrl),
    backend,
  });
  ipcMain.handle(requestChannel, handle);

  app.whenReady().then(() => {
    protocol.handle(appScheme, rendererFiles(join(outDir, 'renderer')));
    denyPermissions(session.defaultSession);
    backend.start();
    open();
  });
}
