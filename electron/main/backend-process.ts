import type { Reply } from '../../shared/contract/about.ts';
import type { ErrorReport } from '../../shared/errors.ts';

/** The part of Electron's UtilityProcess that supervision needs. */
export interface ForkedProcess {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (exitCode: number) => void): unknown;
}

export interface BackendProcess {
  /** Starts the backend unless it is running. */
  start(): void;
  /**
   * Asks the backend. One that has died is started again first, so that "Try again" in the window is an
   * ordinary request. Never rejects; a backend that dies meanwhile answers with a retryable error.
   */
  request(route: string, input: unknown): Promise<Reply<unknown>>;
  /** Ends the backend on purpose: `onStopped` is not called for it, and it is not started again. */
  stop(): void;
}

/**
 * Keeps one backend process. `onStopped` is called each time it ends without `stop()` having been called,
 * after every open request has been answered.
 */
export function superviseBackend(options: {
  fork: () => ForkedProcess;
  onStopped: (error: ErrorReport) => void;
}): BackendProcess {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  let running: ForkedProcess | null = null;
  let nextId = 1;
  let stopping = false;

  function answerAll(error: ErrorReport): void {
    for (const resolve of waiting.values()) resolve({ ok: false, error });
    waiting.clear();
  }

  function start(): void {
    if (running !== null || stopping) return;
    const child = options.fork();
    running = child;
    child.on('message', (message) => {
      const { id, reply } = message as { id: number; reply: Reply<unknown> };
      waiting.get(id)?.(reply);
      waiting.delete(id);
    });
    child.once('exit', (exitCode) => {
      if (running === child) running = null;
      const error = stoppedError(exitCode);
      answerAll(error);
      if (!stopping) options.onStopped(error);
    });
  }

  return {
    start,
    request(route, input) {
      start();
      const child = running;
      if (child === null) return Promise.resolve({ ok: false, error: stoppedError(0) });
      const id = nextId;
      nextId += 1;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.postMessage({ id, route, input });
      });
    },
    stop() {
      stopping = true;
      running?.kill();
    },
  };
}

function stoppedError(exitCode: number): ErrorReport {
  return {
    code: 'internal',
    message: `The part of Accession that does the work has stopped (exit code ${exitCode}).`,
    hint: 'Start it again here. If it stops once more, close Accession and open it anew.',
    retryable: true,
  };
}
