import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ErrorReport } from '../../shared/errors.ts';

/** Of the sign-in pages: a form and a style sheet, no script. */
export const SIGN_IN_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * With every answer. No Strict-Transport-Security: it would hold for every port of the host, on which others may
 * have something that speaks HTTP. `same-origin` instead of `no-referrer`: with the latter browsers send
 * `Origin: null` with a form, and the form could not be told from a stranger's (Fetch, "append a request Origin header").
 */
const SAFE_HEADERS: OutgoingHttpHeaders = {
  'content-security-policy': BARE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
};

/** How long somebody may go on sending what nobody reads. */
const LINGER_MS = 1_000;

export interface Answer {
  status: number;
  type?: string;
  body?: string | Uint8Array;
  headers?: OutgoingHttpHeaders;
}

/**
 * Sends an answer, once. What is left of the request's body is then thrown away for a moment, and the connection
 * ended if there is still more: to end it at once would take the answer from somebody who is still sending.
 */
export function respond(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const { status, type = 'text/plain; charset=utf-8', body = '', headers = {} } = answer;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'content-type': type,
    'content-length': bytes.byteLength,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes, () => endUnread(request));
}

export function respondJson(
  request: IncomingMessage,
  response: ServerResponse,
  answer: { status: number; value: unknown; headers?: OutgoingHttpHeaders },
): void {
  const { status, value, headers = {} } = answer;
  const body = `${JSON.stringify(value)}\n`;
  respond(request, response, { status, type: 'application/json; charset=utf-8', body, headers });
}

/** What went wrong, in the shape of the contract's errors. */
export function respondError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  error: ErrorReport,
): void {
  respondJson(request, response, { status, value: { error } });
}

/** 303: whatever the request was, the next one is a GET (RFC 9110, 15.4.4). */
export function redirect(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders = {},
): void {
  respond(request, response, { status: 303, headers: { ...headers, location: path } });
}

function isBodyLeft(request: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  return !request.complete && (encoding !== undefined || length !== '0');
}

function endUnread(request: IncomingMessage): void {
  if (!isBodyLeft(request)) return;
  request.on('error', () => {});
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.on('close', () => clearTimeout(timer));
}
