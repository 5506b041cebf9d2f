import { X509Certificate } from 'node:crypto';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { kafkaRuleBroken } from '../../../shared/settings/connection-rules.ts';
import type { KafkaSettings, ProfileKind, SecretPart } from '../../../shared/settings/profile.ts';
import type { SecretGetter } from '../../engine/connection-test-port.ts';
import type { KafkaOptions } from './kafka-client.ts';

/** How a profile's Kafka is reached, or why it must not or cannot be. `lacks`: the secret that was never entered. */
export type KafkaAccess =
  | { options: Omit<KafkaOptions, 'clientId'>; tls: ConnectionOptions | null }
  | { problem: ProbeProblem; lacks: SecretPart | null };

/**
 * A profile's Kafka as `createKafkaClient` takes it, for its test and for loads: what the one refuses the other
 * refuses, for the same reason. A password never leaves this computer in the clear (SASL PLAIN without TLS), and a
 * production broker has to prove who it is.
 */
export async function kafkaAccess(
  settings: KafkaSettings,
  kind: ProfileKind,
  secret: SecretGetter,
): Promise<KafkaAccess> {
  const { sasl, clientCertificate, brokers } = settings;
  const broken = kafkaRuleBroken(settings, kind);
  if (broken !== null) return REFUSED[broken];
  const password = sasl === null ? null : await secret('kafka-password');
  if (sasl !== null && (password ?? '') === '')
    return problem(
      'secret-missing',
      `The profile has a login for Kafka ("${sasl.username}"), but no password for it.`,
      'Enter the password for Kafka in the profile.',
      'kafka-password',
    );
  const key = clientCertificate === null ? null : await secret('kafka-client-key');
  if (clientCertificate !== null && (key ?? '') === '')
    return problem(
      'secret-missing',
      'The profile has a client certificate for Kafka, but not the private key that belongs to it.',
      'Enter the private key of the client certificate in the profile.',
      'kafka-client-key',
    );
  const tls = tlsOf(settings, key);
  if (tls !== null && !isUsable(tls))
    return problem(
      'certificate-unreadable',
      'The certificates for Kafka in the profile cannot be read, or the private key belongs to another one.',
      'Put the whole texts of the PEM files into the profile, with their lines -----BEGIN … and -----END ….',
    );
  return {
    tls,
    options: {
      brokers,
      security: securityOf(tls !== null, sasl !== null),
      ...(tls === null ? {} : { tls }),
      ...(sasl === null ? {} : { sasl: { ...sasl, password: password ?? '' } }),
    },
  };
}

function tlsOf(settings: KafkaSettings, key: string | null): ConnectionOptions | null {
  const { tls, ca, clientCertificate } = settings;
  if (tls === 'off') return null;
  return {
    rejectUnauthorized: tls === 'verify',
    ...(tls === 'verify' && ca !== null ? { ca } : {}),
    ...(clientCertificate === null || key === null ? {} : { cert: clientCertificate, key }),
  };
}

function isUsable({ ca, cert, key }: ConnectionOptions): boolean {
  try {
    if (typeof ca === 'string') new X509Certificate(ca);
    createSecureContext({ ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) });
    return true;
  } catch {
    return false;
  }
}

function securityOf(encrypted: boolean, login: boolean): NonNullable<KafkaOptions['security']> {
  if (login) return encrypted ? 'sasl_ssl' : 'sasl_plaintext';
  return encrypted ? 'ssl' : 'plaintext';
}

function problem(
  code: ProbeProblem['code'],
  message: string,
  hint: string,
  lacks: SecretPart | null = null,
): Extract<KafkaAccess, { problem: ProbeProblem }> {
  return { problem: { code, message, hint, fix: null }, lacks };
}

const REFUSED = {
  unproven: problem(
    'tls-forbidden',
    'The brokers of a production profile must prove who they are, and the profile switches that off for Kafka.',
    'Set the encryption of Kafka to "verify". Where its certificates come from an authority of your own, put that into the profile.',
  ),
  'login-in-the-clear': problem(
    'login-in-the-clear',
    'The login for Kafka would send its password unencrypted over the network (SASL PLAIN without TLS).',
    'Set the encryption of Kafka to "verify", or choose the login SCRAM-SHA-512, which never sends the password itself.',
  ),
  'certificate-unused': problem(
    'client-certificate',
    'The profile has a client certificate for Kafka, which cannot be shown without encryption.',
    'Set the encryption of Kafka to "verify", or take the certificate out of the profile.',
  ),
} as const;
