import { expect, test } from 'vitest';
import { PAGE_POLICY } from '../../../shared/page-policy.ts';
import { openDoor } from './door.ts';

test('the page and its files come with their types; what has a hash in its name may be kept for ever', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const index = await door.get('/', { cookie });
  expect(index).toMatchObject({ status: 200, body: '<!doctype html><title>Shelf</title>' });
  expect(index.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': PAGE_POLICY,
  });
  const script = await door.get('/assets/index-aBcD1234.js', { cookie });
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  const packed = await door.get('/assets/index-aBcD1234.js', { cookie, 'accept-encoding': 'gzip' });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(Number(packed.headers['content-length'])).toBeLessThan(Number(script.headers['content-length']));
  const head = await door.ask('HEAD', '/', { headers: { cookie } });
  expect(head).toMatchObject({ status: 200, body: '' });
});

test('no path leads out of the page’s folder, to a hidden file, through a link or to a kind the page does not use', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const paths = [
    '/../outside.json',
    '/assets/../../outside.json',
    '/..%2foutside.json',
    '/%2e%2e/outside.json',
    '/assets/..%5c..%5coutside.json',
    '/assets/%2e%2e%2f%2e%2e%2foutside.json',
    '/..\\outside.json',
    '//outside.json',
    '/assets/link.json',
    '/.env',
    '/.hidden.json',
    '/%2eenv',
    '/notes.txt',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    `/${encodeURIComponent(`${door.dir}/outside.json`)}`,
    `${door.dir}/outside.json`,
    'http://127.0.0.1/index.html',
    '/constructor',
    '/__proto__',
  ];
  for (const path of paths) {
    const { status, body } = await door.get(path, { cookie });
    expect(status, path).toBe(404);
    expect(body, path).not.toContain('canary');
  }
});

test('who is not signed in gets no file of the page, only the way to sign in', async () => {
  const door = await openDoor();
  expect(await door.get('/')).toMatchObject({ status: 303, headers: { location: '/sign-in' } });
  expect(await door.get('/index.html')).toMatchObject({ status: 401 });
  expect(await door.get('/assets/index-aBcD1234.js')).toMatchObject({ status: 401 });
  expect((await door.get('/sign-in')).body).toContain('<title>Sign in · Accession</title>');
});

test('a page that was not built is said in plain words', async () => {
  await expect(openDoor({ rendererDir: '/nowhere/renderer' })).rejects.toMatchObject({
    code: 'usage.invalid',
    message: 'The page that browsers are to show has not been built yet.',
  });
});
