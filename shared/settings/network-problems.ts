import type { ProbeProblem } from '../contract/profile-test.ts';

/** What is being reached, as it is named in sentences. */
export interface ReachedServer {
  /** Begins a sentence, e.g. "The database server". */
  what: string;
  host: string;
  port: number;
  /** What usually stands on that port, for the hint, e.g. "Postgres usually has 5432". */
  usualPort: string;
  /** True where the profile brings a certificate authority of its own. */
  ownAuthority: boolean;
}

/** OpenSSL's names for a chain that ends at nobody we trust (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const UNKNOWN_AUTHORITY: readonly string[] = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
];
const NO_ANSWER: readonly string[] = [
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * What a failed connection means, by Node's or OpenSSL's own `code` for it; null where the code says nothing
 * about the network or a certificate.
 */
export function networkProblem(code: string, server: ReachedServer): ProbeProblem | null {
  const { what, host, port, usualPort, ownAuthority } = server;
  const problem = (name: ProbeProblem['code'], message: string, hint: string): ProbeProblem => ({
    code: name,
    message,
    hint,
    fix: null,
  });
  // A name service that cannot be asked (EAI_AGAIN) looks the same to whoever mistyped a name.
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return problem(
      'no-such-host',
      `This computer finds no server of the name "${host}".`,
      'Check the spelling of the host name, and that this computer is in the right network (some schools need a VPN).',
    );
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return problem(
      'port-closed',
      `Nothing answers on port ${port} of "${host}".`,
      `Check the port (${usualPort}), that the service is running, and that no firewall closes it.`,
    );
  if (NO_ANSWER.includes(code))
    return problem(
      'no-answer',
      `${what} ${host}:${port} does not answer.`,
      'Check host and port, that this computer is in the right network, and that no firewall stands between.',
    );
  if (UNKNOWN_AUTHORITY.includes(code))
    return problem(
      'unknown-authority',
      ownAuthority
        ? `The certificate of ${host}:${port} is not signed by the authority that the profile names.`
        : `The certificate of ${host}:${port} is signed by an authority that this computer does not trust.`,
      `${ownAuthority ? 'Put the right authority into the profile' : 'Put the certificate of its authority into the profile'} (a text that begins with -----BEGIN CERTIFICATE-----); whoever runs the server has it.`,
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return problem(
      'wrong-name',
      `The certificate of ${host}:${port} is for a server of another name than "${host}".`,
      'Use the name that stands in the certificate as host, or ask whoever runs the server for a certificate with this name.',
    );
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return problem(
      'certificate-expired',
      `The certificate of ${host}:${port} is not valid today.`,
      'Check the date of this computer; if it is right, whoever runs the server must renew the certificate.',
    );
  return null;
}

/** The `code` of an error, or of the first one in its causes and aggregated errors that has one; '' where none has. */
export function networkCodeOf(thrown: unknown, depth = 0): string {
  if (typeof thrown !== 'object' || thrown === null || depth > 8) return '';
  if ('code' in thrown && typeof thrown.code === 'string' && thrown.code !== '') return thrown.code;
  if ('errors' in thrown && Array.isArray(thrown.errors)) {
    for (const one of thrown.errors) {
      const code = networkCodeOf(one, depth + 1);
      if (code !== '') return code;
    }
  }
  return 'cause' in thrown ? networkCodeOf(thrown.cause, depth + 1) : '';
}
