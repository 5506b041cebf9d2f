import { makeAuthority } from '../../services/certificates.ts';
import { freePort } from '../../services/supervised-process.ts';
import type { Bench, Breakage } from './breakage.ts';
import { choose, enter, enterSecret, section } from './profile-steps.ts';
import { KAFKA_USER } from './school.ts';

/** What keeps servers from being reached; the parts are broken together, and each must speak for itself. */
export function serverBreakages(): Breakage[] {
  return [noSuchHost(), portClosed(), tlsMismatch(), unknownAuthority()];
}

interface Address {
  host: string;
  port: number;
}

/** A secret is never handed to another server than it was entered for, so that it is entered again with each. */
async function databaseAt({ page, school }: Bench, { host, port }: Address): Promise<void> {
  const panel = await section(page, 'Postgres');
  await enter(panel, 'Server', host);
  await enter(panel, 'Port', String(port));
  await enterSecret(panel, 'Password', school.postgres.password);
}

async function brokersAt({ page, school }: Bench, brokers: string): Promise<void> {
  const panel = await section(page, 'Kafka');
  await enter(panel, 'Brokers', brokers);
  await enterSecret(panel, 'Password', school.kafka.passwordOf(KAFKA_USER));
}

async function embeddingsAt({ page, school }: Bench, baseUrl: string): Promise<void> {
  const panel = await section(page, 'OpenAI');
  await enter(panel, 'Address', baseUrl);
  await enterSecret(panel, 'API key', school.openaiKey);
}

async function allAtHome(bench: Bench): Promise<void> {
  const { postgres, kafka, openai } = bench.school;
  await databaseAt(bench, { host: 'localhost', port: postgres.port });
  await brokersAt(bench, kafka.saslTls);
  await embeddingsAt(bench, openai.baseUrl);
}

function noSuchHost(): Breakage {
  const mend = 'Check the spelling of the host name, and that this computer is in the right network';
  const named = (host: string) => ({
    message: `This computer finds no server of the name "${host}".`,
    mend,
  });
  return {
    name: 'no such host',
    async break(bench) {
      await databaseAt(bench, { host: 'no-such-database.invalid', port: 5432 });
      await brokersAt(bench, 'no-such-broker.invalid:9093');
      await embeddingsAt(bench, 'https://no-such-service.invalid/v1');
    },
    shows: () => ({
      Postgres: named('no-such-database.invalid'),
      Kafka: named('no-such-broker.invalid'),
      OpenAI: named('no-such-service.invalid'),
    }),
    mend: allAtHome,
  };
}

function portClosed(): Breakage {
  let [database, broker, service] = [0, 0, 0];
  const closed = (port: number, mend: string) => ({ message: `Nothing answers on port ${port} of `, mend });
  return {
    name: 'port closed',
    async break(bench) {
      [database, broker, service] = await Promise.all([freePort(), freePort(), freePort()]);
      await databaseAt(bench, { host: 'localhost', port: database });
      await brokersAt(bench, `127.0.0.1:${broker}`);
      await embeddingsAt(bench, `http://127.0.0.1:${service}/v1`);
    },
    shows: () => ({
      Postgres: closed(database, 'Check the port (Postgres usually has 5432)'),
      Kafka: closed(broker, 'Check the port (Kafka usually has 9092, with TLS often 9093 or 9094)'),
      OpenAI: closed(service, 'Check the port (it stands in the address in the profile)'),
    }),
    mend: allAtHome,
  };
}

function tlsMismatch(): Breakage {
  return {
    name: 'TLS mismatch',
    async break(bench) {
      // One that offers none where the profile asks for it, and one that insists where the profile does without.
      await databaseAt(bench, { host: 'localhost', port: bench.school.postgres.plainPort });
      await choose(await section(bench.page, 'Kafka'), 'Encryption', 'Off');
    },
    shows: ({ school }) => ({
      Postgres: {
        message: `The database server localhost:${school.postgres.plainPort} offers no encryption, but the profile asks for it.`,
        mend: 'Or switch TLS on in the server (ssl = on).',
      },
      Kafka: {
        message: `The Kafka broker ${school.kafka.saslTls} speaks TLS only, and the profile has it switched off.`,
        mend: 'Set the encryption of Kafka to "verify" in the profile',
      },
    }),
    async mend(bench) {
      await databaseAt(bench, { host: 'localhost', port: bench.school.postgres.port });
      await choose(await section(bench.page, 'Kafka'), 'Encryption', 'Verified');
    },
  };
}

function unknownAuthority(): Breakage {
  const field = 'Certificate authority';
  return {
    name: 'unknown CA',
    async break({ page }) {
      await enter(await section(page, 'Postgres'), field, '');
      const other = makeAuthority('Another authority').certificate;
      await enter(await section(page, 'Kafka'), field, other);
    },
    shows: ({ school }) => ({
      Postgres: {
        message: `The certificate of localhost:${school.postgres.port} is signed by an authority that this computer does not trust.`,
        mend: 'Put the certificate of its authority into the profile',
      },
      Kafka: {
        message: `The certificate of ${school.kafka.saslTls} is not signed by the authority that the profile names.`,
        mend: 'Put the right authority into the profile',
      },
    }),
    mend: enterAuthorities,
  };
}

/** Neither is known to this computer, and a `.env` has no place for them. */
export async function enterAuthorities({ page, school }: Pick<Bench, 'page' | 'school'>): Promise<void> {
  const field = 'Certificate authority';
  await enter(await section(page, 'Postgres'), field, school.postgres.ca);
  await enter(await section(page, 'Kafka'), field, school.kafka.authority.certificate);
}
