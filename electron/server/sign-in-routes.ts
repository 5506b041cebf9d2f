import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AttemptPace } from './attempt-pace.ts';
import type { SessionCookie } from './cookies.ts';
import type { DoorLog, DoorMetrics } from './door-log.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import { isPassword, LONGEST_PASSWORD_LENGTH, type PasswordHash } from './password.ts';
import { readForm } from './read-form.ts';
import { redirect, respond, SIGN_IN_POLICY } from './respond.ts';
import { linkPage, onwardPage, passwordPage, SIGN_IN_PATH, SIGN_IN_STYLE } from './sign-in-pages.ts';
import type { SignIn, SignIns } from './sign-ins.ts';

/** How people prove that they may come in. */
export type SignInBy =
  /** Whoever sees the terminal or its log. `announce` shows the address of a new token there. */
  | { kind: 'link'; links: OneTimeLinks; announce: (token: string) => void }
  /** `hash` is read anew each time: another password counts at once. */
  | { kind: 'password'; hash: () => Promise<PasswordHash | null>; pace: AttemptPace };

export interface SignInRoutes {
  style(request: IncomingMessage, response: ServerResponse): void;
  /** The page of somebody who is not signed in. */
  ask(request: IncomingMessage, response: ServerResponse, status?: number, problem?: string): void;
  withToken(request: IncomingMessage, response: ServerResponse, token: string, known: SignIn | null): void;
  withPassword(request: IncomingMessage, response: ServerResponse, known: SignIn | null): Promise<void>;
  /** Shows a new link where the server was started, never to who asks for it. */
  newLink(request: IncomingMessage, response: ServerResponse): void;
  signOut(request: IncomingMessage, response: ServerResponse, known: SignIn | null): void;
}

const HTML = 'text/html; charset=utf-8';
/** A stranger must not fill the terminal. */
const LINK_EVERY_MS = 10_000;

export function createSignInRoutes(options: {
  by: SignInBy;
  signIns: SignIns;
  cookie: () => SessionCookie;
  now: () => number;
  log: DoorLog;
  metrics: DoorMetrics;
}): SignInRoutes {
  const { by, signIns, cookie, now, log, metrics } = options;
  let linkShownAt = Number.NEGATIVE_INFINITY;

  function page(request: IncomingMessage, response: ServerResponse, status: number, body: string): void {
    const headers = { 'content-security-policy': SIGN_IN_POLICY };
    respond(request, response, { status, type: HTML, body, headers });
  }

  function ask(request: IncomingMessage, response: ServerResponse, status = 200, problem?: string): void {
    const write = by.kind === 'password' ? passwordPage : linkPage;
    page(request, response, status, write(problem ?? null));
  }

  /** Always under a new cookie: one that was there before may have been planted. */
  function begin(known: SignIn | null): string {
    if (known !== null) signIns.end(known);
    const { cookie: value, signIn } = signIns.begin();
    metrics.signIn('ok');
    log.info('signed-in', { client: signIn.client });
    return cookie().set(value);
  }

  function refused(request: IncomingMessage, reason: string): void {
    metrics.signIn('refused');
    log.warn('sign-in-refused', { reason, address: addressOf(request) });
  }

  async function tryPassword(
    request: IncomingMessage,
    response: ServerResponse,
    known: SignIn | null,
    { hash, pace }: Extract<SignInBy, { kind: 'password' }>,
  ): Promise<void> {
    const address = addressOf(request);
    const password = (await readForm(request))?.get('password');
    if (password === undefined || password === null || password.length > LONGEST_PASSWORD_LENGTH) {
      ask(request, response, 400, 'The form did not arrive whole. Try again.');
      return;
    }
    const waitMs = pace.begin(address);
    if (waitMs > 0) {
      metrics.signIn('slowed-down');
      log.warn('sign-in-slowed-down', { address, ms: Math.round(waitMs) });
      const seconds = Math.ceil(waitMs / 1000);
      response.setHeader('retry-after', seconds);
      ask(request, response, 429, `That was tried too often. Try again in ${inWords(seconds)}.`);
      return;
    }
    const saved = await hash();
    if (saved === null || !(await isPassword(password, saved))) {
      refused(request, 'password');
      ask(request, response, 403, 'This is not the password.');
      return;
    }
    pace.succeeded(address);
    redirect(request, response, '/', { 'set-cookie': begin(known) });
  }

  return {
    ask,
    style(request, response) {
      respond(request, response, { status: 200, type: 'text/css; charset=utf-8', body: SIGN_IN_STYLE });
    },
    withToken(request, response, token, known) {
      if (by.kind === 'link' && by.links.redeem(token)) {
        response.setHeader('set-cookie', begin(known));
        page(request, response, 200, onwardPage('/'));
      } else if (known !== null) {
        // A bookmark or a reload of the address that was signed in with.
        redirect(request, response, '/');
      } else {
        refused(request, 'link');
        ask(request, response, 403, 'This address was used already, or has expired.');
      }
    },
    async withPassword(request, response, known) {
      if (by.kind === 'password') await tryPassword(request, response, known, by);
      else ask(request, response, 404);
    },
    newLink(request, response) {
      if (by.kind !== 'link' || now() - linkShownAt < LINK_EVERY_MS) {
        ask(request, response, 429, 'An address was shown just now. Look there again.');
        return;
      }
      linkShownAt = now();
      by.announce(by.links.create());
      ask(request, response, 200, 'A new address is shown where Accession was started.');
    },
    signOut(request, response, known) {
      if (known !== null) {
        log.info('signed-out', { client: known.client });
        signIns.end(known);
      }
      redirect(request, response, SIGN_IN_PATH, { 'set-cookie': cookie().clear() });
    },
  };
}

/** The peer's own; what a header says of it could be made up. */
function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'unknown';
}

function inWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
