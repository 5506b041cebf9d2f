import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { clearInterval, setInterval } from 'node:timers';
import { SOCKET_PATH } from '../../shared/contract/protocol.ts';
import type { EventSource } from '../backend/event-hub.ts';
import type { FileIds } from '../backend/file-ids.ts';
import type { Router } from '../backend/router.ts';
import { createAttemptPace } from './attempt-pace.ts';
import { type SessionCookie, sessionCookie } from './cookies.ts';
import type { DoorLog, DoorMetrics } from './door-log.ts';
import { throwIfExposed } from './exposure.ts';
import { createHttpServer, HTTP_LIMITS, type HttpLimits, listen } from './http-server.ts';
import { createKnownHosts } from './known-hosts.ts';
import { hostInUrl, isLoopback } from './loopback.ts';
import { createOneTimeLinks } from './one-time-links.ts';
import { readPageFiles } from './page-files.ts';
import type { PasswordHash } from './password.ts';
import { createRequests, partsOf, type RequestParts, signInOf } from './requests.ts';
import { createSignInRoutes, type SignInBy } from './sign-in-routes.ts';
import { createSignIns, SIGN_IN_LIMITS, type SignInLimits } from './sign-ins.ts';
import { createSockets, SOCKET_LIMITS, type SocketLimits, type Sockets } from './sockets.ts';
import { createStateRoutes, type Readiness } from './state-routes.ts';
import type { TlsFiles } from './tls-files.ts';
import { openUploadStore } from './upload-store.ts';
import { createUploads, UPLOAD_LIMITS, type UploadLimits } from './uploads.ts';

export interface BrowserDoorOptions {
  host: string;
  /** 0: any that is free. */
  port: number;
  tls: TlsFiles | null;
  /** The saved password, read at each sign-in; only asked for beyond loopback. */
  passwordHash: () => Promise<PasswordHash | null>;
  /** Shows the address to sign in at to whoever started the server; called again when a new one is asked for. */
  announce: (url: string) => void;
  rendererDir: string;
  uploadsDir: string;
  router: Router;
  events: EventSource;
  fileIds: FileIds;
  /** Told when a signed-in browser has signed out or its session has run out. */
  onClientGone?: (client: string) => void;
  version: string;
  readiness: () => Promise<Readiness>;
  metricsText: () => Promise<{ type: string; body: string }>;
  log: DoorLog;
  metrics: DoorMetrics;
  now?: () => number;
  limits?: Partial<DoorLimits>;
}

export interface DoorLimits {
  http: Partial<HttpLimits>;
  uploads: Partial<UploadLimits>;
  sockets: Partial<SocketLimits>;
  signIns: SignInLimits;
  /** How long an unused link works. */
  linkMs: number;
  sweepMs: number;
  /** What is under way may take so long when the door is closed. */
  closeMs: number;
}

export interface BrowserDoor {
  /** Without a token. */
  readonly url: string;
  readonly port: number;
  /** Shows the address to sign in at, once all that belongs to the door is open, too. */
  announce(): void;
  /** Takes nobody in any more, lets what is under way end for a moment, then ends it. */
  close(): Promise<void>;
}

const LINK_MS = 30 * 60_000;
const SWEEP_MS = 30_000;
const CLOSE_MS = 5_000;

/**
 * Opens the door: the page, its WebSocket, uploads, and the state of the server beside them. On loopback people sign
 * in by the address that `options.announce` is given, elsewhere by the password. Throws usage.invalid where others
 * could reach it unprotected or the page is not built, serve.unavailable where it cannot listen.
 */
export async function openBrowserDoor(options: BrowserDoorOptions): Promise<BrowserDoor> {
  const { host, tls, log, metrics, fileIds, limits = {}, now = Date.now } = options;
  const hasPassword = isLoopback(host) || (await options.passwordHash()) !== null;
  throwIfExposed(host, { tls: tls !== null, password: hasPassword });
  const files = await readPageFiles(options.rendererDir);
  const store = await openUploadStore(options.uploadsDir, now);

  let cookie: SessionCookie = sessionCookie({ port: options.port, secure: tls !== null });
  const presence = (): void => metrics.presence({ signIns: signIns.count(), sockets: sockets.count() });
  const signIns = createSignIns({
    now,
    limits: limits.signIns ?? SIGN_IN_LIMITS,
    onEnd({ client }) {
      presence();
      options.onClientGone?.(client);
      for (const path of fileIds.forget(client))
        void rm(dirname(path), { recursive: true, force: true }).catch(() => {});
    },
  });
  const sockets: Sockets = createSockets({
    router: options.router,
    events: options.events,
    filesOf: fileIds.filesOf,
    version: options.version,
    onActivity: signIns.touch,
    onChange: presence,
    limits: { ...SOCKET_LIMITS, ...limits.sockets },
    log,
  });
  let url = '';
  const links = createOneTimeLinks({ lifetimeMs: limits.linkMs ?? LINK_MS, now });
  const announce = (token: string): void => options.announce(`${url}?token=${token}`);
  const by: SignInBy = isLoopback(host)
    ? { kind: 'link', links, announce }
    : { kind: 'password', hash: options.passwordHash, pace: createAttemptPace({ now }) };
  const hosts = createKnownHosts({ host, secure: tls !== null, certificateNames: tls?.names ?? [] });
  const parts: RequestParts = {
    hosts,
    cookie: () => cookie,
    signIns,
    signInRoutes: createSignInRoutes({ by, signIns, cookie: () => cookie, now, log, metrics }),
    files,
    uploads: createUploads({
      store,
      limits: { ...UPLOAD_LIMITS, ...limits.uploads },
      issue: fileIds.issue,
      log,
      metrics,
    }),
    state: createStateRoutes({ readiness: options.readiness, metrics: options.metricsText }),
    log,
    metrics,
  };

  const server = createHttpServer(createRequests(parts), tls, { ...HTTP_LIMITS, ...limits.http });
  server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, parts, sockets));
  let port: number;
  try {
    port = await listen(server, host, options.port);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  cookie = sessionCookie({ port, secure: tls !== null });
  url = `${tls === null ? 'http' : 'https'}://${hostInUrl(host)}:${port}/`;
  const sweep = setInterval(signIns.sweep, limits.sweepMs ?? SWEEP_MS);
  return {
    url,
    port,
    announce() {
      if (by.kind === 'link') announce(links.create());
      else options.announce(url);
    },
    async close() {
      clearInterval(sweep);
      sockets.close();
      await closeServer(server, limits.closeMs ?? CLOSE_MS);
      await store.close();
    },
  };
}

type Upgrade = Parameters<Sockets['take']>[0];

/** The same guards as for requests; browsers ask nobody whether a page may open a WebSocket to another site's server. */
function upgrade(
  request: Upgrade,
  socket: Duplex,
  head: Buffer,
  parts: RequestParts,
  sockets: Sockets,
): void {
  const { host, origin } = request.headers;
  socket.on('error', () => socket.destroy());
  const refuse = (status: string): void => {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  if (!parts.hosts.isOurs(host)) refuse('421 Misdirected Request');
  else if (!parts.hosts.isOwnOrigin(origin, host)) {
    parts.log.warn('foreign-socket', { reason: 'origin', address: request.socket.remoteAddress ?? '' });
    refuse('403 Forbidden');
  } else if (partsOf(request.url ?? '').path !== SOCKET_PATH) refuse('404 Not Found');
  else sockets.take(request, socket, head, signInOf(request, parts));
}

function closeServer(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
