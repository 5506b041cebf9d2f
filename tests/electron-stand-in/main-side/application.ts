import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { preventable } from './events.ts';
import type { Settings } from './surroundings.ts';

export interface WindowsOfApp {
  /** Asks every window to close; false where one stayed. */
  closeAll(): boolean;
}

/** Electron's `app`: starts, is asked to quit, and goes. */
export class Application extends EventEmitter {
  readonly isPackaged: boolean;
  sandboxForAll = false;
  readonly dock = { setBadge() {}, setIcon() {}, bounce: () => 0 };
  readonly commandLine = { appendSwitch() {}, hasSwitch: () => false, getSwitchValue: () => '' };
  readonly #settings: Settings;
  readonly #ready: Promise<void>;
  readonly #tellFirst: (argv: string[], workingDirectory: string) => Promise<void>;
  #isReady = false;
  #quitting = false;
  windows: WindowsOfApp = { closeAll: () => true };
  processes: () => { pid: number | undefined; serviceName: string }[] = () => [];

  constructor(settings: Settings, tellFirst: (argv: string[], workingDirectory: string) => Promise<void>) {
    super();
    this.#settings = settings;
    this.isPackaged = settings.isPackaged ?? false;
    this.#tellFirst = tellFirst;
    mkdirSync(settings.userDataDir, { recursive: true });
    // Electron becomes ready after the main script has run.
    this.#ready = new Promise((resolve) =>
      setImmediate(() => {
        this.#isReady = true;
        this.emit('will-finish-launching');
        this.emit('ready');
        resolve();
      }),
    );
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxForAll = true;
  }
  requestSingleInstanceLock(): boolean {
    if (this.#settings.isSecond) void this.#tellFirst(process.argv, process.cwd());
    return !this.#settings.isSecond;
  }
  getName(): string {
    return this.#manifest().name;
  }
  getVersion(): string {
    return this.#manifest().version;
  }
  getAppPath(): string {
    return this.#settings.appDir;
  }
  getPath(name: string): string {
    const { userDataDir } = this.#settings;
    const paths: Record<string, string> = {
      userData: userDataDir,
      sessionData: userDataDir,
      logs: join(userDataDir, 'logs'),
      crashDumps: join(userDataDir, 'Crashpad'),
      temp: tmpdir(),
      home: homedir(),
      exe: process.execPath,
    };
    const path = paths[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  getAppMetrics(): { pid: number; type: string; name?: string }[] {
    const children = this.processes().flatMap(({ pid, serviceName }) =>
      pid === undefined ? [] : [{ pid, type: 'Utility', name: serviceName }],
    );
    return [{ pid: process.pid, type: 'Browser' }, ...children];
  }
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  setAsDefaultProtocolClient(): boolean {
    return true;
  }
  addRecentDocument(): void {}
  focus(): void {}

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    const event = preventable({});
    this.emit('before-quit', event);
    this.#quitting = !event.defaultPrevented && this.windows.closeAll();
    if (this.#quitting) this.#leave();
  }
  /** Called when the last window is gone, however it went. */
  allWindowsClosed(): void {
    if (!this.#quitting && !this.emit('window-all-closed')) this.quit();
  }
  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }
  #leave(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#quitting = false;
    // What was still to be said to the test goes out first.
    else setImmediate(() => this.exit(0));
  }
  #manifest(): { name: string; version: string } {
    return JSON.parse(readFileSync(join(this.#settings.appDir, 'package.json'), 'utf8'));
  }
}
