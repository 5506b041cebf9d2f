import { expect, it } from 'vitest';
import { makeAuthority, type TestAuthority } from '../../../services/certificates.ts';
import { startPostgres } from '../../../services/postgres.ts';
import { describeWithOwnServer } from '../../../services/secure-services.ts';
import { startTlsFront } from '../../../services/tls-front.ts';
import { onlyProblem } from '../probe-target.ts';
import { postgresOf, prepare, probePostgres, run, targetOf } from './probing.ts';

/** `clerk` gets in over TLS only, which for this server, that knows none, means not at all. */
const HBA = `host all postgres all scram-sha-256
hostssl all all all scram-sha-256
`;

interface TlsPostgres {
  /** Of the server behind the TLS, which it does not know. */
  plainUrl: string;
  url: string;
  authority: TestAuthority;
  stop: () => Promise<void>;
}

async function start(): Promise<TlsPostgres> {
  const authority = makeAuthority('Accession test authority');
  const postgres = await startPostgres({ hba: HBA });
  await prepare(postgres.url);
  await run(postgres.url, `CREATE ROLE clerk LOGIN PASSWORD 'clerk'`);
  const front = await startTlsFront(
    Number(new URL(postgres.url).port),
    authority.issue('localhost', 'DNS:localhost'),
  );
  const url = new URL(postgres.url);
  url.port = String(front.port);
  return {
    plainUrl: postgres.url,
    url: url.toString(),
    authority,
    stop: async () => {
      await front.stop();
      await postgres.stop();
    },
  };
}

describeWithOwnServer('postgres', 'a test of a database with TLS', start, (server) => {
  const at = (change: Parameters<typeof targetOf>[1]) => targetOf(server().url, change);
  const port = () => postgresOf(server().url).port;
  const ca = () => server().authority.certificate;

  it('is green where the authority in the profile has signed for this host', async () => {
    const findings = await probePostgres(
      at({ postgres: { host: 'localhost', ca: ca() }, profile: { kind: 'production' } }),
    );
    expect(findings).toMatchObject({ state: 'ok', problems: [] });
    expect(findings.facts[0]).toBe('Encrypted (TLS), certificate verified by the authority in the profile.');
  });

  it('says that nobody here trusts the authority of the certificate', async () => {
    const findings = await probePostgres(at({ postgres: { host: 'localhost', tls: 'verify' } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'unknown-authority',
      message: `The certificate of localhost:${port()} is signed by an authority that this computer does not trust.`,
      hint: 'Put the certificate of its authority into the profile (a text that begins with -----BEGIN CERTIFICATE-----); whoever runs the server has it.',
    });
  });

  it('says that the authority in the profile is another one', async () => {
    const other = makeAuthority('Another authority').certificate;
    const findings = await probePostgres(at({ postgres: { host: 'localhost', ca: other } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'unknown-authority',
      message: `The certificate of localhost:${port()} is not signed by the authority that the profile names.`,
      hint: 'Put the right authority into the profile (a text that begins with -----BEGIN CERTIFICATE-----); whoever runs the server has it.',
    });
  });

  it('says that the certificate is for another host, of an address in numbers too', async () => {
    const findings = await probePostgres(at({ postgres: { host: '127.0.0.1', ca: ca() } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'wrong-name',
      message: `The certificate of 127.0.0.1:${port()} is for a server of another name than "127.0.0.1".`,
      hint: 'Use the name that stands in the certificate as host, or ask whoever runs the server for a certificate with this name.',
    });
  });

  it('says that the server lets nobody in without encryption', async () => {
    const findings = await probePostgres(
      at({ postgres: { host: '127.0.0.1', user: 'clerk', tls: 'off' }, password: 'clerk' }),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'tls-required',
      message: `The database server 127.0.0.1:${port()} lets nobody in without encryption, and the profile has it switched off.`,
      hint: 'Set the encryption of the database to "verify" in the profile, and test again.',
    });
  });

  it('keeps saying that an encrypted connection is not verified', async () => {
    const findings = await probePostgres(at({ postgres: { host: '127.0.0.1', tls: 'encrypt' } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'attention',
      code: 'tls-unverified',
      message: 'The connection is encrypted, but nobody checks that it is really 127.0.0.1 that answers.',
      hint: 'Set the encryption of the database to "verify" and put the certificate of its authority into the profile.',
    });
    expect(findings.facts[0]).toBe('Encrypted (TLS), certificate not verified.');
  });
});
