import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer, type Server } from 'node:net';

/** A server that quotes in its refusals whatever it was sent: the worst that a vendor's message can do. */
export interface EchoingServer {
  port: number;
  /** What it was sent, so that a test knows that the secret got there. */
  heard(): string;
  stop(): Promise<void>;
}

const listening = async (server: Server, heard: () => string): Promise<EchoingServer> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard,
    stop: async () => {
      server.close();
      if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections();
      await once(server, 'close');
    },
  };
};

/**
 * A Postgres that asks for the password in the clear and refuses it with its text in message, detail, hint and
 * context (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
export function startEchoingPostgres(sqlState: string): Promise<EchoingServer> {
  let heard = '';
  const server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', () => {
      client.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      client.once('data', (bytes: Buffer) => {
        const password = bytes.subarray(5, -1).toString();
        heard += password;
        const fields = {
          S: 'FATAL',
          V: 'FATAL',
          C: sqlState,
          M: `no: ${password}`,
          D: password,
          H: password,
          W: password,
        };
        const body = Object.entries(fields).map(([type, text]) => `${type}${text}\0`);
        const text = Buffer.from(`${body.join('')}\0`);
        const head = Buffer.alloc(5);
        head.write('E');
        head.writeInt32BE(text.length + 4, 1);
        client.end(Buffer.concat([head, text]));
      });
    });
  });
  return listening(server, () => heard);
}

/** An embedding service that refuses with the key and the texts in its answer, each time in another way. */
export function startEchoingOpenAi(): Promise<EchoingServer> {
  let heard = '';
  let requests = 0;
  const server = createHttp(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const said = `${request.headers.authorization} ${Buffer.concat(chunks)}`;
    heard += said;
    const status = [401, 400, 403, 500][requests % 4] ?? 401;
    requests += 1;
    const error = { message: `Incorrect: ${said}`, type: said, param: said, code: said };
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req' });
    response.end(JSON.stringify({ error }));
  });
  return listening(server, () => heard);
}
