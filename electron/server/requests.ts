import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { SIGN_OUT_PATH, UPLOAD_PATH } from '../../shared/contract/upload.ts';
import { toAppError, traceOf } from '../../shared/errors.ts';
import type { SessionCookie } from './cookies.ts';
import type { DoorLog, DoorMetrics } from './door-log.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { PageFiles } from './page-files.ts';
import { redirect, respond, SIGN_IN_POLICY } from './respond.ts';
import { NEW_LINK_PATH, onwardPage, SIGN_IN_PATH, STYLE_PATH } from './sign-in-pages.ts';
import type { SignInRoutes } from './sign-in-routes.ts';
import type { SignIn, SignIns } from './sign-ins.ts';
import type { StateRoutes } from './state-routes.ts';
import type { Uploads } from './uploads.ts';

export interface RequestParts {
  hosts: KnownHosts;
  cookie: () => SessionCookie;
  signIns: SignIns;
  signInRoutes: SignInRoutes;
  files: PageFiles;
  uploads: Uploads;
  state: StateRoutes;
  log: DoorLog;
  metrics: DoorMetrics;
}

const POSTS: ReadonlySet<string> = new Set([SIGN_IN_PATH, NEW_LINK_PATH, SIGN_OUT_PATH, UPLOAD_PATH]);
const GETS: ReadonlySet<string> = new Set(['/', SIGN_IN_PATH, STYLE_PATH, '/healthz', '/readyz', '/metrics']);

/** Who asks; looked up once, for requests and for WebSockets alike. */
export function signInOf(
  request: IncomingMessage,
  { cookie, signIns }: Pick<RequestParts, 'cookie' | 'signIns'>,
): SignIn | null {
  return signIns.find(cookie().valueIn(request.headers.cookie));
}

/** Every request passes the same guards before anything of it is looked at: Host, method, and Origin where it changes something. */
export function createRequests(parts: RequestParts): RequestListener {
  const { hosts, log, metrics } = parts;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const { path, query } = partsOf(request.url ?? '');
    if (!hosts.isOurs(headers.host)) {
      respond(request, response, {
        status: 421,
        body: 'This server does not answer under that name. Use the address that it showed when it was started.\n',
      });
    } else if (method === 'POST') {
      if (hosts.isOwnOrigin(headers.origin, headers.host)) await post(request, response, path, query);
      else {
        log.warn('foreign-request', {
          reason: 'origin',
          route: routeOf(path),
          address: request.socket.remoteAddress ?? '',
        });
        respond(request, response, { status: 403, body: 'Only a page of Accession itself may send this.\n' });
      }
    } else if (method === 'GET' || method === 'HEAD') await get(request, response, path, query);
    else respond(request, response, { status: 405, headers: { allow: 'GET, HEAD, POST' } });
  }

  async function get(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const { signInRoutes, files, state } = parts;
    const stateAnswer = state.answer(path);
    if (stateAnswer !== null) {
      respond(request, response, await stateAnswer);
      return;
    }
    const by = signInOf(request, parts);
    const token = query.get('token');
    if (path === STYLE_PATH) signInRoutes.style(request, response);
    else if (path === '/' && token !== null && request.method === 'GET')
      signInRoutes.withToken(request, response, token, by);
    else if (path === SIGN_IN_PATH) {
      if (by === null) signInRoutes.ask(request, response);
      else redirect(request, response, '/');
    } else if (by === null) strangerAt(path, request, response);
    else if (!files(path, request, response))
      respond(request, response, { status: 404, body: 'Not found\n' });
  }

  /** A link on another site leads here without the cookie; see onwardPage. */
  function strangerAt(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (path !== '/') respond(request, response, { status: 401, body: 'Not signed in\n' });
    else if (request.headers['sec-fetch-site'] === 'cross-site')
      respond(request, response, {
        status: 200,
        type: 'text/html; charset=utf-8',
        body: onwardPage('/'),
        headers: { 'content-security-policy': SIGN_IN_POLICY },
      });
    else redirect(request, response, SIGN_IN_PATH);
  }

  async function post(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const { signInRoutes, uploads, signIns } = parts;
    const by = signInOf(request, parts);
    if (path === SIGN_IN_PATH) await signInRoutes.withPassword(request, response, by);
    else if (path === NEW_LINK_PATH) signInRoutes.newLink(request, response);
    else if (path === SIGN_OUT_PATH) signInRoutes.signOut(request, response, by);
    else if (path !== UPLOAD_PATH) respond(request, response, { status: 404, body: 'Not found\n' });
    else if (by === null) respond(request, response, { status: 401, body: 'Not signed in\n' });
    else {
      signIns.touch(by);
      await uploads.receive(request, response, query, by);
      signIns.touch(by);
    }
  }

  return (request, response) => {
    const correlationId = randomUUID();
    const startedAt = performance.now();
    const route = routeOf(partsOf(request.url ?? '').path);
    response.on('close', () => {
      const ms = Math.round(performance.now() - startedAt);
      metrics.request(route, response.statusCode, ms);
      const method = POSTS.has(route) || GETS.has(route) ? (request.method ?? '') : '';
      log.debug('request', { correlationId, method, route, status: response.statusCode, ms });
    });
    answer(request, response).catch((thrown: unknown) => {
      const error = toAppError(thrown);
      log.error('request-failed', { correlationId, route, code: error.code, trace: traceOf(error) });
      respond(request, response, { status: 500, body: 'Something went wrong inside Accession.\n' });
    });
  };
}

/** The path as it stands: nothing is decoded or resolved, so that nothing can be made of it but what is compared. */
export function partsOf(url: string): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

/** For log and metrics, where what strangers make up has no place. */
function routeOf(path: string): string {
  if (POSTS.has(path) || GETS.has(path)) return path;
  return /^\/assets\/[\w.-]{1,100}$/.test(path) ? '/assets' : 'other';
}
