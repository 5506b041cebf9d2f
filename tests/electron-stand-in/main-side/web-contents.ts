import { EventEmitter } from 'node:events';
import { type FrameOfPage, toAppUrl } from '../protocol.ts';
import type { BrowserLine } from './browser-line.ts';
import { preventable } from './events.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** Electron's webContents: the page of one window. */
export class WebContents extends EventEmitter {
  readonly id: number;
  /** Messages carry the frame they came from; the main frame is one and the same object for as long as it lives. */
  readonly mainFrame = { url: '', parent: null };
  readonly #line: BrowserLine;
  readonly #preferences: Readonly<Record<string, unknown>>;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #destroyed = false;

  constructor(id: number, preferences: Readonly<Record<string, unknown>>, line: BrowserLine) {
    super();
    this.id = id;
    this.#line = line;
    this.#preferences = preferences;
  }

  getLastWebPreferences(): Readonly<Record<string, unknown>> {
    return this.#preferences;
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  getType(): string {
    return 'window';
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    // As Electron does, this throws here for what cannot be cloned. A page that is going hears nothing any more.
    this.#line.sendToPage(this.id, channel, structuredClone(args)).catch(() => {});
  }
  executeJavaScript(code: string): Promise<unknown> {
    return this.#line.runInPage(this.id, code);
  }
  reload(): void {
    this.#line.reload(this.id).catch(() => {});
  }
  openDevTools(): void {}

  // What the browser tells.
  frameOf(frame: FrameOfPage): { url: string } {
    return frame.isMain ? this.mainFrame : { url: frame.url };
  }
  hasNavigated(url: string): void {
    this.mainFrame.url = url;
    this.emit('did-navigate', {}, url);
  }
  willNavigate(url: string, isMainFrame: boolean): boolean {
    const details = preventable({ url, isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', details, url);
    if (isMainFrame && !details.defaultPrevented) this.emit('will-navigate', details, url);
    return details.defaultPrevented;
  }
  wantsWindow(url: string): boolean {
    return this.#openHandler({ url: toAppUrl(url) }).action === 'allow';
  }
  destroyed(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}
