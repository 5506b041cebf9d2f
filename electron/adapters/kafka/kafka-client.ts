import type { ConnectionOptions } from 'node:tls';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { AppError } from '../../../shared/errors.ts';
import { areOnThisComputer } from '../../../shared/settings/this-computer.ts';
import { mendRequestQueue } from './mend-request-queue.ts';

export interface KafkaOptions {
  /** `host:port` each. */
  brokers: readonly string[];
  clientId: string;
  /** KAFKA_SECURITY; plaintext when left out. */
  security?: KafkaSecurity | undefined;
  /** Needed where `security` asks for SASL. */
  sasl?: KafkaSasl | undefined;
  /** TLS beyond the system's own authorities, as Node takes it (ca, cert, key, servername). */
  tls?: ConnectionOptions | undefined;
  /** kafkajs' own lines, without their details; nothing is written anywhere else. */
  log?: ((level: 'error' | 'warn' | 'info' | 'debug', message: string) => void) | undefined;
}

export type KafkaSecurity = 'plaintext' | 'ssl' | 'sasl_plaintext' | 'sasl_ssl';

export interface KafkaSasl {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

const LEVELS = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'info',
  [logLevel.DEBUG]: 'debug',
} as const;

/**
 * A kafkajs client that neither prints nor tries for long: waiting between tries is the engine's. Throws
 * settings.invalid where the settings contradict each other or would send a password in the clear.
 */
export function createKafkaClient(options: KafkaOptions): Kafka {
  mendRequestQueue();
  const { log } = options;
  return new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    ...securityOf(options),
    connectionTimeout: 5_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: log === undefined ? logLevel.NOTHING : logLevel.WARN,
    logCreator:
      () =>
      ({ level, namespace, log: entry }) => {
        if (log === undefined || level === logLevel.NOTHING) return;
        log(LEVELS[level], `kafkajs ${namespace}: ${entry.message}`);
      },
  });
}

function securityOf(options: KafkaOptions): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  const security = options.security ?? 'plaintext';
  const encrypted = security === 'ssl' || security === 'sasl_ssl';
  const login = security === 'sasl_ssl' || security === 'sasl_plaintext';
  if (login !== (options.sasl !== undefined)) {
    throw new AppError({
      code: 'settings.invalid',
      message: login
        ? 'Kafka is to be reached with a login (SASL), but there is none in the settings.'
        : 'There is a login for Kafka in the settings, but KAFKA_SECURITY does not use it.',
      hint: 'Set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD together with KAFKA_SECURITY=sasl_ssl.',
    });
  }
  if (options.sasl?.mechanism === 'plain' && !encrypted && !areOnThisComputer(options.brokers)) {
    throw new AppError({
      code: 'settings.invalid',
      message:
        'The Kafka login would send its password unencrypted over the network (SASL PLAIN without TLS).',
      hint: 'Set KAFKA_SECURITY=sasl_ssl, or choose KAFKA_SASL_MECHANISM=scram-sha-512.',
    });
  }
  return {
    ...(encrypted ? { ssl: options.tls ?? true } : {}),
    ...(options.sasl === undefined ? {} : { sasl: saslOf(options.sasl) }),
  };
}

/** kafkajs types each mechanism on its own. */
function saslOf({ mechanism, username, password }: KafkaSasl): NonNullable<KafkaConfig['sasl']> {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}
