import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { ClientFiles } from '../../shared/contract/handlers.ts';
import { SIGNED_OUT_CLOSE_CODE } from '../../shared/contract/protocol.ts';
import type { EventSource } from '../backend/event-hub.ts';
import type { Router } from '../backend/router.ts';
import { openSession } from '../backend/session.ts';
import type { DoorLog } from './door-log.ts';
import type { SignIn } from './sign-ins.ts';

/** RFC 6455 7.4.1 and IANA's WebSocket Close Code registry. */
const CLOSE = { goingAway: 1001, unsupportedData: 1003, tryAgainLater: 1013 } as const;

export interface SocketLimits {
  /** Of one message of a page; a profile import is the largest. */
  maxMessageBytes: number;
  /** What may wait for a page that does not read, until it is cut off; it then comes back and goes on where it was. */
  maxWaitingBytes: number;
  perClient: number;
  ofAll: number;
  /** A page that has not answered a ping by the next one is gone. */
  pingMs: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  maxWaitingBytes: 16 * 1024 * 1024,
  perClient: 20,
  ofAll: 400,
  pingMs: 30_000,
};

export interface Sockets {
  /**
   * Takes a checked upgrade over. `by` null: nobody is signed in, which the page is told by the close code, because
   * a browser does not show it why a handshake was refused.
   */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, by: SignIn | null): void;
  count(): number;
  /** Ends all of them. */
  close(): void;
}

/** Each WebSocket is one session of the contract, in JSON text frames. */
export function createSockets(options: {
  router: Router;
  events: EventSource;
  filesOf: (client: string) => ClientFiles;
  version: string;
  /** A page did something, which pings are not. */
  onActivity: (by: SignIn) => void;
  onChange: () => void;
  limits: SocketLimits;
  log: DoorLog;
}): Sockets {
  const { router, events, filesOf, version, onActivity, onChange, limits, log } = options;
  // Compression would give every page a memory of its own, and attackers a bomb (RFC 7692, 8).
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxMessageBytes,
  });
  const open = new Map<WebSocket, SignIn>();

  function serve(socket: WebSocket, by: SignIn): void {
    const session = openSession({
      client: by.client,
      router,
      events,
      version,
      files: filesOf(by.client),
      port: {
        send(message) {
          if (socket.readyState !== socket.OPEN) return;
          if (socket.bufferedAmount > limits.maxWaitingBytes) {
            log.warn('socket-slow', { client: by.client, bytes: socket.bufferedAmount });
            socket.terminate();
            return;
          }
          socket.send(JSON.stringify(message));
        },
        close: () => socket.close(),
      },
    });
    const signedOut = (): void => socket.close(SIGNED_OUT_CLOSE_CODE);
    const stopPings = keepAlive(socket, limits.pingMs);
    open.set(socket, by);
    onChange();
    socket.on('message', (data, isBinary) => {
      if (isBinary) {
        socket.close(CLOSE.unsupportedData);
        return;
      }
      const message = parsed(data);
      if (!isPing(message)) onActivity(by);
      session.receive(message);
    });
    socket.on('close', (code) => {
      stopPings();
      by.ended.removeEventListener('abort', signedOut);
      session.closed();
      open.delete(socket);
      onChange();
      log.debug('socket-closed', { client: by.client, status: code });
    });
    by.ended.addEventListener('abort', signedOut, { once: true });
    if (by.ended.aborted) signedOut();
    log.debug('socket-open', { client: by.client });
  }

  return {
    take(request, socket, head, by) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // What a broken frame or a lost network throws; `close` follows.
        webSocket.on('error', () => {});
        const own = by === null ? 0 : [...open.values()].filter((each) => each === by).length;
        if (by === null) webSocket.close(SIGNED_OUT_CLOSE_CODE);
        else if (own >= limits.perClient || open.size >= limits.ofAll) webSocket.close(CLOSE.tryAgainLater);
        else serve(webSocket, by);
      });
    },
    count: () => open.size,
    close() {
      for (const socket of open.keys()) socket.close(CLOSE.goingAway);
      server.close();
    },
  };
}

function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Undefined for what is no JSON; the session counts it as none of the protocol's. */
function parsed(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}

function isPing(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ping';
}
