import type { PostgresSettings } from './profile.ts';

/** A database address taken apart. The password is apart so that it can go its own way. */
export interface ReadAddress {
  settings: Pick<PostgresSettings, 'host' | 'port' | 'database' | 'user' | 'tls'>;
  password: string | null;
  /** Parameters of the address that were not taken: names only. */
  ignored: string[];
}

export type AddressReading = { ok: true; address: ReadAddress } | { ok: false; problem: string };

const FORM = 'Write it as postgresql://USER:PASSWORD@SERVER:5432/DATABASE.';
const TAKEN = new Set(['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'ssl']);

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…`, with everything that such addresses come with:
 * a Python driver's name (`postgresql+asyncpg`), percent-encoding, IPv6 in brackets, sockets (`?host=/var/run/…`,
 * `@%2Fvar%2Frun`, an empty host). Defaults are libpq's: https://www.postgresql.org/docs/current/libpq-connect.html.
 * A problem never quotes the address: it holds a password.
 */
export function readPostgresAddress(text: string): AddressReading {
  const match = /^postgres(?:ql)?(?:\+\w+)?:\/\/([^?]*)(?:\?(.*))?$/is.exec(text.trim());
  if (match === null)
    return { ok: false, problem: `This is not the address of a Postgres database. ${FORM}` };
  const [, place = '', query = ''] = match;
  const asked = new URLSearchParams(query);
  // A password that was not encoded may hold "@": the last one is where the server begins.
  const at = place.lastIndexOf('@');
  const [user = '', ...passwords] = place.slice(0, Math.max(at, 0)).split(':');
  const server = serverOf(place.slice(at + 1));
  if (server === null)
    return {
      ok: false,
      problem: `The server in this address cannot be read. ${FORM} Characters like @ : / # ? in the password are written as %40 %3A %2F %23 %3F.`,
    };
  const host = asked.get('host') ?? decoded(server.host);
  if (host.includes(','))
    return { ok: false, problem: 'The address names several servers. Enter the one that may be written to.' };
  const port = Number(asked.get('port') ?? (server.port === '' ? 5432 : server.port));
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return { ok: false, problem: `The port in this address is no number from 1 to 65535. ${FORM}` };
  const userName = asked.get('user') ?? decoded(user);
  if (userName === '') return { ok: false, problem: `There is no user name in this address. ${FORM}` };
  const password = asked.get('password') ?? (passwords.length === 0 ? null : decoded(passwords.join(':')));
  const database = asked.get('dbname') ?? decoded(server.database);
  return {
    ok: true,
    address: {
      settings: {
        host: host === '' ? 'localhost' : host,
        port,
        database: database === '' ? userName : database,
        user: userName,
        tls: tlsOf(asked.get('sslmode') ?? asked.get('ssl'), asked.has('sslrootcert')),
      },
      password: password === '' ? null : password,
      ignored: [...new Set(asked.keys())].filter((name) => !TAKEN.has(name)),
    },
  };
}

/** The part behind "@": `host:port/database`. */
function serverOf(text: string): { host: string; port: string; database: string } | null {
  const match = /^(\[[0-9a-f:.%]+\]|[^:/[\]]*)(?::(\d*))?(?:\/(.*))?$/i.exec(text);
  if (match === null) return null;
  const [, host = '', port = '', database = ''] = match;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port, database };
}

/** A "%" that begins no code stands for itself: passwords are pasted as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * libpq's six modes, `pg`'s `no-verify`, and the yes/no of other drivers. `require` encrypts without asking who
 * answers, unless an authority is named; `verify-ca` becomes `verify`, which looks at the name too; what promises
 * nothing (`allow`, `prefer`, nothing) is left to Accession.
 */
function tlsOf(mode: string | null, namesAuthority: boolean): PostgresSettings['tls'] {
  switch (mode?.toLowerCase()) {
    case 'disable':
    case 'false':
    case '0':
      return 'off';
    case 'require':
      return namesAuthority ? 'verify' : 'encrypt';
    case 'no-verify':
      return 'encrypt';
    case 'verify-ca':
    case 'verify-full':
    case 'true':
    case '1':
      return 'verify';
    default:
      return null;
  }
}

const MODES = { off: 'disable', encrypt: 'require', verify: 'verify-full' } as const;

/** The same as one address; without a password unless one is given. */
export function postgresAddressOf(
  { host, port, database, user, tls }: ReadAddress['settings'],
  password: string | null,
): string {
  const encode = encodeURIComponent;
  const login = password === null ? encode(user) : `${encode(user)}:${encode(password)}`;
  const socket = host.startsWith('/');
  const server = socket ? '' : `${host.includes(':') ? `[${host}]` : encode(host)}:${port}`;
  const parameters = [
    ...(socket ? [`host=${encode(host)}`, `port=${port}`] : []),
    ...(tls === null ? [] : [`sslmode=${MODES[tls]}`]),
  ];
  return `postgresql://${login}@${server}/${encode(database)}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}
