import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { AppError } from '../../../shared/errors.ts';
import { isThisComputer } from '../../../shared/settings/this-computer.ts';

export interface ServerAddress {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** Always given to the driver, so that neither its own reading of `sslmode` nor PGSSLMODE decides. */
  ssl: false | ConnectionOptions;
}

/**
 * Reads a database address (`postgres://user:password@host:port/database?sslmode=…`) and decides about encryption
 * ourselves, because `pg` changes the meaning of `sslmode` between its versions and lets the address overrule its
 * caller. The rules:
 *
 * - no `sslmode` (or `allow`, `prefer`, which promise nothing): encrypted, and the server's certificate and name
 *   are verified; on this computer (loopback, socket) neither, since nothing leaves it;
 * - `disable`: not encrypted;
 * - `require`: encrypted without asking who answers, as the Postgres manual defines it, unless `sslrootcert`
 *   names an authority, which is then verified; `no-verify` never verifies;
 * - `verify-ca`: the authority is verified, the name is not; `verify-full`: both, on this computer too.
 *
 * `sslrootcert`, `sslcert` and `sslkey` name PEM files. Throws AppError `settings.invalid` without quoting the
 * address, which holds a password.
 */
export function readServerAddress(address: string): ServerAddress {
  const url = parse(address);
  const ask = (name: string): string | null => url.searchParams.get(name);
  const named = ask('host') ?? decode(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const host = named === '' ? 'localhost' : named;
  const port = Number(ask('port') ?? (url.port === '' ? '5432' : url.port));
  const user = ask('user') ?? decode(url.username);
  const database = ask('dbname') ?? decode(url.pathname.replace(/^\//, ''));
  if (!Number.isInteger(port) || user === '') throw unreadable();
  return {
    host,
    port,
    user,
    database: database === '' ? user : database,
    password: ask('password') ?? decode(url.password),
    ssl: encryption(host, ask),
  };
}

function parse(address: string): URL {
  // "postgresql+asyncpg:" and its kin name a Python driver; the old service's settings are full of them.
  const plain = address.trim().replace(/^(postgres(?:ql)?)\+\w+:/i, '$1:');
  if (!/^postgres(ql)?:\/\//i.test(plain)) throw unreadable();
  try {
    // A socket's address has no host between "@" and "/", which a URL may not lack once it has a user.
    return new URL(plain.replace('@/', '@localhost/'));
  } catch {
    throw unreadable();
  }
}

function unreadable(): AppError {
  return new AppError({
    code: 'settings.invalid',
    message: 'The database address cannot be read.',
    hint: 'Write it as postgres://USER:PASSWORD@SERVER:5432/DATABASE; characters like @ : / # in the password as %40 %3A %2F %23.',
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable();
  }
}

function encryption(host: string, ask: (name: string) => string | null): false | ConnectionOptions {
  const mode = ask('sslmode') ?? fromSslParameter(ask('ssl'));
  const known = ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca', 'verify-full'];
  if (mode !== null && !known.includes(mode)) {
    throw new AppError({
      code: 'settings.invalid',
      message: 'The database address has an sslmode that is not known.',
      hint: `Use one of ${known.join(', ')}, or leave sslmode out to have the server verified.`,
    });
  }
  if (mode === 'disable') return false;
  const rootCertificate = ask('sslrootcert');
  const decided =
    mode === 'require' || mode === 'no-verify' || mode === 'verify-ca' || mode === 'verify-full';
  if (!decided && rootCertificate === null && isThisComputer(host)) return false;

  const files: ConnectionOptions = {
    ...(rootCertificate === null || rootCertificate === 'system'
      ? {}
      : { ca: pem(rootCertificate, 'sslrootcert') }),
    ...pemOf('cert', ask('sslcert')),
    ...pemOf('key', ask('sslkey')),
  };
  if (mode === 'no-verify' || (mode === 'require' && rootCertificate === null)) {
    return { ...files, rejectUnauthorized: false };
  }
  const nameIsFree = mode === 'verify-ca' || mode === 'require';
  return {
    ...files,
    rejectUnauthorized: true,
    ...(nameIsFree ? { checkServerIdentity: () => undefined } : {}),
  };
}

/** asyncpg's `ssl=…` and the yes/no form of other drivers. */
function fromSslParameter(value: string | null): string | null {
  if (value === null) return null;
  if (value === 'true' || value === '1') return 'verify-full';
  return value === 'false' || value === '0' ? 'disable' : value;
}

function pemOf(name: 'cert' | 'key', path: string | null): ConnectionOptions {
  return path === null ? {} : { [name]: pem(path, `ssl${name}`) };
}

function pem(path: string, parameter: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError({
      code: 'settings.invalid',
      message: `The file that ${parameter} of the database address names cannot be read.`,
      hint: 'Check the path and that the file may be read.',
      cause,
    });
  }
}
