import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createFaissHost, type FaissNotice } from '../../../electron/main/faiss-host.ts';
import { CONTRACT_VERSION } from '../../../shared/contract/define.ts';
import { faissEnvironment } from '../../../shared/desktop/faiss-environment.ts';
import type { CanaryDoor } from './canary-door.ts';

const ELECTRON = join(import.meta.dirname, '..', '..', '..', 'electron');
const PROGRAM = join(ELECTRON, 'backend', 'backend.ts');

/**
 * Electron's parent port, on Node's own channel to a child; and `{ kind: 'test-crash', text }` makes an error with that
 * text that nobody catches, as a fault of ours would.
 */
const PARENT_PORT = `data:text/javascript,${encodeURIComponent(`process.parentPort = {
  on: (_event, listener) => process.on('message', (data) => {
    if (data?.kind === 'test-crash') setImmediate(() => { throw Object.assign(new Error(data.text), { held: data.text }); });
    else listener({ data });
  }),
  postMessage: (message) => process.send(message),
};`)}`;

type Message = {
  kind: string;
  id?: number;
  message?: Heard;
  ask?: { to: string; text?: string; base64?: string };
};
type Heard = { kind: string; id?: number; reply?: unknown; payload?: { kind?: string; loadId?: string } };

export interface DesktopDoor extends CanaryDoor {
  child: ChildProcess;
  subscriptions: Map<number, string>;
  /** Everything that has crossed to the main process but what is for its keychain. */
  crossed: unknown[];
  output(): string;
  /** What the keychain was asked to encrypt. */
  encrypted: string[];
  crash(text: string): void;
  ended(loadId: string): Promise<void>;
  over(): Promise<number | null>;
}

/** The real backend process, as main starts it. `onEncrypt`: true where main answers. */
export async function openDesktop(
  environment: Readonly<Record<string, string>>,
  onEncrypt: (child: ChildProcess) => boolean = () => true,
): Promise<DesktopDoor> {
  const child = fork(PROGRAM, [], {
    execArgv: ['--import', PARENT_PORT],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const faiss = createFaissHost({
    fork: forkFaiss,
    post: (notice) => void child.send(notice),
    onCrash: () => {},
  });
  const closed = once(child, 'close').then(([code]) => {
    faiss.endAll();
    return code as number | null;
  });
  const [heard, crossed, encrypted]: [Heard[], unknown[], string[]] = [[], [], []];
  const subscriptions = new Map<number, string>();
  /** What the system would give back, by what it gave out: nothing of the text stands in it. */
  const kept = new Map<string, string>();
  const answerKeychain = ({ id, ask }: Message): void => {
    if (ask?.to === 'encrypt') {
      encrypted.push(ask.text ?? '');
      if (!onEncrypt(child)) return;
    }
    const sealed = Buffer.from(randomUUID()).toString('base64');
    if (ask?.text !== undefined) kept.set(sealed, ask.text);
    const value =
      ask?.to === 'tell' ? 'yes' : ask?.to === 'encrypt' ? sealed : (kept.get(ask?.base64 ?? '') ?? null);
    child.send({ kind: 'keychain-answer', id, value });
  };
  child.on('message', (message: Message) => {
    if (message.kind === 'keychain-question') {
      answerKeychain(message);
      return;
    }
    crossed.push(message);
    if (message.kind.startsWith('faiss-')) faiss.receive(message as unknown as FaissNotice);
    if (message.message === undefined) return;
    heard.push(message.message);
    const { kind, id } = message.message;
    const seq = 'seq' in message.message ? message.message.seq : 0;
    if (kind === 'event' || kind === 'gap') say({ kind: 'ack', id, seq });
  });
  const say = (message: object): void => void child.send({ kind: 'page-message', page: 'p1', message });
  const find = (test: (message: Heard) => boolean): Promise<Heard> =>
    vi.waitFor(
      () => {
        const message = heard.find(test);
        if (message === undefined) throw new Error(`It was not heard. ${output}`);
        return message;
      },
      { timeout: 40_000, interval: 10 },
    );
  let lastId = 0;
  say({ kind: 'hello', contract: CONTRACT_VERSION });
  await find(({ kind }) => kind === 'welcome');
  return {
    child,
    heard,
    crossed,
    encrypted,
    subscriptions,
    output: () => output,
    over: () => closed,
    crash: (text) => void child.send({ kind: 'test-crash', text }),
    async ask(route, input) {
      lastId += 1;
      const id = lastId;
      say({ kind: 'request', id, route, input });
      return (await find((message) => message.kind === 'answer' && message.id === id)).reply;
    },
    async follow(event, scope) {
      lastId += 1;
      const id = lastId;
      subscriptions.set(id, event);
      say({ kind: 'subscribe', id, event, scope, after: null });
      await find((message) => message.kind === 'subscribed' && message.id === id);
    },
    async ended(loadId) {
      await find(({ payload }) => payload?.kind === 'load-finished' && payload.loadId === loadId);
    },
    async idOf(path) {
      const fileId = randomUUID();
      child.send({ kind: 'file-chosen', fileId, path });
      return fileId;
    },
  };
}

/** As main does, in whose place this process is. */
function forkFaiss(): ReturnType<Parameters<typeof createFaissHost>[0]['fork']> {
  const child = fork(join(ELECTRON, 'adapters', 'faiss', 'faiss-process.ts'), [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    execArgv: [],
    env: faissEnvironment(process.env),
  });
  return {
    postMessage: (message) => void child.send(message as object),
    kill: () => child.kill(),
    on: (event, listener) => child.on(event, listener),
    once: (event, listener) => child.once(event, (code) => listener(code ?? 1)),
    stderr: child.stderr,
  };
}
