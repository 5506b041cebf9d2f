import { afterAll, beforeAll, describe, inject } from 'vitest';
import type {} from './global-setup.ts';
import { locateTestServices, which } from './locations.mjs';

interface Stoppable {
  stop: () => Promise<void>;
}

/**
 * A suite with a server of its own of a kind that the shared ones are not (TLS, logins, rights). Skipped where the
 * shared server of that kind is, where its program is not installed, and without openssl; the name says for want of what.
 */
export function describeWithOwnServer<Server extends Stoppable>(
  kind: 'postgres' | 'kafka',
  name: string,
  start: () => Promise<Server>,
  body: (server: () => Server) => void,
): void {
  const missing = reasonToSkip(kind);
  let running: Server | null = null;
  const server = (): Server => {
    if (running === null) throw new Error('The server is there in hooks and tests only.');
    return running;
  };
  if (missing !== null) {
    describe.skip(`${name} (skipped: ${missing})`, () => body(server));
    return;
  }
  describe(name, () => {
    beforeAll(async () => {
      running = await start();
    });
    afterAll(async () => {
      await running?.stop();
    });
    body(server);
  });
}

function reasonToSkip(kind: 'postgres' | 'kafka'): string | null {
  const shared = kind === 'postgres' ? inject('postgresUrl') : inject('kafkaBrokers');
  const title = kind === 'postgres' ? 'Postgres' : 'Kafka';
  if (shared === null || shared === undefined) return `no ${title}`;
  if (!locateTestServices()[kind].ready) return `${title} is not installed here`;
  return which('openssl') === null ? 'no openssl' : null;
}
