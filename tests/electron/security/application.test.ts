import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import { launchOnce } from './launched-app.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Numbers are those of the checklist in Electron's documentation (tutorial/security). */
describeDesktop(
  'Electron’s security checklist: what the main process hears',
  (desktop) => {
    const { app } = launchOnce(desktop);

    test('17. every message is looked at for its sender', async () => {
      const file = join(desktop.dir(), 'books.csv');
      writeFileSync(file, 'book_id,title\n');
      const heard = await app().evaluate(async ({ BrowserWindow, dialog, ipcMain }, path) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const handlers = (
          ipcMain as unknown as {
            _invokeHandlers: Map<string, (event: unknown, input: unknown) => Promise<unknown>>;
          }
        )._invokeHandlers;
        const result = {
          invoked: {} as Record<string, string>,
          channels: [] as string[],
          sent: 0,
          dialogs: 0,
        };
        dialog.showOpenDialog = async () => {
          result.dialogs += 1;
          return { canceled: false, filePaths: [path] };
        };
        if (contents === undefined) return result;
        const send = contents.send;
        // What the page itself is told meanwhile is not the strangers' doing.
        contents.send = (_channel: string, message: unknown) => {
          if (JSON.stringify(message).includes('stranger-')) result.sent += 1;
        };
        const page = { url: contents.getURL() };
        const strangers = [page, { url: 'https://example.org/' }, { url: 'about:blank' }, null];
        result.channels = ipcMain.eventNames().map(String);
        for (const [turn, senderFrame] of strangers.entries()) {
          const event = { sender: contents, senderFrame };
          for (const [channel, handler] of handlers)
            result.invoked[`${channel} ${turn}`] = JSON.stringify(await handler(event, [path]));
          for (const channel of result.channels)
            ipcMain.emit(channel, event, {
              page: `stranger-${turn}`,
              message: { kind: 'hello', contract: 1 },
            });
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
        contents.send = send;
        return result;
      }, file);
      expect(heard.channels.length).toBeGreaterThan(0);
      expect(Object.keys(heard.invoked).length).toBeGreaterThanOrEqual(12);
      expect(new Set(Object.values(heard.invoked))).toEqual(new Set(['{"files":[],"refused":[]}']));
      expect({ sent: heard.sent, dialogs: heard.dialogs }).toEqual({ sent: 0, dialogs: 0 });
    });

    test('17. and the page itself is heard, so that the test above means something', async () => {
      const file = join(desktop.dir(), 'books.csv');
      writeFileSync(file, 'book_id,title\n');
      const heard = await app().evaluate(async ({ BrowserWindow, ipcMain }, path) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const handlers = (
          ipcMain as unknown as {
            _invokeHandlers: Map<string, (event: unknown, input: unknown) => Promise<{ files: unknown[] }>>;
          }
        )._invokeHandlers;
        if (contents === undefined) return null;
        let sent = 0;
        const send = contents.send;
        contents.send = (_channel: string, message: unknown) => {
          if (JSON.stringify(message).includes('"own"')) sent += 1;
        };
        const event = { sender: contents, senderFrame: contents.mainFrame };
        ipcMain.emit('accession:from-page', event, { page: 'own', message: { kind: 'hello', contract: 1 } });
        const taken = await handlers.get('accession:take-files')?.(event, [path]);
        for (let turn = 0; turn < 100 && sent === 0; turn += 1)
          await new Promise((resolve) => setTimeout(resolve, 50));
        contents.send = send;
        return { files: taken?.files.length, answered: sent > 0 };
      }, file);
      expect(heard).toEqual({ files: 1, answered: true });
    });
  },
  { oneDataFolder: true },
);

describe('Electron’s security checklist: how the application is made', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

  test('16. Electron is a supported release, and the one that the lock names', () => {
    // The three newest majors are supported; looked up when the lock was last renewed.
    const oldestSupportedMajor = 45;
    const { version, integrity } = lock.packages['node_modules/electron'];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(oldestSupportedMajor);
    expect(integrity).toMatch(/^sha512-/);
  });

  test('19. the fuses are set: no Node, no options, no inspector, the archive checked, cookies encrypted', () => {
    const block = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(
      readFileSync(join(root, 'electron-builder.yml'), 'utf8'),
    );
    const fuses = Object.fromEntries(
      [...(block?.[1] ?? '').matchAll(/^ {2}(\w+): (\w+)$/gm)].map((m) => [m[1], m[2]]),
    );
    expect(fuses).toEqual({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      loadBrowserProcessSpecificV8Snapshot: 'false',
      grantFileProtocolExtraPrivileges: 'false',
      resetAdHocDarwinSignature: 'true',
    });
  });
});
