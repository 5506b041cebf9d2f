import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { isAlive, openPage, type PageBridge, pidOf } from './page.ts';

describeDesktop('the desktop application', (desktop) => {
  test('opens one window, and its page shows something', async () => {
    const app = await desktop.launch();
    const page = await openPage(app);
    expect(app.windows()).toHaveLength(1);
    expect(await page.title()).toContain('Accession');
    await page.getByRole('heading').first().waitFor();
    expect(app.refusedAddresses).toEqual([]);
  });

  test('answers its page from a backend of the same version', async () => {
    const app = await desktop.launch();
    const page = await openPage(app);
    const answer = await page.evaluate(() => {
      const { accession } = window as unknown as { accession: PageBridge };
      // Above every number that the page itself counts up to.
      const id = 1_000_000;
      return new Promise((resolve) => {
        accession.listen(
          (message) => {
            const said = message as { kind: string; id?: number };
            if (said.kind === 'answer' && said.id === id) resolve(message);
          },
          () => {},
        );
        accession.post({ kind: 'request', id, route: 'app.about', input: {} });
      });
    });
    const { version } = JSON.parse(readFileSync(join(desktop.appDir(), 'package.json'), 'utf8'));
    expect(answer).toMatchObject({ reply: { ok: true, value: { name: 'Accession', version } } });
  });

  test('shows its page again when that crashed, and ends with a word when main itself does', async () => {
    const app = await desktop.launch();
    const page = await openPage(app);
    await page.evaluate(() => Object.assign(window, { before: true }));
    await app.evaluate(({ BrowserWindow }) => {
      const details = { reason: 'crashed', exitCode: 139 };
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, details);
    });
    await page.waitForFunction(() => !('before' in window));
    await app.evaluate(() => {
      setTimeout(() => {
        throw new TypeError('Maria has no grade');
      });
    });
    await app.ended();
    expect(app.process().exitCode).toBe(1);
    const log = readFileSync(join(desktop.dir(), 'user-data', 'crash.log'), 'utf8');
    expect(log).toMatch(/ page ended with crashed [\s\S]* main ended with TypeError /);
    expect(log).not.toContain('Maria');
  });

  test('says when its backend was killed, starts it again, and the page is connected anew', async () => {
    const app = await desktop.launch();
    const page = await openPage(app);
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      const { accession } = window as unknown as { accession: PageBridge };
      accession.listen(
        (message) => heard.push(message),
        (error) => heard.push({ kind: 'closed', error }),
      );
    });
    const pid = await pidOf(app, 'Accession backend');
    process.kill(pid, 'SIGKILL');
    const next = await pidOf(app, 'Accession backend', pid);
    expect(next).not.toBe(pid);
    const heard = await eventually(async () => {
      const said = (await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)) as {
        kind: string;
        error?: { message: string; retryable: boolean };
      }[];
      if (!said.some(({ kind }) => kind === 'welcome')) throw new Error(JSON.stringify(said));
      return said;
    });
    const closed = heard.find(({ kind }) => kind === 'closed');
    expect(closed?.error).toMatchObject({ retryable: true });
    expect(closed?.error?.message).toContain('has stopped');

    const log = readFileSync(join(desktop.dir(), 'user-data', 'crash.log'), 'utf8');
    expect(log).toMatch(/^\d{4}-\S+ backend ended with \d+ \(Accession \d+\.\d+\.\d+, \w+ \w+\)\n$/);
  });

  test('ends its backend when it ends, and leaves no crash behind', async () => {
    const app = await desktop.launch();
    await openPage(app);
    const pid = await pidOf(app, 'Accession backend');
    await app.close();
    await eventually(() => expect(isAlive(pid)).toBe(false));
    expect(() => readFileSync(join(desktop.dir(), 'user-data', 'crash.log'))).toThrow();
  });

  test('opens where it was closed, in its size, and maximised when it was', async () => {
    const bounds = { x: 40, y: 60, width: 700, height: 600 };
    const first = await desktop.launch();
    await openPage(first);
    await first.evaluate(({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setBounds(to);
      window?.maximize();
    }, bounds);
    await isMaximized(first);
    await first.close();
    const second = await desktop.launch();
    await openPage(second);
    await isMaximized(second);
    const normal = await second.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    );
    expect(normal).toEqual(bounds);
  });
});

const isMaximized = (app: ElectronApp): Promise<void> =>
  eventually(async () => {
    const now = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized());
    expect(now).toBe(true);
  });

describeDesktop(
  'the desktop application that was on a second screen',
  (desktop) => {
    const laptop = { x: 0, y: 0, width: 1440, height: 860 };
    const beamer = { x: 1440, y: 0, width: 1920, height: 1040 };
    const onBeamer = { x: 1600, y: 100, width: 800, height: 600 };

    test.each([
      ['opens there again', [laptop, beamer], onBeamer],
      [
        'opens on the first one when that is unplugged',
        [laptop],
        { x: 320, y: 130, width: 800, height: 600 },
      ],
    ])('%s', async (_what, workAreas, expected) => {
      const userData = join(desktop.dir(), 'user-data');
      mkdirSync(userData);
      writeFileSync(
        join(userData, 'window-state.json'),
        JSON.stringify({ bounds: onBeamer, maximized: false }),
      );
      const app = await desktop.launch({ standIn: { workAreas } });
      await openPage(app);
      const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
      expect(bounds).toEqual(expected);
    });
  },
  { only: 'stand-in' },
);
