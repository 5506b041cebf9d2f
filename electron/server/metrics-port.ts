import { createHttpServer, HTTP_LIMITS, listen } from './http-server.ts';
import { respond } from './respond.ts';

/** A port of its own for a collector that shall not see the rest: nothing but /metrics, and nothing but counts in it. */
export async function openMetricsPort(
  host: string,
  port: number,
  text: () => Promise<{ type: string; body: string }>,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createHttpServer(
    (request, response) => {
      const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
      if (!isAsked) {
        respond(request, response, { status: 404, body: 'Not found\n' });
        return;
      }
      text().then(
        (answer) => respond(request, response, { status: 200, ...answer }),
        () => respond(request, response, { status: 503 }),
      );
    },
    null,
    { ...HTTP_LIMITS, connections: 50 },
  );
  const opened = await listen(server, host, port);
  return {
    port: opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
