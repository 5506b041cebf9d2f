import { afterAll, beforeAll, describe, inject } from 'vitest';
import type {} from './global-setup.ts';
import { locateTestServices, which } from './locations.mjs';

type Kind = 'postgres' | 'kafka';

interface Stoppable {
  stop: () => Promise<void>;
}

/**
 * A suite with a server of its own of a kind that the shared ones are not (TLS, logins, rights), or with several that
 * `start` starts together. Skipped where the shared server of that kind is, where its program is not installed, and
 * without openssl; the name says for want of what.
 */
export function describeWithOwnServer<Server extends Stoppable>(
  kinds: Kind | readonly Kind[],
  name: string,
  start: () => Promise<Server>,
  body: (server: () => Server) => void,
): void {
  const missing =
    [kinds]
      .flat()
      .map(reasonToSkip)
      .find((reason) => reason !== null) ?? null;
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

function reasonToSkip(kind: Kind): string | null {
  const shared = kind === 'postgres' ? inject('postgresUrl') : inject('kafkaBrokers');
  const title = kind === 'postgres' ? 'Postgres' : 'Kafka';
  if (shared === null || shared === undefined) return `no ${title}`;
  if (!locateTestServices()[kind].ready) return `${title} is not installed here`;
  return which('openssl') === null ? 'no openssl' : null;
}
