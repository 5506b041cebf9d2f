import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openWindows } from './browser-side.ts';
import type { ElectronApp, LaunchOptions } from './electron-app.ts';
import { createLink } from './link.ts';
import type { BrowserSide, MainSide } from './protocol.ts';

const register = join(import.meta.dirname, 'main-side', 'register.ts');

/** By the folder of their user data: the first one has the lock. */
const running = new Map<string, { secondInstance: MainSide['secondInstance'] }>();

/** Starts the built main process under Node, with its windows in `browser`. */
export async function launchStandIn(
  options: LaunchOptions & { env: Record<string, string> },
  browser: Browser,
): Promise<ElectronApp> {
  const { appDir, userDataDir, args = [], env, account, standIn = {} } = options;
  const first = running.get(userDataDir);
  const child = spawn(
    process.execPath,
    // `process.argv` of an Electron that runs a checkout: program, application folder, what was typed.
    ['--import', register, appDir, `--user-data-dir=${userDataDir}`, ...args],
    {
      cwd: options.cwd ?? appDir,
      env: {
        ...env,
        ACCESSION_STAND_IN: JSON.stringify({
          ...standIn,
          appDir,
          userDataDir,
          isSecond: first !== undefined,
        }),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      ...account,
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-10_000);
      if (env.ACCESSION_STAND_IN_LOUD) process.stderr.write(bytes);
    });

  const windows = await openWindows(browser, () => link.remote);
  const methods: BrowserSide = {
    ...windows.methods,
    async secondInstance(argv, workingDirectory) {
      first?.secondInstance(argv, workingDirectory);
    },
  };
  const link = createLink<MainSide>(lineTo(child), methods);
  const ended = once(child, 'exit').then(([code, signal]) => {
    if (running.get(userDataDir) === registered) running.delete(userDataDir);
    link.close(`The application has ended with ${signal ?? code}. It said: ${said}`);
    return windows.close();
  });
  const registered = {
    secondInstance: (argv: string[], cwd: string) => void link.remote.secondInstance(argv, cwd),
  };
  if (first === undefined) running.set(userDataDir, registered);

  return {
    process: () => child,
    windows: windows.pages,
    refusedAddresses: windows.refused,
    output: () => said,
    firstWindow: () =>
      Promise.race([
        windows.first(),
        ended.then(() => Promise.reject(new Error(`It ended before it opened a window. It said: ${said}`))),
      ]),
    evaluate: ((pageFunction: unknown, arg: unknown) =>
      link.remote.evaluate(String(pageFunction), arg)) as ElectronApp['evaluate'],
    async close() {
      // It answers by ending.
      link.remote.quit().catch(() => {});
      const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killer);
    },
    ended: () => ended,
  };
}

function lineTo(child: ChildProcess) {
  return {
    send: (message: unknown) => {
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener: (message: unknown) => void) => void child.on('message', listener),
  };
}
