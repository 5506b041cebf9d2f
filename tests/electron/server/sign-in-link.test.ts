import { expect, test } from 'vitest';
import { createSignIns } from '../../../electron/server/sign-ins.ts';
import { cookieOf, openDoor } from './door.ts';

const HOUR = 3_600_000;
const tokenOf = (url: string | undefined): string => new URL(url ?? '').search;

test('the address that is shown signs in, with a cookie that scripts and other sites cannot use', async () => {
  const door = await openDoor();
  expect(door.announced).toHaveLength(1);
  const answer = await door.get(`/${tokenOf(door.announced[0])}`);
  expect(answer.status).toBe(200);
  const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
  expect(setCookie).toMatch(
    new RegExp(`^accession-${door.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
  );
  expect(await door.get('/', { cookie: cookieOf(answer) })).toMatchObject({ status: 200 });
});

test('the address works once', async () => {
  const door = await openDoor();
  const token = tokenOf(door.announced[0]);
  await door.get(`/${token}`);
  const second = await door.get(`/${token}`);
  expect(second.status).toBe(403);
  expect(second.headers['set-cookie']).toBeUndefined();
  expect(second.body).toContain('was used already, or has expired');
});

test('the address expires after half an hour', async () => {
  const door = await openDoor();
  door.clock.ms += HOUR / 2;
  expect(await door.get(`/${tokenOf(door.announced[0])}`)).toMatchObject({ status: 403 });
});

test('a guessed, empty or shortened token signs nobody in', async () => {
  const door = await openDoor();
  const token = tokenOf(door.announced[0]);
  for (const guess of ['?token=', '?token=guess', token.slice(0, -1), `${token}A`])
    expect(await door.get(`/${guess}`)).toMatchObject({ status: 403 });
  expect(await door.get(`/${token}`)).toMatchObject({ status: 200 });
});

test('a new address is shown where the server was started, not to who asks, and not all the time', async () => {
  const door = await openDoor();
  const answer = await door.post('/sign-in/link');
  expect(answer.status).toBe(200);
  expect(door.announced).toHaveLength(2);
  expect(answer.body).not.toContain(tokenOf(door.announced[1]).slice(7));
  expect(await door.post('/sign-in/link')).toMatchObject({ status: 429 });
  expect(door.announced).toHaveLength(2);
  expect(await door.get(`/${tokenOf(door.announced[0])}`)).toMatchObject({ status: 403 });
  expect(await door.get(`/${tokenOf(door.announced[1])}`)).toMatchObject({ status: 200 });
});

test('a cookie that was planted before signing in is worth nothing after it (session fixation)', async () => {
  const door = await openDoor();
  const planted = `accession-${door.port}=planted-by-an-attacker-0123456789abcdefghij`;
  expect(await door.get('/', { cookie: planted })).toMatchObject({ status: 303 });
  const signedIn = await door.get(`/${tokenOf(door.announced[0])}`, { cookie: planted });
  expect(cookieOf(signedIn)).not.toBe(planted);
  expect(await door.get('/', { cookie: planted })).toMatchObject({ status: 303 });
});

test('signing in again ends the session of before: an attacker’s own that was planted is not gone on with', async () => {
  const door = await openDoor();
  const attackers = await door.signIn();
  await door.post('/sign-in/link');
  const victim = await door.get(`/${tokenOf(door.announced.at(-1))}`, { cookie: attackers });
  expect(cookieOf(victim)).not.toBe(attackers);
  expect(await door.get('/', { cookie: attackers })).toMatchObject({ status: 303 });
  expect(await door.get('/', { cookie: cookieOf(victim) })).toMatchObject({ status: 200 });
});

test('two cookies of the name are none: a neighbour on the host may have set one', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  expect(await door.get('/', { cookie: `${cookie}; ${cookie}x` })).toMatchObject({ status: 303 });
});

test('signing out ends the session at the server too', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const answer = await door.post('/sign-out', { headers: { cookie } });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/sign-in' } });
  expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0');
  expect(await door.get('/', { cookie })).toMatchObject({ status: 303 });
});

test('a session ends after four hours without activity, and after sixteen with it', async () => {
  const door = await openDoor();
  const idle = await door.signIn();
  door.clock.ms += 4 * HOUR;
  expect(await door.get('/', { cookie: idle })).toMatchObject({ status: 303 });

  const clock = { ms: 0 };
  const ended: string[] = [];
  const signIns = createSignIns({ now: () => clock.ms, onEnd: ({ client }) => void ended.push(client) });
  const { cookie, signIn } = signIns.begin();
  for (let hour = 1; hour < 16; hour += 1) {
    clock.ms = hour * HOUR;
    expect(signIns.find(cookie)).toBe(signIn);
    signIns.touch(signIn);
  }
  clock.ms = 16 * HOUR;
  signIns.sweep();
  expect(ended).toEqual([signIn.client]);
  expect(signIn.ended.aborted).toBe(true);
  expect(signIns.find(cookie)).toBeNull();
});

test('beyond the most sessions the one that was idle longest ends', () => {
  const clock = { ms: 0 };
  const limits = { idleMs: HOUR, lifetimeMs: HOUR, most: 2 };
  const signIns = createSignIns({ now: () => clock.ms, onEnd: () => {}, limits });
  const first = signIns.begin();
  clock.ms = 1;
  const second = signIns.begin();
  clock.ms = 2;
  signIns.touch(first.signIn);
  signIns.begin();
  expect(signIns.find(first.cookie)).toBe(first.signIn);
  expect(signIns.find(second.cookie)).toBeNull();
});

test('a link on another site leads in all the same: the page it lands on asks again, as ours', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  // The browser leaves the Strict cookie out of the first request, and has it in the second.
  const first = await door.get('/', { 'sec-fetch-site': 'cross-site' });
  expect(first.body).toContain('http-equiv="refresh" content="0;url=/"');
  expect(await door.get('/', { cookie, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 });
});

test('neither token nor cookie stands in the log', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  await door.get('/?token=wrong-canary', {});
  await door.get('/wrong-canary-path', { cookie });
  const log = JSON.stringify(door.logged);
  expect(log).toContain('signed-in');
  expect(log).not.toContain('canary');
  expect(log).not.toContain(cookie.split('=')[1]);
  for (const url of door.announced) expect(log).not.toContain(tokenOf(url).slice(7));
});
