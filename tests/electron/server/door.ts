import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import { createFileIds } from '../../../electron/backend/file-ids.ts';
import { createRouter } from '../../../electron/backend/router.ts';
import { type BrowserDoorOptions, openBrowserDoor } from '../../../electron/server/browser-door.ts';
import type { DoorLogFields } from '../../../electron/server/door-log.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Asked {
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

/** A folder that goes with its test. */
export async function tempFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accession-door-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A real door with a small page behind it; `now` is moved by hand. */
export async function openDoor(options: Partial<BrowserDoorOptions> = {}) {
  const dir = await tempFolder();
  const rendererDir = options.rendererDir ?? (await writePage(dir));
  const uploadsDir = join(dir, 'uploads');
  const announced: string[] = [];
  const logged: (DoorLogFields & { event: string })[] = [];
  const write = (event: string, fields: DoorLogFields): void => void logged.push({ event, ...fields });
  const clock = { ms: Date.parse('2026-11-25T10:00:00Z') };
  const onInternalError = (): void => {};
  const events = createEventHub({ events: shelfEvents, serverId: 'run-1', onInternalError });
  const fileIds = createFileIds();
  const router = createRouter(
    shelfRoutes,
    {
      'shelf.find': ({ bookId }, { files }) => ({
        title: bookId.startsWith('file-') ? files.pathOf(bookId) : bookId,
      }),
      'shelf.sort': () => new Promise(() => {}),
    },
    onInternalError,
  );
  const door = await openBrowserDoor({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    passwordHash: async () => null,
    announce: (url) => void announced.push(url),
    rendererDir,
    uploadsDir,
    router,
    events,
    fileIds,
    version: '1.0.0',
    readiness: async () => ({ ready: true, parts: {} }),
    metricsText: async () => ({ type: 'text/plain', body: 'accession_loads_total 0\n' }),
    log: { debug: write, info: write, warn: write, error: write },
    metrics: { request() {}, signIn() {}, upload() {}, presence() {} },
    now: () => clock.ms,
    ...options,
    limits: { closeMs: 200, ...options.limits },
  });
  onTestFinished(() => door.close());
  door.announce();
  const origin = door.url.slice(0, -1);

  function ask(method: string, path: string, { headers = {}, body }: Asked = {}): Promise<Answered> {
    const request = options.tls ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const sent = request(
        origin,
        { method, path, headers, agent: false, rejectUnauthorized: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            text += piece;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const get = (path: string, headers: OutgoingHttpHeaders = {}) => ask('GET', path, { headers });
  /** As a page of the door itself sends it. */
  const post = (path: string, { headers = {}, body }: Asked = {}) =>
    ask('POST', path, { headers: { origin, ...headers }, ...(body === undefined ? {} : { body }) });

  return {
    ...door,
    origin,
    dir,
    rendererDir,
    uploadsDir,
    announced,
    logged,
    clock,
    events,
    fileIds,
    ask,
    get,
    post,
    /** Signs in as somebody who has the newest address, and gives the Cookie header. */
    async signIn(): Promise<string> {
      await post('/sign-in/link');
      clock.ms += 60_000;
      const url = new URL(announced.at(-1) ?? '');
      return cookieOf(await get(`/${url.search}`));
    },
  };
}

export type OpenDoor = Awaited<ReturnType<typeof openDoor>>;

/** What a browser sends back of an answer's Set-Cookie. */
export function cookieOf({ headers }: Answered): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

async function writePage(dir: string): Promise<string> {
  const page = join(dir, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Shelf</title>');
  await writeFile(
    join(page, 'assets', 'index-aBcD1234.js'),
    `export const shelf = 1;\n${'//\n'.repeat(2_000)}`,
  );
  await writeFile(join(page, '.env'), 'SECRET=canary');
  await writeFile(join(page, '.hidden.json'), '"canary"');
  await writeFile(join(page, 'notes.txt'), 'canary');
  await writeFile(join(dir, 'outside.json'), '"canary"');
  await symlink(join(dir, 'outside.json'), join(page, 'assets', 'link.json'));
  return page;
}
