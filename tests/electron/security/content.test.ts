import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { answerWith, launchOnce, outsideOf } from './launched-app.ts';

/** Numbers are those of the checklist in Electron's documentation (tutorial/security). */
describeDesktop(
  'Electron’s security checklist: what the page shows and where it goes',
  (desktop) => {
    const { app, page } = launchOnce(desktop);
    const address = () =>
      app().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
    const pause = () => page().waitForTimeout(150);
    const click = (href: string, target: string) =>
      page().evaluate(
        ([to, where]) => {
          const link = Object.assign(document.createElement('a'), {
            href: to,
            target: where,
            textContent: 'link',
          });
          document.body.append(link);
          link.click();
          link.remove();
        },
        [href, target] as const,
      );

    test('1. everything the page loads comes from the application, over a secure scheme', async () => {
      expect(await page().evaluate(() => window.isSecureContext)).toBe(true);
      const origins = await page().evaluate(() => [
        ...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).host)),
      ]);
      expect(origins).toEqual([new URL(page().url()).host]);
      const reached = await page().evaluate(() =>
        Promise.all(
          ['http://127.0.0.1:9/', 'https://example.org/', 'ws://127.0.0.1:9/'].map((url) =>
            fetch(url).then(
              () => 'reached',
              () => 'refused',
            ),
          ),
        ),
      );
      expect(reached).toEqual(['refused', 'refused', 'refused']);
      // The policy stops them before they are even tried.
      expect(app().refusedAddresses).toEqual([]);
    });

    test('7. a policy without unsafe-anything is in force', async () => {
      const policy = await page().evaluate(async () =>
        (await fetch(location.href)).headers.get('content-security-policy'),
      );
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe-|\*|https?:|data:|blob:/);
      // A scheme may be exempted from every policy when it is registered.
      expect(builtText('main', /^(main|desktop)/)).not.toContain('bypassCSP');
      const ran = await page().evaluate(async () => {
        const marks = window as unknown as Record<string, boolean>;
        const script = document.createElement('script');
        script.textContent = 'window.inlineRan = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.handlerRan = true">');
        // A text instead of a function is eval by another name.
        setTimeout('window.textRan = true' as unknown as () => void);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [marks.inlineRan, marks.handlerRan, marks.textRan];
      });
      expect(ran).toEqual([undefined, undefined, undefined]);
    });

    test('11. there is no webview, and so none that opens windows', async () => {
      const contents = await page().evaluate(() => 'getWebContentsId' in document.createElement('webview'));
      expect(contents).toBe(false);
      const preferences = await app().evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences(): { webviewTag?: boolean };
        };
        return window.getLastWebPreferences();
      });
      expect(preferences.webviewTag ?? false).toBe(false);
      expect(builtText('renderer')).not.toMatch(/<webview|allowpopups/i);
    });

    test('12. a webview that is made all the same is not attached', async () => {
      const prevented = await app().evaluate(({ BrowserWindow }) => {
        let stopped = false;
        const event = { preventDefault: () => (stopped = true) };
        BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {});
        return stopped;
      });
      expect(prevented).toBe(true);
    });

    test('13. the page stays where it is, and so do its frames', async () => {
      const before = await address();
      await answerWith(app(), 1);
      for (const to of [
        'https://example.org/',
        'http://127.0.0.1:9/',
        'app://elsewhere/index.html',
        'file:///etc/',
      ]) {
        await page().evaluate((url) => location.assign(url), to);
        await pause();
        expect(await address(), to).toBe(before);
      }
      const redirected = await app().evaluate(({ BrowserWindow }) => {
        let stopped = false;
        const event = {
          preventDefault: () => {
            stopped = true;
          },
        };
        BrowserWindow.getAllWindows()[0]?.webContents.emit('will-redirect', event, 'https://example.org/');
        return stopped;
      });
      expect(redirected).toBe(true);
      const framed = await page().evaluate(async () => {
        const frame = document.createElement('iframe');
        frame.src = 'index.html';
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 150));
        const text = frame.contentDocument?.getElementById('root') ?? null;
        frame.remove();
        return text !== null;
      });
      expect(framed).toBe(false);
      expect(app().refusedAddresses).toEqual([]);
    });

    test('14. no second window opens', async () => {
      await answerWith(app(), 1);
      for (const url of ['https://example.org/', 'about:blank', 'index.html']) {
        await page().evaluate((to) => void window.open(to), url);
        await click(url, '_blank');
      }
      await pause();
      expect(app().windows()).toHaveLength(1);
    });

    test('15. only https links are opened outside, and only after somebody agreed', async () => {
      const start = await outsideOf(app());
      const since = async () => {
        const now = await outsideOf(app());
        return {
          asked: now.asked.slice(start.asked.length),
          opened: now.opened.slice(start.opened.length),
        };
      };
      await answerWith(app(), 1);
      await click('https://example.org/first', '_blank');
      await eventually(async () => expect((await since()).asked).toEqual(['https://example.org/first']));
      await answerWith(app(), 0);
      for (const url of [
        'http://example.org/',
        'file:///etc/passwd',
        'smb://server/x',
        'https://a:b@example.org/',
      ]) {
        await click(url, '_blank');
        await pause();
      }
      await click('https://example.org/second', '_blank');
      await eventually(async () => expect((await since()).opened).toEqual(['https://example.org/second']));
      expect((await since()).asked).toEqual(['https://example.org/first', 'https://example.org/second']);
    });

    test('18. the page comes from a scheme of the application’s own, which gives its files and no others', async () => {
      expect(await address()).toBe('app://accession/index.html');
      const asked = await page().evaluate(() =>
        Promise.all(
          ['/..%2f..%2fpackage.json', '/..%2fmain%2fmain.js', '/index.html'].map(
            async (path) => (await fetch(path)).status,
          ),
        ),
      );
      expect(asked).toEqual([404, 404, 200]);
      expect(builtText('main', /^(main|desktop)/)).not.toMatch(
        /loadFile\(|registerFileProtocol|interceptFileProtocol/,
      );
    });

    function builtText(part: string, names = /./): string {
      const folder = join(desktop.appDir(), 'out', part);
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(js|html)$/.test(entry.name) && names.test(entry.name))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n');
    }
  },
  { oneDataFolder: true },
);
