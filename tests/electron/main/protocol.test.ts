import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rendererFiles } from '../../../electron/main/protocol.ts';
import { PAGE_POLICY } from '../../../shared/page-policy.ts';

let dir = '';
let answer: (request: Request) => Promise<Response>;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'accession-protocol-'));
  mkdirSync(join(dir, 'renderer', 'assets'), { recursive: true });
  mkdirSync(join(dir, 'renderer-private'));
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(dir, 'renderer', 'assets', 'a.js'), 'export {};');
  writeFileSync(join(dir, 'renderer', 'notes.txt'), 'not for the page');
  writeFileSync(join(dir, 'secret.json'), '{}');
  writeFileSync(join(dir, 'renderer-private', 'a.js'), 'export {};');
  answer = rendererFiles(join(dir, 'renderer'));
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('the page is served with its type and the strict policy', async () => {
  const response = await answer(new Request('app://accession/index.html'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toBe(PAGE_POLICY);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a script in a folder of the renderer is served as a script', async () => {
  const response = await answer(new Request('app://accession/assets/a.js?v=1'));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test('the policy starts from nothing and allows nothing unsafe or from elsewhere', () => {
  expect(PAGE_POLICY.startsWith("default-src 'none'")).toBe(true);
  expect(PAGE_POLICY).not.toMatch(/unsafe-|\*|https?:|data:|blob:/);
});

test.each([
  ['a file above the folder', 'app://accession/..%2fsecret.json'],
  ['a file above it, written with backslashes or doubled', 'app://accession/assets/..%2f..%2fsecret.json'],
  ['a neighbour whose name begins the same', 'app://accession/..%2frenderer-private/a.js'],
  ['a kind of file the page has no use for', 'app://accession/notes.txt'],
  ['a file that is not there', 'app://accession/missing.js'],
  ['a path that is no valid text', 'app://accession/%ff.js'],
  ['a path with a NUL in it', 'app://accession/index.html%00.js'],
  ['another host', 'app://elsewhere/index.html'],
  ['another scheme', 'https://accession/index.html'],
  ['the folder itself', 'app://accession/'],
])('%s is not found', async (_what, url) => {
  expect((await answer(new Request(url))).status).toBe(404);
});

test('only GET is answered', async () => {
  expect((await answer(new Request('app://accession/index.html', { method: 'POST' }))).status).toBe(404);
});
