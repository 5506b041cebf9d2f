import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desktop, describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import { dropFiles } from '../../electron-stand-in/drop-files.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { openPage, type PageBridge } from './page.ts';

/** A small file in a folder whose name the page must not learn. */
function fileIn(desktop: Desktop, name: string): string {
  const folder = join(desktop.dir(), 'a private folder');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), 'book_id,title\n');
  return join(folder, name);
}
const known = (name: string) => ({ id: expect.stringMatching(/^[\w-]{36}$/), name, sizeBytes: 14 });

/** Waits until the file is the one that is worked on. */
async function showsFile(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

/** Keeps in the page what becomes of files that are dropped on it. */
async function takeDrops(page: Page): Promise<void> {
  await page.evaluate(() => {
    const taken: unknown[] = [];
    Object.assign(window, { taken });
    const { accession } = window as unknown as { accession: PageBridge };
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', async (event) => {
      event.preventDefault();
      taken.push(await accession.files.take([...(event.dataTransfer?.files ?? [])]));
    });
  });
}

describeDesktop(
  'files of the desktop application',
  (desktop) => {
    let app: ElectronApp;
    let page: Page;
    beforeAll(async () => {
      app = await desktop.launch();
    });
    // What the tests before left in the page goes with its document. This screen takes no files by itself.
    beforeEach(async () => {
      page = await openPage(app);
      // The stand-in cannot load a page again whose address has a place in it.
      await page.evaluate(() => window.history.replaceState(null, '', window.location.pathname));
      await page.reload();
      await page.evaluate(() => window.location.assign('#/events'));
      await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
    });
    const answerDialog = (filePaths: string[]) =>
      app.evaluate(({ dialog }, paths) => {
        dialog.showOpenDialog = async () => ({ canceled: paths.length === 0, filePaths: paths });
      }, filePaths);

    test('that are dropped reach the page as ids, never as paths', async () => {
      await takeDrops(page);
      await dropFiles(page, 'body', [fileIn(desktop, 'books.csv'), fileIn(desktop, 'students.csv')]);
      await page.waitForFunction(() => (window as unknown as { taken: unknown[] }).taken.length > 0);
      const taken = await page.evaluate(() => (window as unknown as { taken: unknown[] }).taken);
      expect(taken).toEqual([{ files: [known('books.csv'), known('students.csv')], refused: [] }]);
      expect(JSON.stringify(taken)).not.toContain('private');
    });

    test('in a folder that is dropped are taken, however deep; what is no table is refused by its name', async () => {
      await takeDrops(page);
      const term = join(desktop.dir(), 'a private folder', 'term');
      mkdirSync(join(term, 'autumn'), { recursive: true });
      for (const path of ['students.csv', 'letter.docx', join('autumn', 'books.csv')])
        writeFileSync(join(term, path), 'book_id,title\n');
      await dropFiles(page, 'body', [term]);
      await page.waitForFunction(() => (window as unknown as { taken: unknown[] }).taken.length > 0);
      const taken = await page.evaluate(() => (window as unknown as { taken: unknown[] }).taken);
      expect(taken).toEqual([
        {
          files: [known('students.csv'), known('books.csv')],
          refused: [{ name: 'letter.docx', error: expect.objectContaining({ code: 'file.unknown-type' }) }],
        },
      ]);
      expect(JSON.stringify(taken)).not.toContain('private');
    });

    test('that are dropped where nothing takes them do not become the page', async () => {
      const before = page.url();
      await dropFiles(page, 'body', [fileIn(desktop, 'books.csv')]);
      await page.waitForTimeout(300);
      expect(page.url()).toBe(before);
    });

    test('that a script makes up are none', async () => {
      const taken = await page.evaluate(() => {
        const { accession } = window as unknown as { accession: PageBridge };
        return accession.files.take([new File(['x'], '/etc/passwd')]);
      });
      expect(taken).toEqual({ files: [], refused: [] });
    });

    test('chosen in the dialog of the menu are opened by the page', async () => {
      await answerDialog([fileIn(desktop, 'books.csv')]);
      await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('open-files')?.click());
      await showsFile(page, 'books.csv');
    });

    test('chosen in the page’s own dialog reach it, and a dialog that is cancelled brings none', async () => {
      const choose = () =>
        page.evaluate(() => (window as unknown as { accession: PageBridge }).accession.files.choose());
      await answerDialog([]);
      expect(await choose()).toEqual({ files: [], refused: [] });
      await answerDialog([fileIn(desktop, 'books.csv')]);
      expect(await choose()).toEqual({ files: [known('books.csv')], refused: [] });
    });

    test('named by a second start go to the window that is open', async () => {
      const gone = join(desktop.dir(), 'gone.csv');
      const second = await desktop.launch({ args: [fileIn(desktop, 'books.csv'), gone] });
      await second.ended();
      await showsFile(page, 'books.csv');
      await page.getByText('gone.csv').waitFor();
      expect(app.windows()).toHaveLength(1);
    });
  },
  { oneDataFolder: true },
);

describeDesktop('files named by the start of the desktop application', (desktop) => {
  test('wait until the page asks for them, and are opened', async () => {
    const app = await desktop.launch({ args: [fileIn(desktop, 'books.csv')] });
    const page = await openPage(app);
    await showsFile(page, 'books.csv');
  });
});
