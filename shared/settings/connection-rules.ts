import type { KafkaSettings, OpenAiSettings, PostgresSettings, ProfileKind, TLS_MODES } from './profile.ts';
import { areOnThisComputer, isThisComputer } from './this-computer.ts';

/*
 * Which connections a profile may make, decided once: a form refuses what breaks a rule, a test says so, and a load
 * does not begin. Nothing here depends on a server.
 */

export type TlsMode = (typeof TLS_MODES)[number];

/**
 * The encryption that a profile's database comes to: what it says, or else verified, but none on this computer
 * (loopback, socket). Naming an authority asks for verification there too. Sockets know no TLS.
 */
export function tlsModeOf({ host, tls, ca }: Pick<PostgresSettings, 'host' | 'tls' | 'ca'>): TlsMode {
  if (host.startsWith('/')) return 'off';
  return tls ?? (isThisComputer(host) && ca === null ? 'off' : 'verify');
}

/** Whether a production database's rows would be sent where nobody has proved who answers. */
export function postgresIsUnproven(
  settings: Pick<PostgresSettings, 'host' | 'tls' | 'ca'>,
  kind: ProfileKind,
): boolean {
  return kind === 'production' && !isThisComputer(settings.host) && tlsModeOf(settings) !== 'verify';
}

/**
 * `unproven`: production brokers that encrypt and do not prove who they are. `login-in-the-clear`: a password would
 * cross the network as it is (SASL PLAIN, RFC 4616). `certificate-unused`: a client certificate without encryption.
 * Null: none of these. Events hold ids and no names, so that brokers without TLS are allowed, and are remarked upon.
 */
export function kafkaRuleBroken(
  {
    brokers,
    tls,
    sasl,
    clientCertificate,
  }: Pick<KafkaSettings, 'brokers' | 'tls' | 'sasl' | 'clientCertificate'>,
  kind: ProfileKind,
): 'unproven' | 'login-in-the-clear' | 'certificate-unused' | null {
  const here = areOnThisComputer(brokers);
  if (sasl?.mechanism === 'plain' && tls === 'off' && !here) return 'login-in-the-clear';
  if (tls === 'encrypt' && kind === 'production' && !here) return 'unproven';
  return clientCertificate !== null && tls === 'off' ? 'certificate-unused' : null;
}

/** Whether a production profile's events leave this computer unencrypted: allowed, and to be shown wherever the profile is. */
export function kafkaIsUnencrypted(
  { brokers, tls }: Pick<KafkaSettings, 'brokers' | 'tls'>,
  kind: ProfileKind,
): boolean {
  return kind === 'production' && tls === 'off' && !areOnThisComputer(brokers);
}

/** Whether a production key would cross the network as it is. */
export function openAiKeyIsExposed({ baseUrl }: Pick<OpenAiSettings, 'baseUrl'>, kind: ProfileKind): boolean {
  return kind === 'production' && isUnencrypted(baseUrl);
}

/** `http://` to another computer. */
export function isUnencrypted(baseUrl: string | null): boolean {
  if (baseUrl === null) return false;
  const url = new URL(baseUrl);
  return url.protocol === 'http:' && !isThisComputer(url.hostname);
}
