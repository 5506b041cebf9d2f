import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openPglite } from '../../electron/adapters/pglite/pglite-connection.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { connectTo, type Serving, serveBuilt, signInAt } from './serving.ts';

const BOOKS = 1_000;
let appDir: string;
beforeAll(() => {
  appDir = builtApp();
}, 120_000);

async function home(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accession-killed-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const serve = (dir: string): Promise<Serving> =>
  serveBuilt(appDir, ['--port', '0'], { ACCESSION_HOME: dir, BATCH_SIZE: '10' });

async function upload(serving: Serving, cookie: string): Promise<string> {
  const rows = Array.from({ length: BOOKS }, (_, n) => `W${n},Volume ${n},Author ${n % 31}`);
  const answer = await fetch(`${serving.origin}/upload?name=books.csv`, {
    method: 'POST',
    headers: { cookie, origin: serving.origin, 'content-type': 'application/octet-stream' },
    body: `book_id,title,author\n${rows.join('\n')}\n`,
  });
  return (await answer.json()).id;
}

test('a load of a server that is killed is gone on with by the next one, and nothing is lost or done twice', async () => {
  const dir = await home();
  const killed = await serve(dir);
  const cookie = await signInAt(killed.url);
  const page = await connectTo(killed.origin, cookie);
  const files = [await upload(killed, cookie)];
  await page.follow('loads.happened', null);
  const { loadId } = (await page.ask('loads.start', { profileId: null, files })).value;
  await page.find(({ payload }) => payload?.kind === 'step-started' && payload.step === 'embed');
  await killed.end('SIGKILL');

  const next = await serve(dir);
  const again = await connectTo(next.origin, await signInAt(next.url));
  const running = (await again.ask('loads.running', {})).value.loads;
  expect(
    running.every((load: { loadId: string; takenUp: boolean }) => load.loadId === loadId && load.takenUp),
  ).toBe(true);
  const shown = await vi.waitFor(
    async () => {
      const { value } = await again.ask('loads.show', { profileId: null, loadId });
      expect(value).toMatchObject({ load: { status: 'loaded' }, endedAt: expect.any(String) });
      expect(await again.ask('loads.running', {})).toMatchObject({ value: { loads: [] } });
      return value;
    },
    { timeout: 30_000, interval: 200 },
  );
  expect(shown).toMatchObject({
    error: null,
    load: { counts: { rows: BOOKS, inserted: BOOKS, rejected: 0 } },
  });
  expect((await again.ask('loads.history', { profileId: null })).value.loads).toHaveLength(1);
  expect(await next.end()).toBe(0);
  const left = await readdir(join(dir, 'workspace', loadId)).catch(() => []);
  expect(left.filter((name) => name.startsWith('file-'))).toEqual([]);

  const connection = await openPglite({ dir: join(dir, 'sandbox', 'database') });
  onTestFinished(() => connection.close());
  const { rows } = await connection.query(
    `SELECT (SELECT count(*)::int FROM catalog) AS books,
       (SELECT count(*)::int FROM book_embeddings WHERE vec IS NOT NULL) AS published,
       (SELECT count(*)::int FROM accession.staged_books) AS staged,
       (SELECT count(*)::int FROM accession.outbox WHERE state <> 'sent') AS unsent`,
    [],
    new AbortController().signal,
  );
  expect(rows).toEqual([{ books: BOOKS, published: BOOKS, staged: 0, unsent: 0 }]);
}, 90_000);
