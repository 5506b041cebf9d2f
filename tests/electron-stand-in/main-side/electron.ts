// What the built main process gets for `electron`. Parts that draw something keep what they were told instead; a
// spec replaces functions such as dialog.showMessageBox through `evaluate`, as it would on a real Electron.
import { EventEmitter } from 'node:events';
import type { MainSide } from '../protocol.ts';
import { Application } from './application.ts';
import { openBrowserLine } from './browser-line.ts';
import { StandInWindow, type WindowHost } from './browser-window.ts';
import { IpcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menus.ts';
import { createSafeStorage } from './safe-storage.ts';
import { StandInProtocol, StandInSession } from './sessions.ts';
import { readSettings } from './surroundings.ts';
import { started, utilityProcess } from './utility-process.ts';

const settings = readSettings();
const versions = { electron: '0.0.0-stand-in', chrome: '0.0.0-stand-in' };
Object.assign(process.versions, versions);
Object.assign(process, { type: 'browser', resourcesPath: settings.appDir });

const windows = new Map<number, StandInWindow>();
const windowOf = (id: number): StandInWindow | undefined => windows.get(id);

const own: MainSide = {
  evaluate: async (source, arg) => new Function(`return (${source});`)()(module, arg),
  quit: () => app.quit(),
  secondInstance: (argv, workingDirectory) =>
    void app.emit('second-instance', {}, argv, workingDirectory, null),
  async fromPage(windowId, frame, kind, channel, args) {
    const sender = windowOf(windowId)?.webContents;
    return ipcMain.receive(kind, { sender, senderFrame: sender?.frameOf(frame) ?? null }, channel, args);
  },
  respond: (request) => protocol.respond(request),
  willNavigate: (id, url, isMainFrame) => windowOf(id)?.webContents.willNavigate(url, isMainFrame) ?? true,
  hasNavigated: (id, url) => windowOf(id)?.webContents.hasNavigated(url),
  hasLoaded: (id) => windowOf(id)?.hasLoaded(),
  wantsWindow: (id, url) => windowOf(id)?.webContents.wantsWindow(url) ?? false,
  pageClosed: (id) => windowOf(id)?.destroy(),
};
const line = openBrowserLine(own);

export const app = new Application(settings, (argv, cwd) => line.secondInstance(argv, cwd));
export const ipcMain = new IpcMain();
export const protocol = new StandInProtocol();
export const session = { defaultSession: new StandInSession() };
export const safeStorage = createSafeStorage(settings.secrets ?? 'keychain');
export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: false,
  themeSource: 'system',
});
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 });
export const powerSaveBlocker = { start: () => 1, stop: () => true, isStarted: () => false };
export { Menu, MenuItem, utilityProcess };

app.processes = () => started;
const host: WindowHost = { app, line, windows, granted: () => session.defaultSession.granted() };
app.windows = { closeAll: () => [...windows.values()].every((window) => window.close()) };

export class BrowserWindow extends StandInWindow {
  constructor(options: ConstructorParameters<typeof StandInWindow>[1]) {
    super(host, options);
  }
  static getAllWindows(): StandInWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): StandInWindow | null {
    return [...windows.values()].find((window) => window.isFocused()) ?? null;
  }
  static fromWebContents(contents: unknown): StandInWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }
}

// Nobody is there to answer: a question gets its safe answer, a dialog for files gets none.
export const dialog = {
  showMessageBox: async (...args: { cancelId?: number }[]) => ({
    response: args.at(-1)?.cancelId ?? 0,
    checkboxChecked: false,
  }),
  showMessageBoxSync: (...args: { cancelId?: number }[]) => args.at(-1)?.cancelId ?? 0,
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showErrorBox() {},
};

export const shell = {
  openExternal: async (_url: string) => {},
  openPath: async () => '',
  showItemInFolder() {},
};

const areas = settings.workAreas ?? [{ x: 0, y: 0, width: 1920, height: 1040 }];
const displays = areas.map((workArea, index) => ({
  id: index + 1,
  workArea,
  bounds: workArea,
  scaleFactor: 1,
}));
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => displays[0],
});

export class Notification extends EventEmitter {
  static shown: { title: string; body: string }[] = [];
  static isSupported = (): boolean => true;
  readonly #text: { title: string; body: string };
  constructor(text: { title: string; body: string }) {
    super();
    this.#text = text;
  }
  show(): void {
    Notification.shown.push(this.#text);
    this.emit('show');
  }
  close(): void {}
}

/** Not Electron's: what specs of the stand-in alone look at. */
export const standIn = { utilityProcesses: started, line };

const module = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  standIn,
  utilityProcess,
};
