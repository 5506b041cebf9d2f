import { beforeAll, expect, it } from 'vitest';
import { makeAuthority } from '../../../services/certificates.ts';
import { createTopics } from '../../../services/kafka-topics.ts';
import { type SecureKafkaUser, STRAY_PORT, startSecureKafka } from '../../../services/secure-kafka.ts';
import { describeWithOwnServer } from '../../../services/secure-services.ts';
import { CANARY, fixOf, onlyProblem } from '../probe-target.ts';
import { type KafkaInput, kafkaTarget, probeKafka, storedIn, topicsOf } from './probing.ts';

const TOPICS = topicsOf('secure');
const NAMES = Object.values(TOPICS);

describeWithOwnServer(
  'kafka',
  'a test of a Kafka with TLS, logins and rights',
  startSecureKafka,
  (server) => {
    beforeAll(async () => {
      await createTopics(server().open, NAMES);
      for (const topic of NAMES)
        for (const principal of ['User:loader', 'User:CN=accession-client'])
          await server().allow(principal, topic);
    });

    const ca = () => server().authority.certificate;
    const as = (
      user: SecureKafkaUser,
      password: string = server().passwordOf(user),
    ): [KafkaInput, { 'kafka-password': string }] => [
      {
        brokers: [server().saslTls],
        tls: 'verify',
        ca: ca(),
        sasl: { mechanism: 'plain', username: user },
        topics: TOPICS,
      },
      { 'kafka-password': password },
    ];

    it('is green over TLS with a login that may write, and stores nothing', async () => {
      const findings = await probeKafka(
        kafkaTarget(...as('loader'), {
          kind: 'production',
          postgres: { host: 'localhost', database: 'd', user: 'u' },
        }),
      );
      expect(findings).toMatchObject({ state: 'ok', problems: [] });
      expect(findings.facts.slice(0, 3)).toEqual([
        'Encrypted (TLS 1.3), certificate verified by the authority in the profile.',
        '1 broker in the cluster',
        'Logged in as loader (PLAIN)',
      ]);
      expect(await storedIn(server().open, NAMES)).toBe(0);
      expect(JSON.stringify(findings)).not.toContain(CANARY);
    });

    it('is green with a client certificate that may write', async () => {
      const { certificate, key } = server().client;
      const findings = await probeKafka(
        kafkaTarget(
          {
            brokers: [server().mutualTls],
            tls: 'verify',
            ca: ca(),
            clientCertificate: certificate,
            topics: TOPICS,
          },
          { 'kafka-client-key': key },
        ),
      );
      expect(findings).toMatchObject({ state: 'ok', problems: [] });
    });

    it('lets a password go unencrypted as far as this computer reaches', async () => {
      const [kafka, secrets] = as('loader');
      const findings = await probeKafka(
        kafkaTarget({ ...kafka, brokers: [server().sasl], tls: 'off', ca: null }, secrets),
      );
      expect(findings).toMatchObject({ state: 'ok', problems: [] });
    });

    it('says that the broker sends us on to an address that does not work', async () => {
      const findings = await probeKafka(kafkaTarget({ brokers: [server().stray], topics: TOPICS }));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'advertised-address',
        message: `A Kafka broker answers, but sends us on to the address 127.0.0.1:${STRAY_PORT}, which does not work from here. Nothing answers on port ${STRAY_PORT} of "127.0.0.1".`,
        hint: 'Ask whoever runs Kafka to set advertised.listeners to an address that this computer can reach.',
      });
    });

    it('says that a login is wrong, without repeating it', async () => {
      const findings = await probeKafka(kafkaTarget(...as('loader', `wrong-${CANARY}`)));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'login',
        message: `The Kafka brokers ${server().saslTls} do not accept the login of "loader".`,
        hint: 'Enter user name and password for Kafka again; if it stays so, ask whoever runs Kafka whether they are still valid.',
      });
      expect(JSON.stringify(findings)).not.toContain(CANARY);
    });

    it('says that the brokers know another kind of login', async () => {
      const [kafka, secrets] = as('loader');
      const findings = await probeKafka(
        kafkaTarget({ ...kafka, sasl: { mechanism: 'scram-sha-512', username: 'loader' } }, secrets),
      );
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'login-mechanism',
        message: `The Kafka brokers ${server().saslTls} do not know the kind of login that the profile uses (SCRAM-SHA-512).`,
        hint: 'Choose another kind of login in the profile; whoever runs Kafka knows which.',
      });
    });

    it('says that the brokers expect a login', async () => {
      const findings = await probeKafka(kafkaTarget({ brokers: [server().sasl], topics: TOPICS }));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'login-expected',
        message: `The Kafka brokers ${server().sasl} answer, but hang up on us before we say who we are: they expect a login.`,
        hint: 'Put the login for Kafka (SASL) into the profile; whoever runs Kafka has it.',
      });
    });

    it('names the topics to which the login may not write, and how to let it', async () => {
      const findings = await probeKafka(kafkaTarget(...as('stranger')));
      const listed = `${NAMES.slice(0, -1)
        .map((name) => `"${name}"`)
        .join(', ')} and "${NAMES.at(-1)}"`;
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'topic-right-missing',
        message: `Kafka does not let "User:stranger" write to the topics ${listed}.`,
        hint: 'Give the commands that go with this to whoever runs Kafka: they add the rights Write and Describe. Events wait until then.',
      });
      const fix = fixOf(findings);
      expect(fix?.kind === 'commands' ? fix.commands[0] : null).toBe(
        `kafka-acls.sh --bootstrap-server ${server().saslTls} --add --allow-principal User:stranger --operation Write --operation Describe --topic secure-books`,
      );
    });

    it('says that the broker speaks TLS only', async () => {
      const findings = await probeKafka(kafkaTarget({ brokers: [server().tls] }));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'tls-required',
        message: `The Kafka broker ${server().tls} speaks TLS only, and the profile has it switched off.`,
        hint: 'Set the encryption of Kafka to "verify" in the profile, or use the port for unencrypted connections.',
      });
    });

    it('says that nobody here trusts the authority of the certificate', async () => {
      const findings = await probeKafka(kafkaTarget({ brokers: [server().tls], tls: 'verify' }));
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'unknown-authority',
        message: `The certificate of ${server().tls} is signed by an authority that this computer does not trust.`,
        hint: 'Put the certificate of its authority into the profile (a text that begins with -----BEGIN CERTIFICATE-----); whoever runs the server has it.',
      });
    });

    it('says that the authority in the profile is another one', async () => {
      const other = makeAuthority('Another authority').certificate;
      const findings = await probeKafka(kafkaTarget({ brokers: [server().tls], tls: 'verify', ca: other }));
      expect(onlyProblem(findings)).toMatchObject({
        code: 'unknown-authority',
        message: `The certificate of ${server().tls} is not signed by the authority that the profile names.`,
      });
    });

    it('says that the certificate is for another host', async () => {
      const broker = server().tls.replace('127.0.0.1', 'localhost');
      const findings = await probeKafka(kafkaTarget({ brokers: [broker], tls: 'verify', ca: ca() }));
      expect(onlyProblem(findings)).toMatchObject({
        code: 'wrong-name',
        message: `The certificate of ${broker} is for a server of another name than "localhost".`,
      });
    });

    it('says that the broker wants a certificate of ours', async () => {
      const findings = await probeKafka(
        kafkaTarget({ brokers: [server().mutualTls], tls: 'verify', ca: ca() }),
      );
      expect(onlyProblem(findings)).toEqual({
        state: 'failed',
        code: 'client-certificate',
        message: `The Kafka broker ${server().mutualTls} does not accept the client certificate of the profile, or misses one.`,
        hint: 'Put the certificate and key that whoever runs Kafka has made for Accession into the profile.',
      });
    });

    it('says that certificate and key do not belong together', async () => {
      const { certificate } = server().client;
      const { key } = server().authority.issue('other', 'DNS:other');
      const findings = await probeKafka(
        kafkaTarget(
          { brokers: [server().mutualTls], tls: 'verify', ca: ca(), clientCertificate: certificate },
          { 'kafka-client-key': key },
        ),
      );
      expect(onlyProblem(findings)).toMatchObject({ code: 'certificate-unreadable' });
      expect(JSON.stringify(findings)).not.toContain('PRIVATE KEY');
    });

    it('keeps saying that an encrypted connection is not verified', async () => {
      const findings = await probeKafka(
        kafkaTarget({ brokers: [server().tls], tls: 'encrypt', topics: TOPICS }),
      );
      expect(onlyProblem(findings)).toMatchObject({ state: 'attention', code: 'tls-unverified' });
    });
  },
);
