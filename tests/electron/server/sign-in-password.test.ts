import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from '../../../electron/adapters/mappings/write-file.ts';
import { ATTEMPT_LIMITS, createAttemptPace } from '../../../electron/server/attempt-pace.ts';
import { hashPassword, isPassword } from '../../../electron/server/password.ts';
import { passwordPath, readPassword, savePassword } from '../../../electron/server/password-file.ts';
import { makeAuthority } from '../../services/certificates.ts';
import { cookieOf, openDoor, tempFolder } from './door.ts';

const PASSWORD = 'canary horse battery staple';
/** The real cost takes half a second an attempt; the file's test uses it. */
const CHEAP = { N: 2 ** 4, r: 1, p: 1 };

const issued = makeAuthority('Test').issue('localhost', 'DNS:localhost,IP:127.0.0.1');
const tls = { ...issued, names: ['localhost', '127.0.0.1'], warning: null };

/** A door for the whole network, as this machine reaches it. */
async function openToAll() {
  const hash = await hashPassword(PASSWORD, CHEAP);
  const door = await openDoor({ host: '0.0.0.0', tls, passwordHash: async () => hash });
  const tryPassword = (password: string, headers = {}) =>
    door.post('/sign-in', {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ password }).toString(),
    });
  return { ...door, tryPassword };
}

test('the password signs in, with a cookie that goes over TLS and to this host only', async () => {
  const door = await openToAll();
  expect(door.announced).toEqual([`https://0.0.0.0:${door.port}/`]);
  const answer = await door.tryPassword(PASSWORD);
  expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(answer.headers['set-cookie']?.[0]).toMatch(
    new RegExp(`^__Host-accession-${door.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure$`),
  );
  expect(await door.get('/', { cookie: cookieOf(answer) })).toMatchObject({ status: 200 });
});

test('a wrong password, no password and a token sign nobody in', async () => {
  const door = await openToAll();
  for (const password of ['wrong', '', PASSWORD.toUpperCase(), `${PASSWORD} `]) {
    const answer = await door.tryPassword(password);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
  expect(await door.get('/?token=anything')).toMatchObject({ status: 403 });
  expect(await door.post('/sign-in')).toMatchObject({ status: 400 });
  expect(await door.post('/sign-in/link')).toMatchObject({ status: 429 });
});

test('guessing (brute force) is slowed down after five attempts, the right password included', async () => {
  const door = await openToAll();
  for (let attempt = 1; attempt <= 5; attempt += 1)
    expect(await door.tryPassword('guess')).toMatchObject({ status: 403 });
  const refused = await door.tryPassword(PASSWORD);
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
  expect(refused.body).toContain('Try again in a second.');
  door.clock.ms += 1_000;
  expect(await door.tryPassword('guess')).toMatchObject({ status: 403 });
  expect(await door.tryPassword(PASSWORD)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  door.clock.ms += 2_000;
  expect(await door.tryPassword(PASSWORD)).toMatchObject({ status: 303 });
});

test('a header cannot make one address many', async () => {
  const door = await openToAll();
  const statuses: number[] = [];
  for (let n = 1; n <= 6; n += 1)
    statuses.push((await door.tryPassword('guess', { 'x-forwarded-for': `192.0.2.${n}` })).status);
  expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
});

test('guesses sent all at once are counted one by one', async () => {
  const door = await openToAll();
  const answers = await Promise.all(Array.from({ length: 20 }, () => door.tryPassword('guess')));
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});

test('the wait doubles to a quarter of an hour, and ends with the right password or an hour of silence', () => {
  const clock = { ms: 0 };
  const pace = createAttemptPace({ now: () => clock.ms });
  const waits: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const waitMs = pace.begin('192.0.2.1');
    waits.push(waitMs / 1000);
    clock.ms += waitMs;
    if (waitMs > 0) pace.begin('192.0.2.1');
  }
  expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8]);
  expect(waits.at(-1)).toBe(900);
  expect(pace.begin('192.0.2.2')).toBe(0);
  pace.succeeded('192.0.2.1');
  expect(pace.begin('192.0.2.1')).toBe(0);
});

test('many addresses together guess no faster than thirty a minute, and a /64 is one address', () => {
  const clock = { ms: 0 };
  const pace = createAttemptPace({ now: () => clock.ms });
  let allowed = 0;
  for (let n = 0; n < 200; n += 1) if (pace.begin(`198.51.100.${n}`) === 0) allowed += 1;
  expect(allowed).toBe(ATTEMPT_LIMITS.allPerMinute);
  clock.ms += 60_000;
  const own = Array.from({ length: 6 }, (_, n) => pace.begin(`2001:db8::${n + 1}`));
  expect(own.filter((waitMs) => waitMs === 0)).toHaveLength(5);
});

test('a body that is too long, or of another kind than a form of ours, is no sign-in', async () => {
  const door = await openToAll();
  expect(await door.tryPassword('x'.repeat(20_000))).toMatchObject({ status: 400 });
  const headers = { 'content-type': 'text/plain' };
  const body = new URLSearchParams({ password: PASSWORD }).toString();
  expect(await door.post('/sign-in', { headers, body })).toMatchObject({ status: 400 });
});

test('the password is kept as a scrypt hash of OWASP’s cost, readable by this account only', async () => {
  const home = await tempFolder();
  await savePassword(home, PASSWORD, writeWhole);
  const path = passwordPath(home);
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('canary');
  expect(JSON.parse(text)).toMatchObject({ kind: 'scrypt', N: 131_072, r: 8, p: 1 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const hash = await readPassword(home);
  expect(hash !== null && (await isPassword(PASSWORD, hash))).toBe(true);
  expect(hash !== null && (await isPassword('canary horse battery stapler', hash))).toBe(false);
});

test('the same password hashes otherwise each time, and composed or decomposed letters are the same', async () => {
  const first = await hashPassword('Büchereiausweis', CHEAP);
  const second = await hashPassword('Büchereiausweis', CHEAP);
  expect(first.key).not.toBe(second.key);
  expect(await isPassword('Bu\u0308chereiausweis', first)).toBe(true);
});

test.each(['short', 'aaaaaaaaaaaaaaaa', 'x'.repeat(2_000)])(
  'a weak password is refused (%#)',
  async (password) => {
    const home = await tempFolder();
    await expect(savePassword(home, password, writeWhole)).rejects.toMatchObject({ code: 'usage.invalid' });
    expect(await readPassword(home)).toBeNull();
  },
);

test('a password file that others may read, or that is damaged, is not used', async () => {
  const home = await tempFolder();
  const path = passwordPath(home);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(await hashPassword(PASSWORD, CHEAP)), { mode: 0o644 });
  await expect(readPassword(home)).rejects.toMatchObject({ code: 'secrets.exposed' });
  await writeWhole(path, '{"kind":"plain"}', 0o600);
  await expect(readPassword(home)).rejects.toMatchObject({ code: 'secrets.unreadable' });
});
