import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CONTRACT_VERSION } from '../../shared/contract/define.ts';

/** A process that says an address and goes on. */
export interface Serving {
  child: ChildProcess;
  /** With its token, where it has one. */
  url: string;
  origin: string;
  stdout: () => string;
  stderr: () => string;
  /** Asks it to stop; resolves to its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a program of Node's and waits until it has said its address. */
export async function startServing(
  script: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Serving> {
  const child = spawn(process.execPath, [script, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TZ: 'UTC', ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /https?:\/\/[^\s"]+/.exec(stdout)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`It ended with ${code}. ${stderr}`)));
  });
  return {
    child,
    url,
    origin: new URL(url).origin,
    stdout: () => stdout,
    stderr: () => stderr,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

export function serveBuilt(
  appDir: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Serving> {
  return startServing(join(appDir, 'out', 'main', 'cli.js'), ['serve', ...argv], environment);
}

/** Signs in by the address, as a browser would, and gives the Cookie header. */
export async function signInAt(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** A page's connection: asks, and hears every event of one name. */
export async function connectTo(origin: string, cookie: string) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/socket`, { headers: { origin, cookie } });
  onTestFinished(() => void socket.terminate());
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the contract promises.
  const heard: any[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    heard.push(message);
    // Without it the server soon stops telling.
    const { kind, id, seq } = message;
    if (kind === 'event' || kind === 'gap') say({ kind: 'ack', id, seq });
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const say = (message: object): void => socket.send(JSON.stringify(message));
  let id = 0;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const find = (test: (message: any) => boolean) =>
    vi.waitFor(
      () => {
        const message = heard.find(test);
        expect(message).toBeDefined();
        return message;
      },
      { timeout: 30_000, interval: 20 },
    );
  say({ kind: 'hello', contract: CONTRACT_VERSION });
  await find(({ kind }) => kind === 'welcome');
  return {
    find,
    heard,
    async ask(route: string, input: unknown) {
      id += 1;
      const own = id;
      say({ kind: 'request', id: own, route, input });
      return (await find((message) => message.kind === 'answer' && message.id === own)).reply;
    },
    /** Resolves to the number of the subscription. */
    async follow(event: string, scope: string | null) {
      id += 1;
      say({ kind: 'subscribe', id, event, scope, after: null });
      return id;
    },
  };
}
