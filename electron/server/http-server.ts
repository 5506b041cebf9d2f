import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { AppError } from '../../shared/errors.ts';
import type { TlsFiles } from './tls-files.ts';

/** How long slow or silent peers are borne. */
export interface HttpLimits {
  /** For all of a request's headers. */
  headersMs: number;
  /** Without a byte in either direction; WebSockets have pings of their own. */
  silentMs: number;
  /** How often the former is looked at. */
  checkEveryMs: number;
  connections: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  silentMs: 60_000,
  checkEveryMs: 5_000,
  connections: 1_000,
};

/** Not listening yet. Bodies have limits of their own where they are read, so that a long upload is no slow request. */
export function createHttpServer(answer: RequestListener, tls: TlsFiles | null, limits: HttpLimits): Server {
  const options: ServerOptions = {
    headersTimeout: limits.headersMs,
    requestTimeout: 0,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: limits.checkEveryMs,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: true,
  };
  const server =
    tls === null
      ? createServer(options, answer)
      : createSecureServer(
          {
            ...options,
            cert: tls.certificate,
            key: tls.key,
            minVersion: 'TLSv1.2',
            handshakeTimeout: 10_000,
          },
          answer,
        );
  server.setTimeout(limits.silentMs);
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Browsers open connections before they have anything to ask. An answer on one would be taken for the answer to
    // its first request, however late that comes; of one that was closed they know that they need another.
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (isLate || !socket.writable) socket.destroy();
    // What is no HTTP at all.
    else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  return server;
}

/** Resolves to the port. Throws `serve.unavailable` where the address is taken, not this computer's or not allowed. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(cannotListen(error, host, port));
    server.once('error', onError);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number): AppError {
  const [message, hint] = reasonOf(cause.code, host, port);
  return new AppError({ code: 'serve.unavailable', message, hint, cause });
}

function reasonOf(code: string | undefined, host: string, port: number): [string, string] {
  switch (code) {
    case 'EADDRINUSE':
      return [
        `Port ${port} of ${host} is in use by another program, perhaps by an Accession that runs already.`,
        'Use the page of that one, end it, or choose another port: --port 0 takes any that is free.',
      ];
    case 'EACCES':
      return [`This account may not use port ${port}.`, 'Choose one above 1023, for example --port 8420.'];
    case 'EADDRNOTAVAIL':
      return [
        `${host} is not an address of this computer.`,
        'Give --host one of its addresses, or 0.0.0.0 for all of them.',
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        `There is no address for the name ${host}.`,
        'Give --host an address instead, or a name that resolves.',
      ];
    default:
      return [`Accession cannot listen at ${host}, port ${port}.`, 'Try another --host or --port.'];
  }
}
