import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { openPage, pidOf } from './page.ts';

const started = { kind: 'load-event', event: { kind: 'load-started', loadId: 'a', files: 1 } };
const halfChecked = {
  kind: 'load-event',
  event: { kind: 'step-progress', loadId: 'a', step: 'check', file: null, done: 1, total: 2 },
};
const finished = { kind: 'load-event', event: { kind: 'load-finished', loadId: 'a', status: 'loaded' } };

/** Over a backend that says what a test wants it to say; main and preload are the built ones. */
describeDesktop('the desktop application under a load', (desktop) => {
  /** The built application with another backend. */
  async function launchScripted(): Promise<ElectronApp> {
    const scripted = join(desktop.dir(), 'app');
    mkdirSync(scripted);
    for (const name of ['out', 'package.json'])
      cpSync(join(desktop.appDir(), name), join(scripted, name), { recursive: true });
    symlinkSync(
      realpathSync(join(desktop.appDir(), 'node_modules')),
      join(scripted, 'node_modules'),
      'junction',
    );
    cpSync(join(import.meta.dirname, 'scripted-backend.mjs'), join(scripted, 'out', 'main', 'backend.js'));
    const app = await desktop.launch({ appDir: scripted, env: { HEARD_FILE: heardFile() } });
    await openPage(app);
    return app;
  }
  const heardFile = () => join(desktop.dir(), 'heard');
  const heard = (): Record<string, unknown>[] =>
    existsSync(heardFile())
      ? readFileSync(heardFile(), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line))
      : [];

  let scripts = 0;
  /** Has the backend say these things, in order. */
  async function say(app: ElectronApp, ...notices: object[]): Promise<void> {
    scripts += 1;
    const path = join(desktop.dir(), `script-${scripts}.csv`);
    writeFileSync(path, notices.map((notice) => JSON.stringify(notice)).join('\n'));
    await app.evaluate(({ app: electronApp }, file) => {
      electronApp.emit('second-instance', {}, ['accession', file], '/');
    }, path);
  }

  /** Keeps what would be shown, and answers questions with `response`. */
  async function record(app: ElectronApp, response: number): Promise<void> {
    await app.evaluate(({ BrowserWindow, dialog, Notification }, answer) => {
      const shown = { progress: [] as number[], notifications: [] as string[], questions: [] as string[] };
      Object.assign(globalThis, { shown });
      const window = BrowserWindow.getAllWindows()[0];
      if (window !== undefined) window.setProgressBar = (value: number) => void shown.progress.push(value);
      Notification.prototype.show = () => {
        shown.notifications.push('shown');
      };
      dialog.showMessageBox = async (...args: unknown[]) => {
        shown.questions.push((args.at(-1) as { message: string }).message);
        return { response: answer, checkboxChecked: false };
      };
    }, response);
  }
  const shown = (app: ElectronApp) =>
    app.evaluate(
      () =>
        (
          globalThis as unknown as {
            shown: { progress: number[]; notifications: string[]; questions: string[] };
          }
        ).shown,
    );

  test('shows on its icon how far it is, and takes that away at the end', async () => {
    const app = await launchScripted();
    await record(app, 0);
    await say(app, started, halfChecked, finished);
    await eventually(async () => expect((await shown(app)).progress).toEqual([2, 0.1, -1]));
  });

  test('tells of the end of a long load when its window is not in front, and only then', async () => {
    const app = await launchScripted();
    await record(app, 0);
    await say(app, started);
    await eventually(async () => expect((await shown(app)).progress).toHaveLength(1));
    await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      if (window !== undefined) window.isFocused = () => false;
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
    await say(app, finished);
    await eventually(async () => expect((await shown(app)).notifications).toHaveLength(1));
    await say(app, started, finished);
    await eventually(async () => expect((await shown(app)).progress.at(-1)).toBe(-1));
    expect((await shown(app)).notifications).toHaveLength(1);
  });

  test('asks before it is closed, and stays when the answer is to keep working', async () => {
    const app = await launchScripted();
    await record(app, 0);
    await say(app, started);
    await eventually(async () => expect((await shown(app)).progress).toHaveLength(1));
    await app.evaluate(({ app: electronApp }) => electronApp.quit());
    await eventually(async () => expect((await shown(app)).questions).toEqual(['A load is still running.']));
    expect(app.windows()).toHaveLength(1);
    await say(app, finished);
    await eventually(async () => expect((await shown(app)).progress.at(-1)).toBe(-1));
    await app.close();
  });

  test('ends when the answer is to close it all the same', async () => {
    const app = await launchScripted();
    await record(app, 1);
    await say(app, started);
    await eventually(async () => expect((await shown(app)).progress).toHaveLength(1));
    await app.close();
    expect(app.process().exitCode).toBe(0);
  });

  test('after its backend crashed, tells the next one of the files and counts no load of the dead one', async () => {
    const app = await launchScripted();
    await record(app, 0);
    const crashing = {
      kind: 'crashing',
      name: 'TypeError',
      stack: 'TypeError: Maria has no grade\n    at readRow (/home/maria/out/main/backend.js:12:3)',
    };
    await say(app, started, crashing);
    await eventually(async () => expect((await shown(app)).progress).toHaveLength(1));
    process.kill(await pidOf(app, 'Accession backend'), 'SIGKILL');
    await eventually(() => expect(heard()).toHaveLength(2));
    expect(heard()[1]).toEqual(heard()[0]);
    expect((await shown(app)).progress).toContain(-1);
    // Where it was is written down, and nothing of what the error said.
    const log = readFileSync(join(desktop.dir(), 'user-data', 'crash.log'), 'utf8');
    expect(log).toContain('at readRow (backend.js:12:3)');
    expect(log).not.toMatch(/maria/i);
  });

  test('runs FAISS for its backend, and tells it when FAISS was killed', async () => {
    const app = await launchScripted();
    const missing = join(desktop.dir(), 'no-such.faiss');
    await say(
      app,
      { kind: 'faiss-start', channel: 7 },
      { kind: 'faiss-send', channel: 7, request: { id: 1, kind: 'verify', file: missing, positions: [] } },
    );
    const backend = await pidOf(app, 'Accession backend');
    await eventually(() =>
      expect(heard()).toContainEqual({
        kind: 'faiss-reply',
        channel: 7,
        reply: expect.objectContaining({ id: 1, kind: 'failed' }),
      }),
    );
    process.kill(await pidOf(app, 'Accession search index'), 'SIGKILL');
    await eventually(() =>
      expect(heard()).toContainEqual({
        kind: 'faiss-ended',
        channel: 7,
        how: expect.stringContaining('ended with'),
      }),
    );
    expect(readFileSync(join(desktop.dir(), 'user-data', 'crash.log'), 'utf8')).toMatch(
      / index ended with \d+ /,
    );
    expect(await pidOf(app, 'Accession backend')).toBe(backend);
  });
});
