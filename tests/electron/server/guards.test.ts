import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createKnownHosts } from '../../../electron/server/known-hosts.ts';
import { openDoor } from './door.ts';

/** Sends bytes as they stand, and resolves to all that comes back until the other side ends it. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      heard += piece;
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

test("a name of somebody else's that points here (DNS rebinding) gets no page, no state and no sign-in", async () => {
  const door = await openDoor();
  const [token] = door.announced.map((url) => new URL(url).search);
  for (const host of [
    `evil.example:${door.port}`,
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
  ]) {
    for (const path of ['/', `/${token}`, '/sign-in', '/metrics', '/readyz', '/assets/index-aBcD1234.js'])
      expect(await door.get(path, { host }), `${host} ${path}`).toMatchObject({ status: 421 });
    expect(
      await door.ask('POST', '/sign-in/link', { headers: { host, origin: `http://${host}` } }),
    ).toMatchObject({
      status: 421,
    });
  }
});

test('its own names are answered: 127.0.0.1, localhost, [::1], with and without a port', async () => {
  const door = await openDoor();
  for (const host of [`127.0.0.1:${door.port}`, `localhost:${door.port}`, `[::1]:${door.port}`, 'LOCALHOST'])
    expect(await door.get('/healthz', { host })).toMatchObject({ status: 200 });
});

test('a request without a Host is refused', async () => {
  const { port } = await openDoor();
  expect(await raw(port, 'GET /healthz HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
});

test('a POST of another site (CSRF) changes nothing: sign-in, new link, upload and sign-out are refused', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const links = door.announced.length;
  const foreign = [
    'https://evil.example',
    `https://127.0.0.1:${door.port}`,
    `http://localhost:${door.port}`,
    'http://127.0.0.1:3000',
    `http://127.0.0.1:${door.port}.evil.example`,
    'null',
    undefined,
  ];
  for (const origin of foreign)
    for (const path of ['/sign-in', '/sign-in/link', '/upload?name=a.csv', '/sign-out']) {
      const headers = {
        cookie,
        'content-type': 'application/octet-stream',
        ...(origin === undefined ? {} : { origin }),
      };
      expect(await door.ask('POST', path, { headers, body: 'x' }), `${origin} ${path}`).toMatchObject({
        status: 403,
      });
    }
  expect(door.announced).toHaveLength(links);
  expect(await door.get('/', { cookie })).toMatchObject({ status: 200 });
});

test('other methods are refused', async () => {
  const door = await openDoor();
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
    expect(await door.ask(method, '/', { headers: { origin: door.origin } })).toMatchObject({ status: 405 });
});

test('every answer carries the safe headers, refusals included', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const answers = [
    await door.get('/', { cookie }),
    await door.get('/sign-in'),
    await door.get('/none', { cookie }),
    await door.get('/', { host: 'evil.example' }),
    await door.ask('POST', '/sign-out'),
    await door.get('/healthz'),
  ];
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
});

test('beyond loopback the names are those of the certificate, of the machine and of --host', () => {
  const hosts = createKnownHosts({
    host: '0.0.0.0',
    secure: true,
    certificateNames: ['library.school.example', '*.branch.example', '2001:DB8:0:0:0:0:0:7'],
  });
  expect(hosts.isOurs('library.school.example:8420')).toBe(true);
  expect(hosts.isOurs('Library.School.Example.')).toBe(true);
  expect(hosts.isOurs('north.branch.example')).toBe(true);
  expect(hosts.isOurs('[2001:db8::7]:8420')).toBe(true);
  expect(hosts.isOurs('a.b.branch.example')).toBe(false);
  expect(hosts.isOurs('school.example')).toBe(false);
  expect(hosts.isOurs('evil.example')).toBe(false);
  expect(hosts.isOurs('library.school.example@evil.example')).toBe(false);
  expect(hosts.isOwnOrigin('https://library.school.example:8420', 'library.school.example:8420')).toBe(true);
  expect(hosts.isOwnOrigin('http://library.school.example:8420', 'library.school.example:8420')).toBe(false);
  expect(hosts.isOwnOrigin('https://evil.example', 'evil.example')).toBe(false);
});
