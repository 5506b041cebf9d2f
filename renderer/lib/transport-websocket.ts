import { SIGNED_OUT_CLOSE_CODE, SOCKET_PATH } from '../../shared/contract/protocol.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { connectionTexts } from '../texts/connection.ts';
import type { Transport } from './transport.ts';

/** The address of the backend's socket for a page at `pageUrl`: same host, and encrypted where the page is. */
export function socketUrl(pageUrl: string): string {
  const url = new URL(SOCKET_PATH, pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** The way of a page in a browser. `makeSocket` is there for tests. */
export function webSocketTransport(
  url: string,
  makeSocket: (url: string) => WebSocket = (address) => new WebSocket(address),
): Transport {
  return {
    mayDieSilently: true,
    connect(listener) {
      const socket = makeSocket(url);
      const ended = new AbortController();
      const { signal } = ended;

      socket.addEventListener('open', () => listener.onOpen(), { signal });
      socket.addEventListener('message', ({ data }) => listener.onMessage(parsed(data)), { signal });
      // An `error` says nothing that the `close` after it does not.
      socket.addEventListener(
        'close',
        ({ code }) => {
          ended.abort();
          const signedOut = code === SIGNED_OUT_CLOSE_CODE;
          listener.onClose({ error: signedOut ? signedOutError : null, final: signedOut });
        },
        { signal },
      );
      return {
        send(message) {
          if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
        },
        close() {
          ended.abort();
          socket.close();
        },
      };
    },
  };
}

const signedOutError: ErrorReport = {
  code: 'connection.refused',
  ...connectionTexts.signedOut,
  retryable: false,
};

/** Undefined for what is no JSON: the client takes it for what it is, a message of no use. */
function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
