import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface IssuedCertificate {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  key: string;
}

export interface TestAuthority {
  /** PEM of the authority itself. */
  certificate: string;
  /** `names` as openssl writes them, e.g. `DNS:localhost` or `IP:127.0.0.1`. */
  issue(commonName: string, names: string): IssuedCertificate;
}

/** An authority that nobody trusts, valid for a day, made with openssl (3 or newer). */
export function makeAuthority(name: string): TestAuthority {
  const authority = selfSigned(name, ['-addext', 'basicConstraints=critical,CA:TRUE']);
  return {
    certificate: authority.certificate,
    issue: (commonName, names) =>
      inFolder((folder) => {
        const ca = join(folder, 'ca.pem');
        const caKey = join(folder, 'ca.key');
        writeFileSync(ca, authority.certificate);
        writeFileSync(caKey, authority.key, { mode: 0o600 });
        return request(folder, commonName, [
          ...['-CA', ca, '-CAkey', caKey, '-addext', `subjectAltName=${names}`],
          ...['-addext', 'basicConstraints=critical,CA:FALSE'],
        ]);
      }),
  };
}

function selfSigned(commonName: string, options: string[]): IssuedCertificate {
  return inFolder((folder) => request(folder, commonName, options));
}

function request(folder: string, commonName: string, options: string[]): IssuedCertificate {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '1', '-subj', `/CN=${commonName}`, '-keyout', key, '-out', certificate, ...options],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'accession-certificates-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
