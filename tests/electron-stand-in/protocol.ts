/** What the test's process and the stand-in's main process ask each other. */

export interface WindowSettings {
  id: number;
  /** Source text of the preload script, or null. */
  preload: string | null;
  /** Whether Electron would let the page use Node itself. */
  nodeInPage: boolean;
  /** Permissions that the session would grant, by Chromium's names. */
  granted: string[];
  show: boolean;
}

export interface PageRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
}

export interface PageResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Methods of the test's process, which holds the browser. */
export interface BrowserSide {
  createWindow(settings: WindowSettings): Promise<void>;
  loadUrl(windowId: number, url: string): Promise<void>;
  reload(windowId: number): Promise<void>;
  closeWindow(windowId: number): Promise<void>;
  sendToPage(windowId: number, channel: string, args: unknown[]): Promise<void>;
  runInPage(windowId: number, code: string): Promise<unknown>;
  /** This process did not get the lock: the one that has it hears of it. */
  secondInstance(argv: string[], workingDirectory: string): Promise<void>;
}

export interface FrameOfPage {
  url: string;
  isMain: boolean;
}

/** Methods of the stand-in's main process. Addresses are the application's own (app://…). */
export interface MainSide {
  evaluate(functionSource: string, arg: unknown): Promise<unknown>;
  quit(): void;
  secondInstance(argv: string[], workingDirectory: string): void;
  fromPage(
    windowId: number,
    frame: FrameOfPage,
    kind: 'send' | 'invoke',
    channel: string,
    args: unknown[],
  ): Promise<unknown>;
  /** Null: no handler for this scheme. */
  respond(request: PageRequest): Promise<PageResponse | null>;
  /** Whether the application forbade it. */
  willNavigate(windowId: number, url: string, isMainFrame: boolean): boolean;
  hasNavigated(windowId: number, url: string): void;
  hasLoaded(windowId: number): void;
  /** Whether a second window may open. */
  wantsWindow(windowId: number, url: string): boolean;
  pageClosed(windowId: number): void;
}

/** Where pages of an application's own scheme live in Chromium, which knows no schemes of Electron's. */
const suffix = '.stand-in.invalid';

/** `app://accession/x` as an address that Chromium loads; others as they are. */
export function toBrowserUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.host === '' || /^(https?|wss?|file|data|blob|about):$/.test(parsed.protocol))
    return url;
  const scheme = parsed.protocol.slice(0, -1);
  return `https://${parsed.host}.${scheme}${suffix}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** The way back. */
export function toAppUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !parsed.hostname.endsWith(suffix)) return url;
  const names = parsed.hostname.slice(0, -suffix.length).split('.');
  const scheme = names.pop();
  return `${scheme}://${names.join('.')}${parsed.pathname}${parsed.search}${parsed.hash}`;
}
