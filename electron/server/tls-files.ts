import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { AppError } from '../../shared/errors.ts';

/** What the server proves its name with. */
export interface TlsFiles {
  /** PEM, with the chain behind it. */
  certificate: string;
  /** PEM. */
  key: string;
  /** The names and addresses the certificate is for. */
  names: readonly string[];
  /** How it could still be used but will soon not be; null where there is nothing to say. */
  warning: string | null;
}

const SOON_MS = 14 * 24 * 3_600_000;

/** Throws usage.invalid that names the file and what is wrong with it; never quotes what is in it. */
export async function readTlsFiles(certPath: string, keyPath: string, nowMs: number): Promise<TlsFiles> {
  const certificate = await read(certPath, '--tls-cert');
  const key = await read(keyPath, '--tls-key');
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch (cause) {
    throw wrong(
      `${certPath} holds no certificate.`,
      'Give --tls-cert a file in PEM form, with the chain.',
      cause,
    );
  }
  try {
    createSecureContext({ cert: certificate, key });
  } catch (cause) {
    throw wrong(
      `${keyPath} is not the key of the certificate in ${certPath}, is protected by a passphrase, or is none at all.`,
      'Give --tls-key the private key that belongs to the certificate, in PEM form and without a passphrase.',
      cause,
    );
  }
  const endsAt = Date.parse(parsed.validTo);
  if (endsAt <= nowMs)
    throw wrong(
      `The certificate in ${certPath} has expired (${parsed.validTo}), so browsers would not trust this server.`,
      'Have it renewed, then start Accession again.',
    );
  const warning =
    endsAt - nowMs < SOON_MS ? `The certificate in ${certPath} expires soon: ${parsed.validTo}.` : null;
  return { certificate, key, names: namesOf(parsed.subjectAltName ?? ''), warning };
}

/** Node writes it as `DNS:a.example, IP Address:192.0.2.1`. Quoted entries hold what no host name has. */
function namesOf(subjectAltName: string): string[] {
  return [...subjectAltName.matchAll(/(?:^|, )(?:DNS|IP Address):([^,"]+)/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name.toLowerCase()],
  );
}

async function read(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw wrong(
      `The file ${path} of ${option} cannot be read.`,
      'See that it exists and that this account may read it.',
      cause,
    );
  }
}

function wrong(message: string, hint: string, cause?: unknown): AppError {
  return new AppError({ code: 'usage.invalid', message, hint, cause });
}
