import type { NoticeFromBackend, NoticeToBackend } from '../../shared/desktop/notices.ts';

/** The part of Electron's UtilityProcess that a FAISS process needs. */
export interface FaissProcess {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (exitCode: number) => void): unknown;
  /** Null unless it was started with its own pipe. */
  stderr: { on(event: 'data', listener: (bytes: Buffer) => void): unknown } | null;
}

export type FaissNotice = Extract<NoticeFromBackend, { kind: 'faiss-start' | 'faiss-send' | 'faiss-kill' }>;

/**
 * Runs FAISS for the backend. Only this process can: the packaged application cannot be started as Node
 * (fuse RunAsNode), and a utility process cannot start one of its own.
 */
export interface FaissHost {
  receive(notice: FaissNotice): void;
  /** The backend is gone: so are the processes it had asked for. */
  endAll(): void;
}

/** So much of its last words is kept for the log: FAISS says on stderr why it aborts. */
const keptChars = 2000;

export function createFaissHost(options: {
  fork: () => FaissProcess;
  post: (notice: NoticeToBackend) => void;
  /** A FAISS process ended otherwise than by being asked to. */
  onCrash: (exitCode: number) => void;
}): FaissHost {
  const children = new Map<number, FaissProcess>();

  function start(channel: number): void {
    const child = options.fork();
    children.set(channel, child);
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said = (said + bytes.toString()).slice(-keptChars);
    });
    child.on('message', (reply) => {
      if (children.get(channel) === child) options.post({ kind: 'faiss-reply', channel, reply });
    });
    child.once('exit', (exitCode) => {
      if (children.get(channel) !== child) return;
      children.delete(channel);
      if (exitCode !== 0) options.onCrash(exitCode);
      options.post({ kind: 'faiss-ended', channel, how: `ended with ${exitCode} ${said}`.trim() });
    });
  }

  return {
    receive(notice) {
      switch (notice.kind) {
        case 'faiss-start':
          return start(notice.channel);
        case 'faiss-send':
          return children.get(notice.channel)?.postMessage(notice.request);
        case 'faiss-kill':
          return void children.get(notice.channel)?.kill();
      }
    },
    endAll() {
      const ended = [...children.values()];
      children.clear();
      for (const child of ended) child.kill();
    },
  };
}
