import type { ErrorReport } from '../../shared/errors.ts';
import { defaultRestartPolicy, type RestartPolicy, restartDelayMs } from './restart-policy.ts';

/** The part of Electron's UtilityProcess that supervision needs. */
export interface ForkedProcess {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (exitCode: number) => void): unknown;
}

export interface BackendProcess {
  /** Starts the backend, unless it is running or has been ended on purpose. */
  start(): void;
  /**
   * Gives it a message, in order. While it is down the message waits for its restart; after `stop()`, and beyond
   * what a page says while it waits, messages are dropped.
   */
  post(message: unknown): void;
  /** Ends the backend on purpose: `onStopped` is not called for it, and it is not started again. */
  stop(): void;
}

export interface BackendOptions {
  fork: () => ForkedProcess;
  /** Everything the backend says, in order. */
  onMessage: (message: unknown) => void;
  /** It has been started; what is posted now reaches it before what has been waiting. */
  onStarted: () => void;
  /** It ended without `stop()` having been called, and will be started again in `restartsInMs`. */
  onStopped: (error: ErrorReport, exitCode: number, restartsInMs: number) => void;
  policy?: RestartPolicy;
  now?: () => number;
  /** setTimeout, or a stand-in for it. */
  after?: (ms: number, action: () => void) => void;
}

/** A page that hears of the crash connects anew with a handful of messages; more is no conversation. */
const mostWaiting = 1000;

/** Keeps one backend process: starts it, hears of its end, and starts it again, less and less eagerly. */
export function superviseBackend(options: BackendOptions): BackendProcess {
  const { policy = defaultRestartPolicy, now = Date.now, after = laterOn } = options;
  let restartsAtMs: number[] = [];
  let running: ForkedProcess | null = null;
  let stopping = false;
  let waiting: unknown[] = [];

  function start(): void {
    if (running !== null || stopping) return;
    const child = options.fork();
    running = child;
    child.on('message', (message) => {
      // What a dead backend said last may arrive after its successor was started.
      if (running === child) options.onMessage(message);
    });
    child.once('exit', (exitCode) => {
      if (running !== child) return;
      running = null;
      if (!stopping) restartLater(exitCode);
    });
    options.onStarted();
    const waited = waiting;
    waiting = [];
    for (const message of waited) child.postMessage(message);
  }

  function restartLater(exitCode: number): void {
    const atMs = now();
    const delayMs = restartDelayMs(policy, restartsAtMs, atMs);
    restartsAtMs = [
      ...restartsAtMs.filter((earlierMs) => atMs - earlierMs < policy.withinMs),
      atMs + delayMs,
    ];
    options.onStopped(stoppedError(exitCode, delayMs), exitCode, delayMs);
    after(delayMs, start);
  }

  return {
    start,
    post(message) {
      if (running !== null) running.postMessage(message);
      else if (!stopping && waiting.length < mostWaiting) waiting.push(message);
    },
    stop() {
      stopping = true;
      waiting = [];
      running?.kill();
    },
  };
}

function laterOn(ms: number, action: () => void): void {
  setTimeout(action, ms);
}

/** From here on a person would wonder why nothing happens. */
const longWaitMs = 10_000;

function stoppedError(exitCode: number, restartsInMs: number): ErrorReport {
  return {
    code: 'internal',
    message: `The part of Accession that does the work has stopped (exit code ${exitCode}).`,
    hint:
      restartsInMs < longWaitMs
        ? 'It is being started again. A load that was running goes on where it was; nothing is lost.'
        : `It has stopped several times in a row and is started again in ${Math.ceil(restartsInMs / 1000)} seconds. If that does not help, close Accession and open it anew.`,
    retryable: true,
  };
}
