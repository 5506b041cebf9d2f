import { fork } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { faissEnvironment } from '../../../shared/desktop/faiss-environment.ts';
import type { FaissReply, FaissRequest } from './faiss-messages.ts';

/** The line to a running FAISS process. On the desktop main starts it (faiss-through-main.ts). */
export interface FaissChannel {
  send(request: FaissRequest): void;
  /** Replaces the listener of the call before. `end` is called at once where the process has ended already. */
  listen(listener: { reply: (reply: FaissReply) => void; end: (how: string) => void }): void;
  /** While held it keeps this process alive; released it does not. */
  hold(): void;
  release(): void;
  kill(): void;
  /** For the log; undefined where it could not be started. */
  pid: number | undefined;
  ended: Promise<void>;
}

const STDERR_KEPT = 2000;

/** Beside this file, from source as in the bundle, where the extension is the bundle's. */
export function faissEntry(here: string): string {
  const name = here.endsWith('.ts') ? 'faiss-process.ts' : 'faiss-process.js';
  return fileURLToPath(new URL(name, here));
}

export function forkFaiss(): FaissChannel {
  const child = fork(faissEntry(import.meta.url), [], {
    env: faissEnvironment(process.env),
    // Not our own flags: an inspector's port, say, cannot be opened twice.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  let how: string | null = null;
  let listener: Parameters<FaissChannel['listen']>[0] | null = null;
  const { promise: ended, resolve } = Promise.withResolvers<void>();

  function end(reason: string): void {
    if (how !== null) return;
    how = `${reason} ${said}`.trim();
    listener?.end(how);
    resolve();
  }
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-STDERR_KEPT);
  });
  child.on('message', (reply) => listener?.reply(reply as FaissReply));
  child.on('error', (error) => {
    if (child.pid === undefined) end(error.message);
  });
  // Unlike `exit`, `close` comes after the last words on stderr.
  child.on('close', (code, signal) => end(`ended with ${signal ?? code}`));

  const channel: FaissChannel = {
    send(request) {
      child.send(request, (error) => {
        if (error !== null) child.kill('SIGKILL');
      });
    },
    listen(next) {
      listener = next;
      if (how !== null) next.end(how);
    },
    hold() {
      child.ref();
      child.channel?.ref();
    },
    release() {
      child.unref();
      child.channel?.unref();
    },
    kill: () => void child.kill('SIGKILL'),
    pid: child.pid,
    ended,
  };
  if (child.stderr instanceof Socket) child.stderr.unref();
  return channel;
}
