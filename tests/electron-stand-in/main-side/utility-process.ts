import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

const parentPort = new URL('./parent-port.ts', import.meta.url).href;

interface ForkOptions {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: 'pipe' | 'ignore' | 'inherit' | ('pipe' | 'ignore' | 'inherit')[];
  serviceName?: string;
}

/** Electron's UtilityProcess: a child of Node's own kind that has a parentPort. */
class UtilityProcess extends EventEmitter {
  readonly serviceName: string;
  readonly #child: ChildProcess;

  constructor(path: string, args: readonly string[], options: ForkOptions) {
    super();
    this.serviceName = options.serviceName ?? 'Node Utility Process';
    const { stdio = 'inherit' } = options;
    const [, out, err] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
    this.#child = fork(path, args, {
      env: options.env ?? process.env,
      execArgv: [...(options.execArgv ?? []), '--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', out ?? 'inherit', err ?? 'inherit', 'ipc'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('error', () => {});
    // Electron tells of a signal by its number.
    this.#child.on('close', (code, signal) =>
      this.emit('exit', code ?? (signal === null ? 1 : constants.signals[signal])),
    );
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  get stdout(): Readable | null {
    return this.#child.stdout;
  }
  get stderr(): Readable | null {
    return this.#child.stderr;
  }
  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => {});
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

export type { UtilityProcess };

/** Every process that was started, for tests: the last one of a kind is the one that runs. */
export const started: UtilityProcess[] = [];

export const utilityProcess = {
  fork(path: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    const child = new UtilityProcess(path, args, options);
    started.push(child);
    return child;
  },
};
