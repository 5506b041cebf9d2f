import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { toAppUrl } from '../protocol.ts';
import type { Application } from './application.ts';
import type { BrowserLine } from './browser-line.ts';
import { preventable } from './events.ts';
import { WebContents } from './web-contents.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface WindowOptions extends Partial<Rectangle> {
  show?: boolean;
  title?: string;
  webPreferences?: {
    preload?: string;
    nodeIntegration?: boolean;
    sandbox?: boolean;
    contextIsolation?: boolean;
  };
}

/** What the windows of one application have in common. */
export interface WindowHost {
  app: Application;
  line: BrowserLine;
  windows: Map<number, StandInWindow>;
  /** Names of the permissions that the session would give to a page. */
  granted(): string[];
}

/** Electron's defaults for what the application does not say. */
const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
};

let lastId = 0;

/** Electron's BrowserWindow: where it is on the screen is kept here, what it shows is a page in the browser. */
export class StandInWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** For tests: the last progress shown on the taskbar. */
  progress = -1;
  readonly #host: WindowHost;
  readonly #created: Promise<void>;
  #bounds: Rectangle;
  #state = {
    visible: false,
    maximized: false,
    minimized: false,
    focused: false,
    destroyed: false,
    loaded: false,
  };

  constructor(host: WindowHost, options: WindowOptions = {}) {
    super();
    this.#host = host;
    lastId += 1;
    this.id = lastId;
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {}, show = true } = options;
    this.#bounds = { x, y, width, height };
    const preferences = { ...safePreferences, ...webPreferences };
    if (host.app.sandboxForAll) preferences.sandbox = true;
    this.webContents = new WebContents(this.id, preferences, host.line);
    host.windows.set(this.id, this);
    this.#created = host.line.createWindow({
      id: this.id,
      preload: webPreferences.preload === undefined ? null : readFileSync(webPreferences.preload, 'utf8'),
      nodeInPage: preferences.nodeIntegration && !preferences.sandbox,
      granted: host.granted(),
      show,
    });
    this.#created.catch(() => {});
    if (show) this.show();
    host.app.emit('browser-window-created', {}, this);
    host.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    await this.#created;
    this.webContents.mainFrame.url = url;
    await this.#host.line.loadUrl(this.id, url);
  }
  async loadFile(path: string): Promise<void> {
    await this.loadURL(`file://${path}`);
  }
  hasLoaded(): void {
    this.webContents.mainFrame.url = toAppUrl(this.webContents.mainFrame.url);
    this.webContents.emit('did-finish-load');
    if (!this.#state.loaded) this.emit('ready-to-show');
    this.#state.loaded = true;
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const moved = bounds.x !== undefined || bounds.y !== undefined;
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    if (moved) this.emit('move');
  }
  isMaximized(): boolean {
    return this.#state.maximized;
  }
  maximize(): void {
    this.#state.maximized = true;
    this.show();
    this.emit('maximize');
  }
  unmaximize(): void {
    this.#state.maximized = false;
    this.emit('unmaximize');
  }
  isMinimized(): boolean {
    return this.#state.minimized;
  }
  minimize(): void {
    this.#state.minimized = true;
    this.blur();
  }
  restore(): void {
    this.#state.minimized = false;
  }
  isVisible(): boolean {
    return this.#state.visible && !this.#state.minimized;
  }
  show(): void {
    this.#state.visible = true;
    this.focus();
    this.emit('show');
  }
  hide(): void {
    this.#state.visible = false;
  }
  focus(): void {
    this.#state.focused = true;
    this.emit('focus');
  }
  blur(): void {
    this.#state.focused = false;
    this.emit('blur');
  }
  isFocused(): boolean {
    return this.#state.focused;
  }
  setProgressBar(progress: number): void {
    this.progress = progress;
  }
  setTitle(): void {}
  flashFrame(): void {}

  isDestroyed(): boolean {
    return this.#state.destroyed;
  }
  /** False where a listener kept it open. */
  close(): boolean {
    if (this.#state.destroyed) return true;
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }
  destroy(): void {
    if (this.#state.destroyed) return;
    this.#state.destroyed = true;
    this.webContents.destroyed();
    this.#host.windows.delete(this.id);
    this.#host.line.closeWindow(this.id).catch(() => {});
    this.emit('closed');
    if (this.#host.windows.size === 0) this.#host.app.allWindowsClosed();
  }
}
