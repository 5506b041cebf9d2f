import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, protocol, safeStorage, session, shell } from 'electron';
import { receiveNotice } from './backend-notices.ts';
import { superviseBackend } from './backend-process.ts';
import { createFileIds } from './chosen-files.ts';
import { type CloseQuestion, closingGuard, loadQuestion, unsavedQuestion } from './close-question.ts';
import { confine, denyPermissions } from './confine.ts';
import { crashLog } from './crash-log.ts';
import { askToClose, askToOpenLink, chooseFiles } from './dialogs.ts';
import { externalLinks } from './external-links.ts';
import { createFaissHost } from './faiss-host.ts';
import { filesInArguments } from './files-in-arguments.ts';
import { forkBackend, forkFaissProcess } from './fork.ts';
import { createPageRelay, fromPageChannel, isTrusted, originOf, toPageChannel } from './ipc.ts';
import { isKeychainQuestion, keychain } from './keychain.ts';
import { followLifecycle } from './lifecycle.ts';
import { showLoads } from './load-display.ts';
import { installMenu } from './menu-bar.ts';
import { filesWaitingChannel, pageFiles } from './page-files.ts';
import { recordCrashes, reviveAfterCrash } from './process-crashes.ts';
import { appScheme, rendererFiles } from './protocol.ts';
import { unsavedChanges, unsavedChannel } from './unsaved-changes.ts';
import { openWindow } from './window.ts';
import { windowStateFile } from './window-state-file.ts';

/**
 * Puts the desktop application together. Everything here is wiring: what is decided is decided in the files it
 * names. To be called before Electron is ready, by the one instance that runs.
 */
export function runDesktop(options: { outDir: string; pageUrl: string }): void {
  const { outDir, pageUrl } = options;
  const trustedOrigin = originOf(pageUrl);
  const userData = app.getPath('userData');
  const crashLogPath = join(userData, 'crash.log');
  const recordCrash = crashLog({ path: crashLogPath, version: app.getVersion() });
  const stateFile = windowStateFile(join(userData, 'window-state.json'));
  let window: BrowserWindow | null = null;
  let crashingStack: string | null = null;

  const mainFrame = (): unknown => window?.webContents.mainFrame ?? null;
  function toPage(channel: string, message?: unknown): void {
    if (window !== null && !window.webContents.isDestroyed()) window.webContents.send(channel, message);
  }

  recordCrashes(recordCrash);
  const loads = showLoads({ window: () => window, onWanted: showWindow });

  const backend = superviseBackend({
    fork: () => forkBackend(outDir),
    onMessage(message) {
      if (relay.fromBackend(message)) return;
      if (isKeychainQuestion(message)) {
        void answerKeychain(message);
        return;
      }
      receiveNotice(message, {
        'load-event': ({ event }) => loads.receive(event),
        crashing: ({ stack }) => {
          crashingStack = stack;
        },
        'faiss-start': faiss.receive,
        'faiss-send': faiss.receive,
        'faiss-kill': faiss.receive,
      });
    },
    onStarted: () => fileIds.announceAll(),
    onStopped(error, exitCode) {
      recordCrash({
        at: new Date(),
        process: 'backend',
        code: String(exitCode),
        ...(crashingStack === null ? {} : { stack: crashingStack }),
      });
      crashingStack = null;
      faiss.endAll();
      loads.forgetAll();
      relay.backendStopped(error);
    },
  });
  const answerKeychain = keychain(safeStorage, backend.post);
  const faiss = createFaissHost({
    fork: () => forkFaissProcess(outDir),
    post: backend.post,
    onCrash: (exitCode) => recordCrash({ at: new Date(), process: 'index', code: String(exitCode) }),
  });
  const relay = createPageRelay({
    mainFrame,
    trustedOrigin,
    toBackend: backend.post,
    toPage: (message) => toPage(toPageChannel, message),
  });

  const fileIds = createFileIds({ newId: randomUUID, post: backend.post });
  const files = pageFiles({
    isTrusted: (sender) => isTrusted(sender, mainFrame(), trustedOrigin),
    ids: fileIds,
    choose: () => chooseFiles(window),
    nudge: () => toPage(filesWaitingChannel),
  });

  const openOutside = externalLinks({
    ask: (question) => askToOpenLink(window, question),
    open: (address) => shell.openExternal(address),
  });
  const unsaved = unsavedChanges({ isTrusted: (sender) => isTrusted(sender, mainFrame(), trustedOrigin) });
  const guard = closingGuard({ ask: (question) => askToClose(window, question) });
  function aboutWindow(): CloseQuestion[] {
    const what = unsaved.what();
    return what === null ? [] : [unsavedQuestion(what)];
  }
  function mayQuit(): boolean {
    const questions = [...aboutWindow(), ...(loads.isLoading() ? [loadQuestion] : [])];
    return guard.mayLeave(questions, () => app.quit());
  }

  function open(): void {
    const opened = openWindow({
      url: pageUrl,
      preloadPath: join(outDir, 'preload', 'preload.cjs'),
      stateFile,
    });
    window = opened;
    opened.on('close', (event) => {
      // On a Mac an application lives on without a window, and its loads with it; what the page holds does not.
      const goesAlone = process.platform === 'darwin' && !isQuitting();
      const may = goesAlone ? guard.mayLeave(aboutWindow(), () => opened.close()) : mayQuit();
      if (!may) event.preventDefault();
    });
    opened.once('closed', () => {
      window = null;
      pageGone();
      guard.forget();
    });
    reviveAfterCrash(opened.webContents, (details) => {
      recordCrash({ at: new Date(), process: 'page', code: details.reason });
      pageGone();
    });
  }

  function pageGone(): void {
    unsaved.forget();
    relay.pageGone();
  }

  function showWindow(): void {
    if (window === null) open();
    else {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    }
  }

  const isQuitting = followLifecycle(app, {
    showWindow,
    hasWindow: () => window !== null,
    openFiles: (paths) => void files.opened(paths),
    mayLeave: mayQuit,
    release: backend.stop,
  });
  app.on('web-contents-created', (_event, contents) => confine(contents, (url) => void openOutside(url)));

  ipcMain.on(fromPageChannel, (event, message: unknown) => relay.fromPage(event, message));
  ipcMain.on(unsavedChannel, (event, what: unknown) => unsaved.receive(event, what));
  for (const [channel, handle] of Object.entries(files.handlers)) ipcMain.handle(channel, handle);

  app.whenReady().then(() => {
    protocol.handle(appScheme, rendererFiles(join(outDir, 'renderer')));
    denyPermissions(session.defaultSession);
    installMenu({
      window: () => window,
      crashLogPath,
      openFiles: async () => files.opened(await chooseFiles(window)),
    });
    backend.start();
    open();
    void files.opened(filesInArguments(process.argv, process.cwd()));
  });
}
