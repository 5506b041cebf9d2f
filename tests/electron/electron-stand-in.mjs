// Loaded with `node --import`: lets the built main process run, unchanged, where there is no Electron. It answers for
// the module `electron` with the few parts main uses, and with a real child process for the backend. It cannot show
// what only Electron does: the isolation of the page, the fuses, what a real window looks like.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';

const self = import.meta.url;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: self, shortCircuit: true } : next(specifier, context),
});

export const seen = {
  scheme: null,
  windows: [],
  /** What the main process sent to the page. */
  sent: [],
  permissions: {},
  backends: [],
  protocolHandler: null,
  requestHandler: null,
};

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  enableSandbox() {
    seen.sandboxForAll = true;
  },
  requestSingleInstanceLock: () => true,
  isReady: () => true,
  whenReady: () => Promise.resolve(),
  quit() {
    app.emit('will-quit');
  },
});

export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super();
    this.options = options;
    this.webContents = Object.assign(new EventEmitter(), {
      mainFrame: { url: '' },
      getURL: () => this.webContents.mainFrame.url,
      setWindowOpenHandler: (handler) => {
        this.openHandler = handler;
      },
      send: (channel, message) => seen.sent.push({ channel, message }),
    });
    seen.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url) {
    this.webContents.mainFrame.url = url;
  }
  show() {}
  focus() {}
  isMinimized() {
    return false;
  }
}

export const ipcMain = {
  handle(channel, handler) {
    seen.channel = channel;
    seen.requestHandler = handler;
  },
};
export const nativeTheme = { shouldUseDarkColors: false };
export const protocol = {
  registerSchemesAsPrivileged([scheme]) {
    seen.scheme = scheme;
  },
  handle(_scheme, handler) {
    seen.protocolHandler = handler;
  },
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler) => Object.assign(seen.permissions, { request: handler }),
    setPermissionCheckHandler: (handler) => Object.assign(seen.permissions, { check: handler }),
    setDevicePermissionHandler: (handler) => Object.assign(seen.permissions, { device: handler }),
  },
};

const parentPort = `data:text/javascript,${encodeURIComponent(`process.parentPort = {
  on: (_event, listener) => process.on('message', (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};`)}`;

export const utilityProcess = {
  fork(path) {
    const child = fork(path, [], { execArgv: ['--import', parentPort] });
    seen.backends.push(child);
    return Object.assign(child, { postMessage: (message) => child.send(message) });
  },
};
