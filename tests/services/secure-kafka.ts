import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { type IssuedCertificate, makeAuthority, type TestAuthority } from './certificates.ts';
import { startBroker } from './kafka.ts';
import { withAdmin } from './kafka-admin.ts';
import { freePort, withRetries } from './supervised-process.ts';

export interface SecureKafka {
  /** Listeners by what they ask for, `127.0.0.1:port` each. */
  open: string;
  sasl: string;
  saslTls: string;
  tls: string;
  /** TLS that insists on a certificate of the client's. */
  mutualTls: string;
  /** Open, but sends everybody on to an address where nothing is. */
  stray: string;
  authority: TestAuthority;
  /** For `CN=accession-client`, of the same authority. */
  client: IssuedCertificate;
  /** SASL PLAIN: what a user may do is for `allow` to say. */
  passwordOf: (user: SecureKafkaUser) => string;
  /** Rights Write and Describe on a topic. */
  allow(principal: string, topic: string): Promise<void>;
  stop: () => Promise<void>;
}

export type SecureKafkaUser = 'loader' | 'stranger';

const PASSWORDS: Readonly<Record<SecureKafkaUser, string>> = {
  loader: 'loader-pass-c4nary',
  stranger: 'stranger-pass-c4nary',
};

/**
 * A real broker with every kind of listener and with rights that are checked (KRaft's StandardAuthorizer). Whoever
 * comes over the open listener is ANONYMOUS and may do everything; anybody else may do what `allow` allows.
 */
export async function startSecureKafka(): Promise<SecureKafka> {
  const authority = makeAuthority('Accession test authority');
  const server = authority.issue('kafka', 'IP:127.0.0.1');
  const client = authority.issue('accession-client', 'DNS:accession-client');
  return await withRetries(3, async () => {
    const [open = 0, sasl = 0, saslTls = 0, tls = 0, mutualTls = 0, stray = 0, controller = 0] =
      await Promise.all(Array.from({ length: 7 }, freePort));
    const ports = { open, sasl, saslTls, tls, mutualTls, stray, controller };
    const { stop } = await startBroker(open, ({ folder, dataDir }) => {
      writeFileSync(join(folder, 'keystore.pem'), `${server.key}${server.certificate}`);
      writeFileSync(join(folder, 'truststore.pem'), authority.certificate);
      return properties(ports, folder, dataDir);
    });
    const at = (port: number): string => `127.0.0.1:${port}`;
    return {
      open: at(open),
      sasl: at(sasl),
      saslTls: at(saslTls),
      tls: at(tls),
      mutualTls: at(mutualTls),
      stray: at(stray),
      authority,
      client,
      passwordOf: (user) => PASSWORDS[user],
      allow: (principal, topic) => allow(at(open), principal, topic),
      stop,
    };
  });
}

/** tcpmux, which nobody has any more. */
export const STRAY_PORT = 1;

type Ports = Record<'open' | 'sasl' | 'saslTls' | 'tls' | 'mutualTls' | 'stray' | 'controller', number>;

function properties(ports: Ports, folder: string, dataDir: string): string {
  const listeners = [
    ['OPEN', ports.open],
    ['SASL', ports.sasl],
    ['SASLTLS', ports.saslTls],
    ['TLS', ports.tls],
    ['MUTUAL', ports.mutualTls],
    ['STRAY', ports.stray],
  ] as const;
  const addresses = listeners.map(([name, port]) => `${name}://127.0.0.1:${port}`).join(',');
  const users = Object.entries(PASSWORDS).map(([user, password]) => `user_${user}="${password}"`);
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`;
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${ports.controller}`,
    `listeners=${addresses},CONTROLLER://127.0.0.1:${ports.controller}`,
    `advertised.listeners=${addresses.replace(`:${ports.stray}`, `:${STRAY_PORT}`)}`,
    'listener.security.protocol.map=OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,SASLTLS:SASL_SSL,TLS:SSL,MUTUAL:SSL,STRAY:PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=OPEN',
    `log.dirs=${dataDir}`,
    'auto.create.topics.enable=false',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=1',
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // The broker itself, as controller and as broker, and the tests that prepare things.
    'super.users=User:ANONYMOUS',
    'sasl.enabled.mechanisms=PLAIN',
    `listener.name.sasl.plain.sasl.jaas.config=${jaas}`,
    `listener.name.sasltls.plain.sasl.jaas.config=${jaas}`,
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${join(folder, 'keystore.pem')}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${join(folder, 'truststore.pem')}`,
    'listener.name.mutual.ssl.client.auth=required',
    '',
  ].join('\n');
}

async function allow(brokers: string, principal: string, topic: string): Promise<void> {
  await withAdmin(brokers, (admin) =>
    admin.createAcls({
      acl: [AclOperationTypes.WRITE, AclOperationTypes.DESCRIBE].map((operation) => ({
        resourceType: AclResourceTypes.TOPIC,
        resourceName: topic,
        resourcePatternType: ResourcePatternTypes.LITERAL,
        principal,
        host: '*',
        operation,
        permissionType: AclPermissionTypes.ALLOW,
      })),
    }),
  );
}
