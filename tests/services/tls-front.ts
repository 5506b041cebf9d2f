import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { IssuedCertificate } from './certificates.ts';

export interface TlsFront {
  /** Of 127.0.0.1. */
  port: number;
  stop: () => Promise<void>;
}

/** `SSLRequest` (https://www.postgresql.org/docs/current/protocol-message-formats.html): length 8, then this code. */
const SSL_REQUEST = 80_877_103;

/**
 * What a Postgres with `ssl = on` does at its door, before the Postgres on `port`, whose build for tests knows no
 * TLS (so does pgbouncer in production): says yes to an SSLRequest, proves who it is, and hands on what it decrypts.
 * Whoever asks for no TLS is handed on as he is.
 */
export async function startTlsFront(
  port: number,
  { certificate, key }: IssuedCertificate,
): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {}).on('close', () => sockets.delete(client));
    client.once('data', (first: Buffer) => {
      if (first.length !== 8 || first.readInt32BE(4) !== SSL_REQUEST) {
        join(client, port).write(first);
        return;
      }
      client.write('S');
      const secured = new TLSSocket(client, { isServer: true, cert: certificate, key });
      secured.on('error', () => client.destroy());
      join(secured, port);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function join(client: Socket, port: number): Socket {
  const server = connect(port, '127.0.0.1');
  server.on('error', () => client.destroy()).on('close', () => client.destroy());
  client.on('close', () => server.destroy());
  client.pipe(server).pipe(client);
  return server;
}
