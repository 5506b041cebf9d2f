import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { describeWithPostgres } from '../../../services/available.ts';
import { freePort } from '../../../services/supervised-process.ts';
import { CANARY, onlyProblem, targetWith } from '../probe-target.ts';
import { postgresOf, probePostgres, targetOf } from './probing.ts';

const HERE = { host: '127.0.0.1', database: 'library', user: 'loader' };
const SECRETS = { 'postgres-password': CANARY };

describe('a test of a database that cannot be reached', () => {
  const servers: Server[] = [];
  const listen = async (onConnection: Parameters<typeof createServer>[1]): Promise<number> => {
    const server = createServer(onConnection).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('says that there is no such host', async () => {
    const findings = await probePostgres(
      targetWith({ postgres: { ...HERE, host: 'no-such-host.invalid' } }, SECRETS),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'no-such-host',
      message: 'This computer finds no server of the name "no-such-host.invalid".',
      hint: 'Check the spelling of the host name, and that this computer is in the right network (some schools need a VPN).',
    });
  });

  it('says that the port is closed', async () => {
    const port = await freePort();
    const findings = await probePostgres(targetWith({ postgres: { ...HERE, port } }, SECRETS));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'port-closed',
      message: `Nothing answers on port ${port} of "127.0.0.1".`,
      hint: 'Check the port (Postgres usually has 5432), that the service is running, and that no firewall closes it.',
    });
  });

  it('says that something else answers there', async () => {
    const port = await listen((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    for (const tls of ['off', 'verify'] as const) {
      const findings = await probePostgres(targetWith({ postgres: { ...HERE, port, tls } }, SECRETS));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'wrong-service',
        message: `Something answers at 127.0.0.1:${port}, but not as a Postgres database does.`,
        hint: 'Check host and port: another program may listen there, or a proxy stands between.',
      });
    }
  });

  it('ends at once when it is aborted', async () => {
    const port = await listen((socket) => socket.on('error', () => {}));
    const abort = new AbortController();
    const test = probePostgres(targetWith({ postgres: { ...HERE, port } }, SECRETS), abort.signal);
    abort.abort(new Error('stopped'));
    await expect(test).rejects.toThrow('stopped');
  }, 20_000);

  it('sends nothing to a production database that would not have to prove who it is', async () => {
    for (const tls of ['off', 'encrypt'] as const) {
      const findings = await probePostgres(
        targetWith({ kind: 'production', postgres: { ...HERE, host: 'db.school.invalid', tls } }, SECRETS),
      );
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'tls-forbidden',
        message:
          'A production database must prove who it is, and the profile switches that off for db.school.invalid.',
        hint: 'Set the encryption of the database to "verify". Where its certificate comes from an authority of your own, put that into the profile.',
      });
    }
  });

  it('says that the authority in the profile is no certificate', async () => {
    const findings = await probePostgres(
      targetWith({ postgres: { ...HERE, tls: 'verify', ca: 'not a certificate' } }, SECRETS),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'certificate-unreadable',
      message: 'The certificate authority for the database is no certificate that can be read.',
      hint: 'Put the whole text of its PEM file into the profile, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    });
  });

  it('has nothing to reach in a sandbox', async () => {
    expect(await probePostgres(targetWith({ kind: 'sandbox' }))).toEqual({
      state: 'not-configured',
      version: null,
      facts: ['The database is inside Accession, on this computer: there is no server to reach.'],
      problems: [],
    });
  });
});

describeWithPostgres('a test of a database that does not let us in', (url) => {
  it('says that the password is wrong, without repeating it', async () => {
    const findings = await probePostgres(targetOf(url, { password: CANARY }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'login',
      message: 'The database does not accept the password of the user "postgres".',
      hint: 'Enter user and password again; if it stays so, ask whoever looks after the database whether they are still valid.',
    });
    expect(JSON.stringify(findings)).not.toContain(CANARY);
  });

  it('says that the password is missing', async () => {
    const findings = await probePostgres(targetWith({ postgres: postgresOf(url) }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'secret-missing',
      message: 'The database wants a password from the user "postgres", and the profile has none.',
      hint: 'Enter the password of the database in the profile.',
    });
  });

  it('says that there is no such database', async () => {
    const { host, port } = postgresOf(url);
    const findings = await probePostgres(targetOf(url, { postgres: { database: 'libary' } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'no-such-database',
      message: `The server ${host}:${port} has no database of the name "libary".`,
      hint: 'Correct the name of the database in the profile, or have the database created.',
    });
  });

  it('says that the server offers no encryption', async () => {
    const { host, port } = postgresOf(url);
    const findings = await probePostgres(targetOf(url, { postgres: { tls: 'verify' } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'tls-not-offered',
      message: `The database server ${host}:${port} offers no encryption, but the profile asks for it.`,
      hint: 'Set the encryption of the database to "off": on this computer nothing leaves it. Or switch TLS on in the server (ssl = on).',
    });
  });
});
