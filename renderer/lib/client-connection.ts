import { CONTRACT_VERSION } from '../../shared/contract/define.ts';
import { type ClientMessage, type ServerMessage, serverMessage } from '../../shared/contract/protocol.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { connectionTexts } from '../texts/connection.ts';
import { type ConnectionState, createObservable, type Observable } from './client-state.ts';
import { reconnectDelayMs, type Timing } from './timing.ts';
import type { Connection, Transport } from './transport.ts';

/** A backend that is being started opens its door late; this is for one that never will. */
const WELCOME_WITHIN_MS = 30_000;
/** A connection that stood this long was a good one: the next loss is the first again. */
const STABLE_AFTER_MS = 5_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 15_000;

/** What the client makes of a connection that comes and goes. */
export interface ConnectionUser {
  /** Welcomed: messages may be sent. */
  onOpen(server: string): void;
  onMessage(message: ServerMessage): void;
  /** Not connected any more, or an attempt failed. */
  onLost(error: ErrorReport): void;
}

export interface LastingConnection {
  readonly state: Observable<ConnectionState>;
  /** Dropped while the state is not `open`. */
  send(message: ClientMessage): void;
  /** Tries now instead of later, and after a refusal too. Does nothing while connecting or open. */
  retryNow(): void;
  /** Ends it for good. */
  close(): void;
}

/** Keeps a connection to the backend: greets, notices its end, and connects again, ever more patiently. */
export function keepConnected(transport: Transport, timing: Timing, user: ConnectionUser): LastingConnection {
  const state = createObservable<ConnectionState>({ kind: 'connecting' });
  let connection: Connection | null = null;
  let failures = 0;
  let closed = false;
  let open = false;
  let heard = false;
  const timers = new Set<() => void>();

  function later(ms: number, action: () => void): void {
    const stop = timing.after(ms, () => {
      timers.delete(stop);
      action();
    });
    timers.add(stop);
  }

  function stopTimers(): void {
    for (const stop of timers) stop();
    timers.clear();
  }

  function connect(): void {
    stopTimers();
    state.set({ kind: 'connecting' });
    later(WELCOME_WITHIN_MS, () => lose(lostBecause('noWelcome')));
    const own = transport.connect({
      onOpen: () => own.send({ kind: 'hello', contract: CONTRACT_VERSION }),
      onMessage: (message) => receive(message),
      onClose: ({ error, final }) => {
        if (final) refuse(error ?? lostBecause('lost'));
        else lose(error ?? lostBecause('lost'));
      },
    });
    connection = own;
  }

  function receive(raw: unknown): void {
    const parsed = serverMessage.safeParse(raw);
    // What is not understood is left alone: the answer that it may have been runs out, or comes again.
    if (!parsed.success) return;
    heard = true;
    const message = parsed.data;
    if (message.kind === 'refused') refuse(message.error);
    else if (message.kind === 'welcome') welcome(message);
    else if (open) user.onMessage(message);
  }

  function welcome({ contract, server, version }: Extract<ServerMessage, { kind: 'welcome' }>): void {
    // One that has been sent twice changes nothing.
    if (open) return;
    if (contract !== CONTRACT_VERSION) {
      refuse(lostBecause('otherVersion', 'connection.refused'));
      return;
    }
    open = true;
    stopTimers();
    later(STABLE_AFTER_MS, () => {
      failures = 0;
    });
    if (transport.mayDieSilently) later(PING_EVERY_MS, ping);
    // Before anybody hears of it: what they send then comes after what was to go on.
    user.onOpen(server);
    state.set({ kind: 'open', server, version });
  }

  function ping(): void {
    heard = false;
    connection?.send({ kind: 'ping' });
    later(PONG_WITHIN_MS, () => {
      if (heard) later(PING_EVERY_MS, ping);
      else lose(lostBecause('silent'));
    });
  }

  function drop(): void {
    stopTimers();
    open = false;
    connection?.close();
    connection = null;
  }

  function lose(error: ErrorReport): void {
    drop();
    failures += 1;
    const retryInMs = reconnectDelayMs(failures, timing.random());
    later(retryInMs, connect);
    state.set({ kind: 'lost', error, retryInMs });
    user.onLost(error);
  }

  function refuse(error: ErrorReport): void {
    drop();
    state.set({ kind: 'refused', error });
    user.onLost(error);
  }

  connect();
  return {
    state,
    send(message) {
      if (open) connection?.send(message);
    },
    retryNow() {
      const { kind } = state.get();
      if (!closed && (kind === 'lost' || kind === 'refused')) connect();
    },
    close() {
      if (closed) return;
      closed = true;
      refuse(lostBecause('closed', 'stopped'));
    },
  };
}

export function lostBecause(
  reason: keyof typeof connectionTexts,
  code: ErrorReport['code'] = 'connection.lost',
): ErrorReport {
  return { code, ...connectionTexts[reason], retryable: code === 'connection.lost' };
}
