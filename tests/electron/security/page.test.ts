import { expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import { launchOnce } from './launched-app.ts';

/** Numbers are those of the checklist in Electron's documentation (tutorial/security). */
describeDesktop(
  'Electron’s security checklist: what the page may do',
  (desktop) => {
    const { app, page, preferences } = launchOnce(desktop);

    test('2. the page has no Node', async () => {
      const found = await page().evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      );
      expect(found).toEqual([]);
      const given = await preferences();
      expect(given.nodeIntegration).toBe(false);
      expect(given.nodeIntegrationInWorker ?? false).toBe(false);
      expect(given.nodeIntegrationInSubFrames ?? false).toBe(false);
    });

    test('3. the preload script lives in a world of its own', async () => {
      expect((await preferences()).contextIsolation).toBe(true);
      expect(await page().evaluate(() => Object.isFrozen((window as { accession?: object }).accession))).toBe(
        true,
      );
    });

    test('4. the page’s process is in the sandbox, and so would be that of any other page', async () => {
      expect((await preferences()).sandbox).toBe(true);
      const forAll = await app().evaluate(({ app: electronApp }) => {
        const { sandboxForAll } = electronApp as unknown as { sandboxForAll?: boolean };
        return sandboxForAll ?? electronApp.commandLine.hasSwitch('enable-sandbox');
      });
      expect(forAll).toBe(true);
    });

    test('5. the page gets no permission and no device', async () => {
      const states = await page().evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
        const found = await Promise.all(
          names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
        );
        return found.map(({ state }) => state);
      });
      expect(new Set(states)).toEqual(new Set(['denied']));
      const media = await page().evaluate(() =>
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'given',
          (error: Error) => error.name,
        ),
      );
      expect(media).not.toBe('given');
      const device = await app().evaluate(({ session }) => {
        const ownSession = session.defaultSession as unknown as { wouldGiveDevice?(): boolean };
        return ownSession.wouldGiveDevice?.() ?? false;
      });
      expect(device).toBe(false);
    });

    test('6. web security is on', async () => {
      expect((await preferences()).webSecurity).not.toBe(false);
    });

    test('8. insecure content is not run in a secure page', async () => {
      expect((await preferences()).allowRunningInsecureContent ?? false).toBe(false);
    });

    test('9. experimental features are off', async () => {
      expect((await preferences()).experimentalFeatures ?? false).toBe(false);
    });

    test('10. no Blink feature is switched on', async () => {
      expect((await preferences()).enableBlinkFeatures || '').toBe('');
    });

    test('20. nothing of Electron reaches the page', async () => {
      const exposed = await page().evaluate(() => {
        const seen: string[] = [];
        const walk = (value: unknown, path: string): void => {
          seen.push(`${path}: ${typeof value}${Object.isFrozen(value) ? '' : ', open'}`);
          if (typeof value === 'object' && value !== null)
            for (const [name, part] of Object.entries(value))
              if (typeof part !== 'function') walk(part, `${path}.${name}`);
              else seen.push(`${path}.${name}: function`);
        };
        walk((window as { accession?: unknown }).accession, 'accession');
        return seen.sort();
      });
      expect(exposed).toEqual([
        'accession.files.choose: function',
        'accession.files.onOpened: function',
        'accession.files.take: function',
        'accession.files: object',
        'accession.listen: function',
        'accession.post: function',
        'accession.tellUnsaved: function',
        'accession: object',
      ]);
      // Electron's own event object carries the sender, and with it the way to send anything.
      const heard = await page().evaluate(async () => {
        type Listen = (onMessage: (...args: unknown[]) => void, onClosed: () => void) => () => void;
        const { listen, post } = (
          window as unknown as { accession: { listen: Listen; post(m: unknown): void } }
        ).accession;
        const args = await new Promise<unknown[]>((resolve) => {
          listen(
            (...message) => resolve(message),
            () => {},
          );
          post({ kind: 'ping' });
        });
        return { count: args.length, sender: JSON.stringify(args).includes('sender') };
      });
      expect(heard).toEqual({ count: 1, sender: false });
    });
  },
  { oneDataFolder: true },
);
