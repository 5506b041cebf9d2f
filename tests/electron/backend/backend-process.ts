import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFaissHost, type FaissNotice, type FaissProcess } from '../../../electron/main/faiss-host.ts';
import { type Client, createClient } from '../../../renderer/lib/client.ts';
import type { Transport } from '../../../renderer/lib/transport.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const program = join(root, 'electron', 'backend', 'backend.ts');
const faissProgram = join(root, 'electron', 'adapters', 'faiss', 'faiss-process.ts');

/** Electron's parent port, on Node's own channel to a child. */
const parentPort = `data:text/javascript,${encodeURIComponent(`process.parentPort = {
  on: (_event, listener) => process.on('message', (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};`)}`;

/** A folder for ACCESSION_HOME and more that goes with its test. */
export function tempHome(): string {
  const dir = mkdtempSync(join(tmpdir(), 'accession-backend-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface TestBackend {
  child: ChildProcess;
  /** A page's own client, over the parent port. */
  client: Client;
  /** Ends the page's connection, as a reload of main's relay would; the client connects again. */
  cut(): void;
  chooseFile(id: string, path: string): void;
  /** What main was told of loads. */
  notices: { kind: string; event?: { kind: string; loadId: string } }[];
}

/** The real backend process, its FAISS process run for it as main does. Killed at the end of the test. */
export function startBackend(home: string, environment: Record<string, string> = {}): TestBackend {
  const child = fork(program, [], {
    execArgv: ['--import', parentPort],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ACCESSION_HOME: home, ...environment },
  });
  const post = (message: object): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const faiss = createFaissHost({ fork: forkFaiss, post, onCrash() {} });
  const notices: TestBackend['notices'] = [];
  child.on('message', (message: { kind: string }) => {
    if (message.kind.startsWith('faiss-')) faiss.receive(message as FaissNotice);
    else if (message.kind !== 'page-message') notices.push(message);
  });
  const { transport, cut } = transportOver(child, post);
  const client = createClient(transport);
  onTestFinished(() => {
    client.close();
    child.kill('SIGKILL');
    faiss.endAll();
  });
  return {
    child,
    client,
    cut,
    notices,
    chooseFile: (fileId, path) => post({ kind: 'file-chosen', fileId, path }),
  };
}

/** Each connection is a page of its own, as after a reload. */
function transportOver(child: ChildProcess, post: (message: object) => void) {
  let pages = 0;
  let close: () => void = () => undefined;
  const transport: Transport = {
    mayDieSilently: false,
    connect(listener) {
      pages += 1;
      const page = `page-${pages}`;
      const onMessage = (message: { kind: string; page?: string; message?: unknown }): void => {
        if (message.page === page && message.kind === 'page-message') listener.onMessage(message.message);
      };
      child.on('message', onMessage);
      const end = (): void => {
        child.off('message', onMessage);
        post({ kind: 'page-gone', page });
      };
      close = () => {
        end();
        listener.onClose({ error: null, final: false });
      };
      queueMicrotask(() => listener.onOpen());
      return { send: (message) => post({ kind: 'page-message', page, message }), close: end };
    },
  };
  return { transport, cut: () => close() };
}

function forkFaiss(): FaissProcess {
  const child = fork(faissProgram, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return {
    postMessage: (message) => void child.send(message as object, () => undefined),
    kill: () => child.kill(),
    on: (_event, listener) => child.on('message', listener),
    once: (_event, listener) => child.once('close', (code) => listener(code ?? 1)),
    stderr: child.stderr,
  };
}
