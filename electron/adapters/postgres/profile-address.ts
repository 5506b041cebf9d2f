import { X509Certificate } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { postgresIsUnproven, tlsModeOf } from '../../../shared/settings/connection-rules.ts';
import type { PostgresSettings, ProfileKind } from '../../../shared/settings/profile.ts';
import type { ServerAddress } from './server-address.ts';

/**
 * A profile's database as `createPostgresConnection` takes it, for its test and for loads. Throws AppError `settings.invalid` where production
 * would go unverified beyond this computer, and where the authority is no certificate.
 */
export function profileAddress(
  settings: PostgresSettings,
  kind: ProfileKind,
  password: string | null,
): ServerAddress {
  if (postgresIsUnproven(settings, kind))
    throw new AppError({
      code: 'settings.invalid',
      message: `A production database must prove who it is, and the profile switches that off for ${settings.host}.`,
      hint: 'Set the encryption of the database to "verify". Where its certificate comes from an authority of your own, put that into the profile.',
    });
  const { host, port, database, user, ca } = settings;
  const mode = tlsModeOf(settings);
  if (mode === 'verify' && ca !== null && !isCertificate(ca))
    throw new AppError({
      code: 'settings.invalid',
      message: 'The certificate authority for the database is no certificate that can be read.',
      hint: 'Put the whole text of its PEM file into the profile, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    });
  return {
    host,
    port,
    database,
    user,
    password: password ?? '',
    ssl:
      mode === 'off'
        ? false
        : { rejectUnauthorized: mode === 'verify', ...(mode === 'verify' && ca !== null ? { ca } : {}) },
  };
}

/** `pg` reads the text only once it is connected, and throws then where nobody can catch it. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}
