import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { writeWhole } from '../../electron/adapters/mappings/write-file.ts';
import { savePassword } from '../../electron/server/password-file.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { startChromium } from '../electron-stand-in/chromium.ts';
import { makeAuthority } from '../services/certificates.ts';
import { locateTestServices } from '../services/locations.mjs';
import { type Serving, serveBuilt } from './serving.ts';

const chromium = locateTestServices().chromiumBin;

/** Without a Chromium nothing of this can be seen; the doors' attack tests do without one. */
describe.skipIf(chromium === null)('the page in a real browser', () => {
  let browser: Browser;
  let appDir: string;

  beforeAll(async () => {
    appDir = builtApp();
    browser = await startChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  async function home(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'accession-serve-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    return dir;
  }

  async function serve(...argv: string[]): Promise<Serving> {
    return serveBuilt(appDir, ['--port', '0', ...argv], { ACCESSION_HOME: await home() });
  }

  async function person(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return context;
  }

  /** Opens an address; what the browser complains of is kept. */
  async function open(context: BrowserContext, url: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => void complaints.push(String(error)));
    await page.goto(url);
    return { page, complaints };
  }

  const connected = (page: Page) => page.getByText('Connected', { exact: true }).first().waitFor();

  /** Sends a file as the page does. */
  const upload = (page: Page, name: string, bytes: number) =>
    page.evaluate(
      async ([fileName, length]) => {
        const answer = await fetch(`/upload?name=${fileName}`, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: new Blob([new Uint8Array(length)]),
        });
        return { status: answer.status, body: await answer.json() };
      },
      [name, bytes] as const,
    );

  test('the address opens the page, it connects, answers, and shows nothing of the token', async () => {
    const serving = await serve();
    const { page, complaints } = await open(await person(), serving.url);
    await connected(page);
    expect(page.url()).not.toContain('token');
    const { version } = await import(join(appDir, 'package.json'), { with: { type: 'json' } }).then(
      (module) => module.default,
    );
    await page.getByText(version, { exact: false }).first().waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.reload();
    await connected(page);
    expect(complaints).toEqual([]);
  });

  test('several people at once: each has a session and files of their own, and one signing out leaves the other', async () => {
    const serving = await serve('--max-upload-mb', '2');
    const first = await open(await person(), serving.url);
    await connected(first.page);
    const secondContext = await person();
    const second = await open(secondContext, serving.origin);
    await second.page.getByRole('button', { name: 'Show a new address there' }).click();
    await second.page.getByText('A new address is shown where Accession was started.').waitFor();
    await second.page.goto(
      serving
        .stdout()
        .match(/http:\S+/g)
        ?.at(-1) ?? '',
    );
    await connected(second.page);

    expect(await upload(first.page, 'books.csv', 1_000)).toMatchObject({
      status: 201,
      body: { name: 'books.csv', sizeBytes: 1_000 },
    });
    const tooLarge = await upload(first.page, 'huge.csv', 20 * 1024 * 1024);
    expect(tooLarge).toMatchObject({ status: 413, body: { error: { code: 'file.too-large' } } });

    // Another page of the same browser is signed out with it.
    const sibling = await open(first.page.context(), serving.origin);
    await connected(sibling.page);
    await first.page.getByRole('button', { name: 'Sign out' }).click();
    await first.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
    await first.page.getByText('You are no longer signed in.').waitFor();
    await first.page.getByText('Reload the page to sign in again').waitFor();
    await sibling.page.getByText('You are no longer signed in.').waitFor();
    expect(await first.page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await second.page.reload();
    await connected(second.page);
    await first.page.getByRole('button', { name: 'Reload the page' }).click();
    await first.page.getByText('Open the address that Accession showed where it was started.').waitFor();
  });

  test('a page of another site can neither connect, nor send, nor read, nor frame, though its user is signed in', async () => {
    const serving = await serve();
    const context = await person();
    const own = await open(context, serving.url);
    await connected(own.page);
    const attacker = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Other</title>');
    });
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      attacker.closeAllConnections();
      attacker.close();
    });
    const address = attacker.address();
    // Another port of the same host: to cookies that is the same site.
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { page } = await open(context, `http://127.0.0.1:${port}/`);
    const outcome = await page.evaluate(async (target) => {
      const socket = new WebSocket(`${target.replace('http', 'ws')}/socket`);
      const connects = await new Promise((resolve) => {
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      });
      const tryTo = (path: string, init: RequestInit): Promise<string> =>
        fetch(target + path, { credentials: 'include', ...init }).then(
          () => 'read',
          () => 'refused',
        );
      const form = document.createElement('form');
      form.method = 'post';
      form.action = `${target}/sign-out`;
      form.target = 'sink';
      const frame = document.createElement('iframe');
      frame.name = 'sink';
      document.body.append(frame, form);
      form.submit();
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      return {
        connects,
        page: await tryTo('/', {}),
        metrics: await tryTo('/metrics', {}),
        upload: await tryTo('/upload?name=a.csv', { method: 'POST', body: 'x' }),
      };
    }, serving.origin);
    expect(outcome).toEqual({ connects: false, page: 'refused', metrics: 'refused', upload: 'refused' });
    // Nor did its form sign anybody out.
    await own.page.reload();
    await connected(own.page);
    // A plain link to the page works all the same, from another site too.
    await page.goto(`http://localhost:${port}/`);
    await page.evaluate((target) => {
      window.location.href = target;
    }, serving.origin);
    await connected(page);
  });

  test('with TLS and a password the form signs in, and the page connects encrypted', async () => {
    const dir = await home();
    const issued = makeAuthority('Test').issue('localhost', 'DNS:localhost');
    const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    await writeFile(cert, issued.certificate);
    await writeFile(key, issued.key);
    await savePassword(dir, 'correct horse battery', writeWhole);
    const argv = ['--host', '0.0.0.0', '--port', '0', '--tls-cert', cert, '--tls-key', key];
    const serving = await serveBuilt(appDir, argv, { ACCESSION_HOME: dir });
    const at = `https://localhost:${new URL(serving.url).port}/`;
    const { page } = await open(await person({ ignoreHTTPSErrors: true }), at);
    await page.getByLabel('Password').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This is not the password.').waitFor();
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await connected(page);
  });
});
