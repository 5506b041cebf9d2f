import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import {
  bringElectron,
  inspectElectron,
  installEnvironment,
  isUnwanted,
  mirror,
  whyNot,
} from '../../../electron/setup/electron-binary.mjs';
import { contextFor, PROJECT_ROOT, temporaryFolder, writeFiles } from './setup-context.ts';
import { storedZip } from './stored-zip.ts';

const VERSION = '45.4.1';
const ZIP_NAME = `electron-v${VERSION}-linux-x64.zip`;
const ZIP = storedZip({ version: VERSION, electron: '#!/bin/sh\n' });

/** The package electron with its own install script, which expects `zip` to be what its makers published. */
function projectWithElectron(zip: Buffer): string {
  const root = temporaryFolder();
  const modules = join(PROJECT_ROOT, 'node_modules');
  cpSync(join(modules, 'electron', 'install.js'), join(root, 'node_modules', 'electron', 'install.js'));
  writeFiles(root, {
    'node_modules/electron/package.json': JSON.stringify({ version: VERSION }),
    'node_modules/electron/checksums.json': JSON.stringify({
      [ZIP_NAME]: createHash('sha256').update(zip).digest('hex'),
    }),
  });
  for (const scope of ['@electron', '@electron-internal']) {
    symlinkSync(join(modules, scope), join(root, 'node_modules', scope));
  }
  return root;
}

/** An HTTP server on this machine, and the paths it was asked for. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, asked, port: address.port, url: `http://127.0.0.1:${address.port}` };
}

function environment(root: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // electron_config_cache: not the cache of whoever runs the tests.
  return { PATH: process.env.PATH, electron_config_cache: join(root, 'cache'), ...more };
}

/** The names in the zip and on the server are those of Linux on x64, whatever the tests run on. */
const LINUX = { ELECTRON_INSTALL_PLATFORM: 'linux', ELECTRON_INSTALL_ARCH: 'x64' };

test('a binary from a mirror that is what its makers published is unpacked and found by electron', async () => {
  const root = projectWithElectron(ZIP);
  const { url, asked } = await serve((_request, response) => response.end(ZIP));
  const { context } = contextFor(root, {
    env: environment(root, { ...LINUX, ELECTRON_MIRROR: `${url}/electron` }),
  });
  expect(inspectElectron(context).present).toBe(false);
  expect(await bringElectron(context)).toEqual({ outcome: 'done' });
  expect(asked).toEqual([`/electron/v${VERSION}/${ZIP_NAME}`]);
  expect(readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8')).toBe('electron');
  expect(readFileSync(join(root, 'node_modules/electron/dist/electron'), 'utf8')).toBe('#!/bin/sh\n');
  expect(inspectElectron(context).present).toBe(true);
});

test('a binary that is not what its makers published is refused, wherever its sums are said to be', async () => {
  const root = projectWithElectron(ZIP);
  const other = storedZip({ version: VERSION, electron: '#!/bin/sh\necho somebody else was here\n' });
  const { url, asked } = await serve((_request, response) => response.end(other));
  const env = environment(root, { ...LINUX, ELECTRON_MIRROR: `${url}/`, electron_use_remote_checksums: '1' });
  const { context, said } = contextFor(root, { env });
  expect(await bringElectron(context)).toEqual({ outcome: 'given-up' });
  expect(asked).toEqual([`/v${VERSION}/${ZIP_NAME}`]);
  expect(said).toEqual([expect.stringContaining('refused')]);
  expect(existsSync(join(root, 'node_modules/electron/dist'))).toBe(false);
  expect(existsSync(join(root, 'node_modules/electron/path.txt'))).toBe(false);
});

test('a mirror that does not have it is no reason to stop', async () => {
  const root = projectWithElectron(ZIP);
  const { url } = await serve((_request, response) => response.writeHead(404).end());
  const { context, said } = contextFor(root, { env: environment(root, { ...LINUX, ELECTRON_MIRROR: url }) });
  expect(await bringElectron(context)).toEqual({ outcome: 'given-up' });
  expect(said).toEqual([expect.stringContaining('answered 404')]);
});

test('the download goes through the proxy that HTTP_PROXY names', async () => {
  const root = projectWithElectron(ZIP);
  const target = await serve((_request, response) => response.end(ZIP));
  // Both ways in which a proxy may be asked for a plain http address: as a request, or as a tunnel.
  const proxy = await serve((_request, response) => response.end(ZIP));
  const tunnels: string[] = [];
  proxy.server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const upstream = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => end.destroy());
  });
  const env = environment(root, {
    ...LINUX,
    ELECTRON_MIRROR: 'http://mirror.invalid/',
    HTTP_PROXY: proxy.url,
  });
  const { context } = contextFor(root, { env });
  expect(await bringElectron(context)).toEqual({ outcome: 'done' });
  expect([...proxy.asked, ...tunnels]).toEqual([expect.stringContaining('mirror.invalid')]);
});

test('whoever wants no binary, or has one, is left alone', async () => {
  expect(isUnwanted({ ELECTRON_SKIP_BINARY_DOWNLOAD: '1' })).toBe(true);
  expect(isUnwanted({ npm_config_electron_skip_binary_download: 'true' })).toBe(true);
  expect(isUnwanted({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' })).toBe(true);
  expect(isUnwanted({ ELECTRON_SKIP_BINARY_DOWNLOAD: '0' })).toBe(false);
  expect(isUnwanted({})).toBe(false);

  const root = projectWithElectron(ZIP);
  const { url, asked } = await serve((_request, response) => response.end(ZIP));
  const env = environment(root, { ...LINUX, ELECTRON_MIRROR: url, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' });
  const { context, said } = contextFor(root, { env });
  expect(await bringElectron(context)).toEqual({ outcome: 'done' });
  expect({ asked, said }).toEqual({ asked: [], said: [] });
});

test('npm’s setting of the mirror goes before the environment’s, and ends in one slash', () => {
  expect(mirror({ ELECTRON_MIRROR: 'http://a/x', npm_config_electron_mirror: 'http://b/y//' })).toBe(
    'http://b/y/',
  );
  expect(mirror({ ELECTRON_MIRROR: 'http://a/x' })).toBe('http://a/x/');
  expect(mirror({})).toBeUndefined();
});

test('npm’s own proxy settings serve where the environment names none', () => {
  const env = { npm_config_https_proxy: 'http://npm:1', npm_config_noproxy: 'inside.example' };
  expect(installEnvironment(env, '/tmp/x')).toMatchObject({
    HTTPS_PROXY: 'http://npm:1',
    NO_PROXY: 'inside.example',
    NODE_USE_ENV_PROXY: '1',
  });
  expect(installEnvironment({ ...env, HTTPS_PROXY: 'http://own:2' }, '/tmp/x').HTTPS_PROXY).toBe(
    'http://own:2',
  );
});

test('a host that takes the call and says nothing is given up, and a slow download is not', async () => {
  const silent = await serve(() => undefined);
  const slow = await serve((_request, response) => {
    response.write('first ');
    setTimeout(() => response.end('last'), 600);
  });
  const preload = new URL('../../../electron/setup/fetch-deadline.mjs?answerMs=300', import.meta.url).href;
  const script = `
    const get = (url) => fetch(url).then((response) => response.text()).catch((error) => error.message);
    console.log(JSON.stringify(await Promise.all(process.argv.slice(1).map(get))));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', preload, '--input-type=module', '-e', script],
    ...[silent.url, slow.url],
  ]);
  expect(JSON.parse(stdout)).toEqual(['no answer within 300 ms', 'first last']);
});

test('the reason given never repeats the address of a private mirror', () => {
  expect(whyNot('HTTPError: Response code 403 (Forbidden) for http://secret.example/x')).not.toContain(
    'secret',
  );
  expect(whyNot('TypeError: fetch failed at http://secret.example')).toBe('out of reach');
});
