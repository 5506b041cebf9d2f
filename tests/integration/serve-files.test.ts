import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FilesProgress, PageFiles, TakenFiles } from '../../renderer/lib/page-files.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { startChromium } from '../electron-stand-in/chromium.ts';
import { dropFiles } from '../electron-stand-in/drop-files.ts';
import { locateTestServices } from '../services/locations.mjs';
import { pageFilesScript } from './page-files-script.ts';
import { type Serving, serveBuilt } from './serving.ts';

const chromium = locateTestServices().chromiumBin;

/** Runs in the page. */
type Window = { pageFiles: PageFiles; outcome: Promise<unknown> };

describe.skipIf(chromium === null)('files of a real browser', () => {
  let browser: Browser;
  let appDir: string;
  let script: string;

  beforeAll(async () => {
    appDir = builtApp();
    script = await pageFilesScript();
    browser = await startChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  async function folder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'accession-files-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    return dir;
  }

  /** The product's page, connected, and signed in. */
  async function openPage(
    mostMb = 2,
  ): Promise<{ page: Page; serving: Serving; uploads: () => Promise<string[]> }> {
    const home = await folder();
    const serving = await serveBuilt(appDir, ['--port', '0', '--max-upload-mb', String(mostMb)], {
      ACCESSION_HOME: home,
    });
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(serving.url);
    await page.getByText('Connected', { exact: true }).first().waitFor();
    await page.evaluate(script);
    const uploads = async (): Promise<string[]> => {
      const found = await readdir(home, { recursive: true, withFileTypes: true });
      const inUploads = found.filter((one) => one.isFile() && one.parentPath.includes('uploads'));
      return inUploads.map(({ name }) => name).sort();
    };
    return { page, serving, uploads };
  }

  test('are sent with their progress told, and each of them is taken or refused in words', async () => {
    const { page, uploads } = await openPage();
    const { taken, told } = await page.evaluate(async () => {
      const { pageFiles } = window as unknown as Window;
      const progress: FilesProgress[] = [];
      const file = (name: string, bytes: number) =>
        new File([new Uint8Array(bytes)], name, { type: 'text/csv' });
      const outcome = await pageFiles.take(
        [
          file('Bücher 1.csv', 1_000),
          file('huge.csv', 3 * 1024 * 1024),
          ...'abcdef'.split('').map((name) => file(`${name}.csv`, 10)),
        ],
        (each) => progress.push(each),
      );
      return { taken: outcome, told: progress };
    });
    expect(taken.files.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['Bücher 1.csv', 1_000],
      ...'abcdef'.split('').map((name) => [`${name}.csv`, 10]),
    ]);
    expect(new Set(taken.files.map(({ id }) => id)).size).toBe(7);
    expect(taken.refused).toEqual([
      {
        name: 'huge.csv',
        message: 'The file is larger than 2 MB, the most that this server takes.',
        hint: expect.stringContaining('Split it'),
      },
    ]);
    const totalBytes = 1_000 + 3 * 1024 * 1024 + 60;
    expect(told.at(-1)).toEqual({ doneBytes: totalBytes, totalBytes, doneFiles: 8, totalFiles: 8 });
    const bytes = told.map(({ doneBytes }) => doneBytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(await uploads()).toHaveLength(7);
  });

  test('are chosen in the browser’s own dialog, and a dialog that is cancelled brings none', async () => {
    const { page } = await openPage();
    const books = join(await folder(), 'books.csv');
    await writeFile(books, 'book_id,title\n');
    const choose = () =>
      page.evaluate(() => {
        const button = document.createElement('button');
        return new Promise<TakenFiles>((resolve) => {
          button.onclick = () => resolve((window as unknown as Window).pageFiles.choose());
          document.body.append(button);
          button.click();
        });
      });
    const chooser = page.waitForEvent('filechooser');
    const chosen = choose();
    const dialog = await chooser;
    expect(dialog.isMultiple()).toBe(true);
    await dialog.setFiles([books]);
    expect(await chosen).toMatchObject({ files: [{ name: 'books.csv', sizeBytes: 14 }], refused: [] });
    const second = page.waitForEvent('filechooser');
    const cancelled = choose();
    await (await second).element().dispatchEvent('cancel');
    expect(await cancelled).toEqual({ files: [], refused: [] });
  });

  test('are taken out of a dropped folder, however deep; what is no table is refused by name', async () => {
    const { page } = await openPage();
    const term = join(await folder(), 'term');
    await mkdir(join(term, 'autumn', 'late'), { recursive: true });
    await mkdir(join(term, '..', 'pictures'));
    const put = (...path: string[]) => writeFile(join(term, ...path), 'book_id,title\n');
    await Promise.all([put('students.csv'), put('letter.docx'), put('.DS_Store'), put('autumn', 'b10.tsv')]);
    await Promise.all([put('autumn', 'b9.TXT'), put('autumn', 'late', 'books.xlsx'), put('..', 'loose.csv')]);
    await page.evaluate(() => {
      const own = window as unknown as Window;
      document.addEventListener('dragover', (event) => event.preventDefault());
      own.outcome = new Promise((resolve) => {
        const take = (event: DragEvent): void => {
          event.preventDefault();
          // The screen takes what is dropped, too: together they would send more at once than one client may.
          event.stopImmediatePropagation();
          if (event.dataTransfer !== null) resolve(own.pageFiles.takeDropped(event.dataTransfer));
        };
        window.addEventListener('drop', take, { capture: true });
      });
    });
    await dropFiles(page, 'body', [term, join(term, '..', 'loose.csv'), join(term, '..', 'pictures')]);
    const taken = (await page.evaluate(() => (window as unknown as Window).outcome)) as TakenFiles;
    expect(taken.files.map(({ name }) => name)).toEqual([
      'students.csv',
      'b9.TXT',
      'b10.tsv',
      'books.xlsx',
      'loose.csv',
    ]);
    expect(taken.refused.map(({ name, message }) => [name, message])).toEqual([
      ['letter.docx', 'This is not a table that Accession can read.'],
      ['pictures', 'This folder holds no table that Accession can read.'],
    ]);
  });

  test('that are cancelled on the way leave nothing on the server', async () => {
    const { page, uploads, serving } = await openPage(500);
    const outcome = await page.evaluate(async () => {
      const stop = new AbortController();
      const big = new File(new Array(400).fill(new Uint8Array(1024 * 1024)), 'big.csv');
      const told: FilesProgress[] = [];
      const onProgress = (progress: FilesProgress): void => {
        told.push(progress);
        stop.abort(new Error('enough'));
      };
      const { pageFiles } = window as unknown as Window;
      const reason = await pageFiles.take([big], onProgress, stop.signal).catch(({ message }) => message);
      const { doneBytes = 0, totalBytes = 0 } = told[0] ?? {};
      return { reason, onTheWay: doneBytes > 0 && doneBytes < totalBytes };
    });
    expect(outcome).toEqual({ reason: 'enough', onTheWay: true });
    await vi.waitFor(() => expect(serving.stderr()).toContain('"upload-refused"'), { timeout: 10_000 });
    expect(await uploads()).toEqual([]);
  });

  test('cannot be sent without a server, or without being signed in, and the page says which', async () => {
    const { page, serving } = await openPage();
    const take = async () =>
      page.evaluate(async () => {
        const { refused } = await (window as unknown as Window).pageFiles.take([new File(['x'], 'a.csv')]);
        return refused.map(({ message }) => message);
      });
    await page.evaluate(() => fetch('/sign-out', { method: 'POST' }));
    expect(await take()).toEqual(['You are no longer signed in, so the file was not sent.']);
    await serving.end();
    expect(await take()).toEqual(['The file could not be sent.']);
  });
});
