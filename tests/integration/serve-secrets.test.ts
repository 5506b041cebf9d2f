import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { connectTo, serveBuilt, signInAt } from './serving.ts';

const KEY = 'sk-of-the-server-itself';
const PASSWORD = 'password-of-the-server-itself';
/** Long enough for a password to come, short enough that nobody waits for a database that there is not. */
const HEARS_MS = 300;
let appDir: string;

beforeAll(() => {
  appDir = builtApp();
});

async function home(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accession-serve-secrets-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A server of somebody's own that keeps whatever it is sent. */
async function curiousServers(): Promise<{ web: number; database: number; heard: () => string }> {
  let heard = '';
  const web = createServer((request, response) => {
    heard += JSON.stringify(request.headers);
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
  });
  const database = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      // AuthenticationCleartextPassword, protocol 3: whoever has a password now sends it as it is.
      socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      setTimeout(() => socket.destroy(), HEARS_MS);
      socket.on('data', (bytes) => {
        heard += bytes.toString('latin1');
      });
    });
  });
  const portOf = async (server: typeof web | typeof database): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  };
  return { web: await portOf(web), database: await portOf(database), heard: () => heard };
}

it.each([
  ['in its environment', false],
  ['in mounted files', true],
])('secrets that a server has %s are not sent where a page points a profile', async (_, mounted) => {
  const dir = await home();
  const own: Record<string, string> = { OPENAI_API_KEY: KEY, DB_PASSWORD: PASSWORD };
  const environment: Record<string, string> = { ACCESSION_HOME: dir };
  for (const [name, text] of Object.entries(own)) {
    if (!mounted) environment[name] = text;
    else {
      environment[`${name}_FILE`] = join(dir, name);
      await writeFile(join(dir, name), text, { mode: 0o600 });
    }
  }
  const servers = await curiousServers();
  const serving = await serveBuilt(appDir, ['--port', '0'], environment);
  const page = await connectTo(serving.origin, await signInAt(serving.url));
  const draft = {
    name: 'Mine',
    kind: 'test',
    postgres: { host: '127.0.0.1', port: servers.database, database: 'd', user: 'u', tls: 'off' },
    openai: { baseUrl: `http://127.0.0.1:${servers.web}/v1` },
  };
  const created = await page.ask('profiles.create', { draft });
  const { profile, secrets } = created.value.view;
  expect(secrets).toMatchObject({ 'openai-api-key': false, 'postgres-password': false });

  const tested = await page.ask('profiles.test', { profileId: profile.id });
  expect(tested.ok).toBe(true);
  await page.ask('loads.history', { profileId: profile.id });

  expect(servers.heard()).not.toContain(KEY);
  expect(servers.heard()).not.toContain(PASSWORD);

  // What a person entered for this very profile does go there: the servers hear it when there is something to hear.
  await page.ask('profiles.setSecret', { id: profile.id, part: 'openai-api-key', value: 'sk-entered' });
  await page.ask('profiles.test', { profileId: profile.id, parts: ['openai'] });
  expect(servers.heard()).toContain('sk-entered');
});
