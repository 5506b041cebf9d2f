import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SERVICES_SOURCE } from './locations.mjs';

export interface SupervisedCommand {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Only root can give them; without, the server runs as whoever started the tests. */
  uid?: number;
  gid?: number;
  stopSignal: NodeJS.Signals;
  /** After this long without ending on its own, the server is killed. */
  killAfterMs: number;
  /** Folders that hold nothing but this server's scratch data. */
  removeAtEnd: string[];
  logFile: string;
}

export interface SupervisedProcess {
  /** Resolves, never rejects, once the server has ended, with what its supervisor said of it. */
  ended: Promise<string>;
  /** Idempotent. Resolves when the server has ended and its folders are gone. */
  stop: () => Promise<void>;
}

/** Starts a server that ends with this process, however this process ends. See supervisor.mjs. */
export function startSupervised(command: SupervisedCommand): SupervisedProcess {
  const supervisor = spawn(
    process.execPath,
    [join(SERVICES_SOURCE, 'supervisor.mjs'), JSON.stringify(command)],
    // Of its own session, so that Ctrl-C in the terminal reaches the tests only, and they end first.
    { detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  supervisor.stdin.on('error', () => {});
  let said = '';
  supervisor.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ended = once(supervisor, 'close').then(
    () => said.trim(),
    (error: unknown) => String(error),
  );
  return {
    ended,
    stop: async () => {
      supervisor.stdin.end();
      await ended;
    },
  };
}

/**
 * Polls until `isReady` answers true. Throws, with the end of the server's log, when the server ended before that or
 * `timeoutMs` passed.
 */
export async function untilReady(
  server: SupervisedProcess,
  { isReady, logFile, timeoutMs }: { isReady: () => Promise<boolean>; logFile: string; timeoutMs: number },
): Promise<void> {
  let end: string | null = null;
  void server.ended.then((line) => {
    end = line;
  });
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await isReady())) {
    const reason = end ?? (performance.now() > giveUpAt ? `not ready after ${timeoutMs} ms` : null);
    if (reason !== null) {
      const log = await readFile(logFile, 'utf8').catch(() => '');
      await server.stop();
      throw new Error(`${reason}: ${log.trim().split('\n').slice(-15).join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A port of 127.0.0.1 that nobody used a moment ago; somebody else may take it first, so callers try again. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** Starts again on other ports when a start failed, which is how a port taken in between shows itself. */
export async function withRetries<T>(attempts: number, start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
