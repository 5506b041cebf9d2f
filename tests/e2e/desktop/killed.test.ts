import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { faissIsInstalled } from '../../../electron/adapters/faiss/faiss-index.ts';
import { readShape } from '../../../electron/adapters/faiss/published-files.ts';
import { openPglite } from '../../../electron/adapters/pglite/pglite-connection.ts';
import { shellTexts } from '../../../renderer/texts/shell.ts';
import { type Desktop, describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import { dropFiles } from '../../electron-stand-in/drop-files.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { type ContractClient, contractClient } from './contract-client.ts';
import { openPage, type PageBridge, pidOf } from './page.ts';

const words = shellTexts.connection;
const HEADER = 'book_id,title,author,description';

/** Enough to be in the middle of, and not more. */
const BOOKS = 1_500;
const SLOWLY = { BATCH_SIZE: '15' };

function writeBooks(desktop: Desktop, count: number): string {
  const path = join(desktop.dir(), `${count}-books.csv`);
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `K${n},Volume ${n} of the tall shelf,Author ${n % 97},A tale of ${n} lanterns and ${n % 13} winds`,
  );
  writeFileSync(path, `${HEADER}\n${rows.join('\n')}\n`);
  return path;
}

interface Opened {
  app: ElectronApp;
  page: Page;
  client: ContractClient;
  backend: number;
  /** What the window said of its connection, each word once in a row. */
  said(): Promise<string[]>;
}

async function open(desktop: Desktop): Promise<Opened> {
  const app = await desktop.launch({ env: SLOWLY });
  const page = await openPage(app);
  // A screen that takes no files by itself: these specs have their own way with them.
  await page.evaluate(() => window.location.assign('#/events'));
  const client = await contractClient(page);
  await client.follow('loads.happened', null);
  await client.hear({ kind: 'subscribed' });
  await page.evaluate(() => {
    const said: (string | null)[] = [];
    const lamps = document.querySelector('.lamps');
    const note = (): void => {
      const now = lamps?.querySelector('.lamp-words')?.textContent ?? null;
      if (said.at(-1) !== now) said.push(now);
    };
    note();
    if (lamps !== null)
      new MutationObserver(note).observe(lamps, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { said });
  });
  return {
    app,
    page,
    client,
    backend: await pidOf(app, 'Accession backend'),
    said: () => page.evaluate(() => (window as unknown as { said: string[] }).said),
  };
}

/** Drops a file on the page, which gets an id for it. */
async function drop(page: Page, path: string): Promise<string> {
  await page.evaluate(() => {
    const { accession } = window as unknown as { accession: PageBridge };
    const taken = Promise.withResolvers<unknown>();
    Object.assign(window, { taken: taken.promise });
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        taken.resolve(accession.files.take([...(event.dataTransfer?.files ?? [])]));
      },
      { once: true },
    );
  });
  await dropFiles(page, 'body', [path]);
  const taken = await page.evaluate(() => (window as unknown as { taken: Promise<unknown> }).taken);
  const [file] = (taken as { files: { id: string }[] }).files;
  if (file === undefined) throw new Error('The page got no file.');
  return file.id;
}

async function start({ client }: Opened, file: string): Promise<string> {
  const reply = await client.ask('loads.start', { profileId: null, files: [file] });
  expect(reply).toMatchObject({ ok: true });
  const { loadId } = reply.value;
  await client.follow('loads.progress', loadId);
  return loadId;
}

/** Kills the backend at once; resolves when the page is connected to the next one, with how much had come before. */
async function killBackend(opened: Opened): Promise<number> {
  const { app, client, page } = opened;
  process.kill(opened.backend, 'SIGKILL');
  const before = (await client.heard()).findLastIndex(({ kind }) => kind === 'closed') + 1;
  const closed = await client.hear({ kind: 'closed' }, before);
  expect(closed.error).toMatchObject({
    retryable: true,
    hint: expect.stringContaining('goes on where it was'),
  });
  const after = (await client.heard()).findLastIndex(({ kind }) => kind === 'closed');
  await client.hear({ kind: 'welcome' }, after);
  await page.getByText(words.open, { exact: true }).waitFor();
  opened.backend = await pidOf(app, 'Accession backend', opened.backend);
  return after;
}

/** What the sandbox holds, once the application has ended. */
async function inSandbox(desktop: Desktop): Promise<Record<string, number>> {
  const home = join(desktop.dir(), 'home', 'sandbox');
  // The backend ends a moment after its application.
  const connection = await eventually(() => openPglite({ dir: join(home, 'database') }));
  try {
    const { rows } = await connection.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM catalog) AS books,
         (SELECT count(*)::int FROM accession.book_vectors) AS vectors,
         (SELECT count(*)::int FROM book_embeddings WHERE vec IS NOT NULL) AS published,
         (SELECT count(*)::int FROM accession.staged_books) AS staged,
         (SELECT count(*)::int FROM accession.outbox WHERE state <> 'sent') AS unsent`,
      [],
      new AbortController().signal,
    );
    const index = faissIsInstalled()
      ? ((await readShape(join(home, 'data', 'vector_store', 'index.faiss')))?.vectors ?? 0)
      : (rows[0]?.vectors ?? 0);
    return { ...rows[0], index };
  } finally {
    await connection.close();
  }
}
const whole = (books: number) => ({
  books,
  vectors: books,
  published: books,
  index: books,
  staged: 0,
  unsent: 0,
});

describeDesktop('the desktop application whose backend is killed', (desktop) => {
  test('says so, starts it again, and what the page follows goes on: idle, while writing and while embedding', async () => {
    const opened = await open(desktop);
    const { app, page, client, said } = opened;
    const file = await drop(page, writeBooks(desktop, BOOKS));
    await killBackend(opened);
    expect((await said()).slice(0, 2)).toEqual([words.open, words.lost]);

    // The file is known to the new backend as well, and the subscription made before hears of its loads.
    const loadId = await start(opened, file);
    await client.hear({ kind: 'event', event: 'step-started', step: 'commit' });
    const first = await killBackend(opened);
    await client.hear({ kind: 'event', event: 'step-progress', step: 'embed' }, first);
    expect(await client.ask('loads.running', {})).toMatchObject({
      value: { loads: [{ loadId, profile: 'sandbox', takenUp: true }] },
    });
    const second = await killBackend(opened);
    const { payload } = await client.hear({ kind: 'event', event: 'load-finished' }, second);
    expect(payload).toMatchObject({ loadId, status: 'loaded' });
    const embedding = await client.hear({ kind: 'event', event: 'step-progress', step: 'embed' }, second);
    expect(
      embedding.payload.total,
      'texts embedded before it was killed are not embedded again',
    ).toBeLessThan(BOOKS);
    const shown = await client.ask('loads.show', { profileId: null, loadId });
    expect(shown.value).toMatchObject({
      error: null,
      load: { status: 'loaded', counts: { rows: BOOKS, accepted: BOOKS, inserted: BOOKS, rejected: 0 } },
    });
    const { loads } = (await client.ask('loads.history', { profileId: null })).value;
    expect(loads).toHaveLength(1);
    expect((await said()).filter((word) => word === words.lost)).toHaveLength(3);
    await app.close();
    expect(await inSandbox(desktop)).toEqual(whole(BOOKS));
    expect(
      readdirSync(join(desktop.dir(), 'home', 'running'), { recursive: true }).map(String),
    ).not.toContainEqual(expect.stringMatching(/\.json$/));
  });

  test('while a file is still read, tells that it has to be loaded again, and leaves nothing half done', async () => {
    const opened = await open(desktop);
    const { app, page, client } = opened;
    const loadId = await start(opened, await drop(page, writeBooks(desktop, 30_000)));
    await client.hear({ kind: 'event', event: 'step-progress', step: 'check' });
    const before = await killBackend(opened);
    // Told as an event, or where that came before the page was back, as a gap and then by the ledger.
    await client.hear({ kind: 'gap' }, before);
    const shown = await vi.waitFor(
      async () => {
        const reply = await client.ask('loads.show', { profileId: null, loadId });
        expect(reply).toMatchObject({ ok: true, value: { load: { status: 'failed' } } });
        return reply.value;
      },
      { timeout: 20_000 },
    );
    expect(shown.error).toMatchObject({
      code: 'load.not-resumable',
      hint: expect.stringContaining('30000-books.csv'),
    });
    expect(shown.error.message).toContain('was cut off before all of its rows were in the database');
    await vi.waitFor(() => expect(existsSync(join(desktop.dir(), 'home', 'workspace', loadId))).toBe(false));
    expect(await client.ask('loads.running', {})).toMatchObject({ value: { loads: [] } });
    await app.close();
    expect(await inSandbox(desktop)).toMatchObject({ books: 0, vectors: 0, staged: 0 });
  });

  test.skipIf(!faissIsInstalled())(
    'or its FAISS, which is started again, and the load ends well',
    async () => {
      const opened = await open(desktop);
      const { app, page, client } = opened;
      const loadId = await start(opened, await drop(page, writeBooks(desktop, BOOKS)));
      await client.hear({ kind: 'event', event: 'step-started', step: 'index' });
      // As it starts: it has not answered yet.
      const faiss = await pidOf(app, 'Accession search index');
      process.kill(faiss, 'SIGKILL');
      const waiting = await client.hear({ kind: 'event', event: 'waiting', step: 'index' });
      expect(waiting.payload).toMatchObject({ loadId, reason: expect.stringContaining('started again') });
      await page.getByRole('status', { name: 'Status' }).getByText('ended unexpectedly').waitFor();
      const { payload } = await client.hear({ kind: 'event', event: 'load-finished' });
      expect(payload).toMatchObject({ loadId, status: 'loaded' });
      const kinds = (await client.heard()).map((message) => message.payload?.kind ?? message.kind);
      expect(kinds).not.toContain('problem');
      expect(kinds).not.toContain('closed');
      const crashes = readFileSync(join(desktop.dir(), 'user-data', 'crash.log'), 'utf8');
      expect(crashes).toMatch(/ index ended with \d+ /);
      await app.close();
      expect(await inSandbox(desktop)).toEqual(whole(BOOKS));
    },
  );

  test.skipIf(!faissIsInstalled())(
    'has no FAISS that could be killed while nothing needs it: each load starts one, and ends it',
    async () => {
      const opened = await open(desktop);
      const { app, page, client } = opened;
      const faissPids = () =>
        app.evaluate(({ app: electronApp }) =>
          electronApp
            .getAppMetrics()
            .filter(({ name }) => name === 'Accession search index')
            .map(({ pid }) => pid),
        );
      expect(await faissPids()).toEqual([]);
      await app.evaluate(({ utilityProcess }) => {
        const started: string[] = [];
        Object.assign(globalThis, { started });
        const fork = utilityProcess.fork.bind(utilityProcess);
        utilityProcess.fork = (path, args, options) => {
          started.push(options?.serviceName ?? '');
          return fork(path, args, options);
        };
      });
      const started = () => app.evaluate(() => (globalThis as unknown as { started: string[] }).started);
      for (const [at, books] of [30, 60].entries()) {
        const before = (await client.heard()).length;
        await start(opened, await drop(page, writeBooks(desktop, books)));
        const { payload } = await client.hear({ kind: 'event', event: 'load-finished' }, before);
        expect(payload).toMatchObject({ status: 'loaded' });
        expect(await started()).toEqual(new Array(at + 1).fill('Accession search index'));
        await eventually(async () => expect(await faissPids()).toEqual([]));
      }
      await app.close();
      expect(await inSandbox(desktop)).toEqual(whole(60));
    },
  );
});
