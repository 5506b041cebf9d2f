import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { isPageDue } from '../../electron/setup/page.mjs';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { makeAuthority } from '../services/certificates.ts';
import { accession } from './command.ts';
import { connectTo, serveBuilt, signInAt, startServing } from './serving.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const samples = ['books.csv', 'students.csv', 'checkouts.csv'] as const;
let appDir: string;

beforeAll(() => {
  appDir = builtApp();
});

async function home(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accession-serve-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs the command line with something piped in. */
function piped(text: string, environment: Record<string, string>, ...argv: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(appDir, 'out', 'main', 'cli.js'), ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
  child.stdin.end(text);
  return new Promise((resolve) => child.on('close', (code) => resolve(`${code} ${said}`)));
}

test('beyond this computer it refuses to start without certificate, key and password, and says what to do', async () => {
  const { code, stderr, stdout } = await accession(
    { ACCESSION_HOME: await home() },
    'serve',
    '--host',
    '0.0.0.0',
  );
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('At 0.0.0.0 other computers can reach Accession. For that it needs');
  expect(stderr).toContain('--tls-cert FILE and --tls-key FILE');
  expect(stderr).toContain('accession serve --set-password');
  expect(stderr).toContain('Or leave out --host');
});

test('a port that is in use ends it with the next step', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const serving = serveBuilt(appDir, ['--port', port], { ACCESSION_HOME: await home() });
  await expect(serving).rejects.toThrow(/is in use by another program.*\n.*--port 0/);
});

test('its address is said only once its port for metrics is open, too', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const argv = ['serve', '--port', '0', '--metrics-port', port];
  const environment = { ACCESSION_HOME: await home() };
  expect(await piped('', environment, ...argv)).toMatch(/^1 Port \d+ of 127.0.0.1 is in use/);
  const asJson = await piped('', environment, ...argv, '--json');
  expect(JSON.parse(asJson.replace(/^1 /, ''))).toMatchObject({ error: { code: 'serve.unavailable' } });
});

test.each([
  [['--port', '70000'], 'from 0 to 65535'],
  [['--max-upload-mb', '0'], 'from 1 to'],
  [['--tls-cert', 'a.pem'], 'A certificate works with its key only.'],
])('%j is wrong usage', async (argv, words) => {
  const { code, stderr } = await accession({ ACCESSION_HOME: await home() }, 'serve', ...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

test('with certificate and password it serves all; the password never stands anywhere', async () => {
  const dir = await home();
  const password = 'canary battery horse staple';
  const issued = makeAuthority('Test').issue('localhost', 'DNS:localhost');
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  await writeFile(cert, issued.certificate);
  await writeFile(key, issued.key);
  const environment = { ACCESSION_HOME: dir, LOG_LEVEL: 'debug' };
  expect(await piped('too short\n', environment, 'serve', '--set-password')).toMatch(
    /^2 The password was not saved/,
  );
  expect(await piped(`${password}\n`, environment, 'serve', '--set-password')).toMatch(
    /^0 The password is saved/,
  );

  const argv = ['--host', '0.0.0.0', '--port', '0', '--tls-cert', cert, '--tls-key', key, '--json'];
  const serving = await serveBuilt(appDir, argv, environment);
  const { port } = new URL(serving.url);
  expect(JSON.parse(serving.stdout())).toEqual({ url: `https://0.0.0.0:${port}/` });
  const curl = (...more: string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn('curl', ['-ski', `https://localhost:${port}/sign-in`, ...more]);
      let text = '';
      child.stdout.on('data', (piece) => {
        text += piece;
      });
      child.on('close', () => resolve(text));
    });
  const origin = ['-H', `Origin: https://localhost:${port}`];
  expect(await curl(...origin, '--data-urlencode', 'password=canary-wrong')).toMatch(/^HTTP\/1.1 403/);
  const signedIn = await curl(...origin, '--data-urlencode', `password=${password}`);
  expect(signedIn).toMatch(/^HTTP\/1.1 303/);
  expect(signedIn).toMatch(
    /set-cookie: __Host-accession-\d+=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Secure/,
  );
  expect(await serving.end()).toBe(0);
  const cookie = /accession-\d+=([\w-]+)/.exec(signedIn)?.[1] ?? 'none';
  const said = serving.stdout() + serving.stderr();
  expect(said).toContain('sign-in-refused');
  expect(said).not.toContain('canary');
  expect(said).not.toContain(cookie);
}, 30_000);

test('a term that is uploaded and loaded is counted and logged by its ids, and none of its values is', async () => {
  const dir = await home();
  const secrets = { OPENAI_API_KEY: 'canary-openai-key', KAFKA_SASL_PASSWORD: 'canary-kafka' };
  const environment = { ACCESSION_HOME: dir, LOG_LEVEL: 'debug', METRICS_PORT: await freePort() };
  const serving = await serveBuilt(appDir, ['--port', '0'], { ...environment, ...secrets });
  const cookie = await signInAt(serving.url);
  const headers = { cookie, origin: serving.origin, 'content-type': 'application/octet-stream' };
  const texts = await Promise.all(
    samples.map((name) => readFile(join(root, 'shared', 'samples', name), 'utf8')),
  );
  const files = await Promise.all(
    samples.map(async (name, at) => {
      const url = `${serving.origin}/upload?name=${name}`;
      const answer = await fetch(url, { method: 'POST', headers, body: texts[at] ?? '' });
      return (await answer.json()).id as string;
    }),
  );

  const page = await connectTo(serving.origin, cookie);
  const other = await connectTo(serving.origin, cookie);
  const stranger = await page.ask('loads.start', { profileId: null, files: ['file-guessed'] });
  expect(stranger).toMatchObject({ ok: false, error: { code: 'file.missing' } });
  const started = await page.ask('loads.start', { profileId: null, files });
  expect(started).toMatchObject({ ok: true });
  const { loadId } = started.value;
  await other.follow('loads.happened', loadId);
  const finished = await other.find(({ payload }) => payload?.kind === 'load-finished');
  expect(finished.payload).toMatchObject({ loadId, status: 'partial' });

  const sample = await vi.waitFor(async () => {
    const metrics = await (await fetch(`${serving.origin}/metrics`)).text();
    const value = (name: string) =>
      Number(
        metrics
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.split(' ')
          .at(-1),
      );
    expect(value('accession_rows_total{type="books",outcome="inserted"}')).toBeGreaterThan(10);
    return value;
  });
  expect(sample('accession_loads_total{status="partial"}')).toBe(1);
  expect(sample('accession_rows_total{type="books",outcome="rejected"}')).toBeGreaterThan(0);
  expect(sample('accession_outbox_events{topic="books",state="published"}')).toBeGreaterThan(0);
  const beside = await fetch(`http://127.0.0.1:${environment.METRICS_PORT}/metrics`);
  expect(await beside.text()).toContain('accession_loads_total{status="partial"} 1');
  const ready = await fetch(`${serving.origin}/readyz`);
  expect(await ready.json()).toMatchObject({ status: 'ready' });

  expect(await serving.end()).toBe(0);
  expect(await readdir(join(dir, 'workspace', 'uploads'))).toEqual([]);
  const lines = serving
    .stderr()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ofLoad = lines.filter((line) => line.loadId === loadId);
  expect(ofLoad.map(({ event }) => event)).toEqual(expect.arrayContaining(['load-started', 'load-finished']));
  for (const line of ofLoad) expect(line.correlationId).toMatch(/^[0-9a-f-]{36}$/);

  const token = new URL(serving.url).searchParams.get('token') ?? 'none';
  const values = distinctValues(texts);
  expect(values.length).toBeGreaterThan(100);
  for (const canary of ['canary', token, cookie.split('=')[1] ?? 'none', ...values])
    expect(serving.stderr().includes(canary), canary).toBe(false);
}, 60_000);

test('npm start without a window says so in one line and gives a working page', async () => {
  const environment = { ACCESSION_HOME: await home(), DISPLAY: '', WAYLAND_DISPLAY: '' };
  const serving = await startServing(
    join(root, 'electron', 'setup', 'start.mjs'),
    ['--port', '0'],
    environment,
  );
  const cookie = await signInAt(serving.url);
  const index = await fetch(serving.origin, { headers: { cookie } });
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(await index.text())?.[1] ?? '';
  expect((await fetch(serving.origin + script, { headers: { cookie } })).status).toBe(200);
  const page = await connectTo(serving.origin, cookie);
  expect(await page.ask('app.about', {})).toMatchObject({ ok: true, value: { name: 'Accession' } });
  const [first = ''] = serving.stdout().split('\n');
  expect(first).toMatch(
    /^(Electron is not installed|There is no display) here, so Accession opens in a browser/,
  );
  expect(await serving.end()).toBe(0);
}, 30_000);

test.each([
  ['the built-in sandbox', {}, { name: 'sandbox', kind: 'sandbox', readOnly: false }],
  [
    'the database of its environment, which is taken for production',
    { DB_URL: 'postgresql://loader:secret@127.0.0.1:1/library' },
    { name: 'environment', kind: 'production', readOnly: false },
  ],
])(
  'without a profile a server loads into %s, and says so',
  async (_what, environment, unchosen) => {
    const serving = await serveBuilt(appDir, ['--port', '0'], {
      ACCESSION_HOME: await home(),
      ...environment,
    });
    const page = await connectTo(serving.origin, await signInAt(serving.url));
    expect(await page.ask('profiles.list', {})).toMatchObject({ ok: true, value: { unchosen } });
    expect(await serving.end()).toBe(0);
  },
  60_000,
);

test('accession serve in a checkout gives the page of the sources as they are', async () => {
  const starter = join(root, 'electron', 'setup', 'accession.mjs');
  const serving = await startServing(starter, ['serve', '--port', '0'], { ACCESSION_HOME: await home() });
  // Whoever started it, nothing is due any more.
  expect(isPageDue(root)).toBe(false);
  const cookie = await signInAt(serving.url);
  const index = await fetch(serving.origin, { headers: { cookie } });
  expect(await index.text()).toBe(await readFile(join(root, 'out', 'renderer', 'index.html'), 'utf8'));
  expect(await serving.end()).toBe(0);
}, 60_000);

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? String(address.port) : '';
}

/** Titles, authors, teachers, ids: what a line of the log might quote. Short and common words would be found anywhere. */
function distinctValues(texts: readonly string[]): string[] {
  const cells = texts.flatMap((text) => Papa.parse<string[]>(text).data.slice(1).flat());
  return [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell.length >= 7))];
}
