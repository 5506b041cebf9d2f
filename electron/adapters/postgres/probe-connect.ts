import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { tlsModeOf } from '../../../shared/settings/connection-rules.ts';
import { networkCodeOf, networkProblem } from '../../../shared/settings/network-problems.ts';
import type { PostgresSettings } from '../../../shared/settings/profile.ts';
import { isThisComputer } from '../../../shared/settings/this-computer.ts';
import { vendorErrorOf } from '../sql/sql-errors.ts';

/** SQLSTATEs with which a server turns somebody away at the door (errcodes-appendix of the Postgres manual). */
const STATES = {
  password: '28P01',
  authorization: '28000',
  database: '3D000',
  privilege: '42501',
  tooManyConnections: '53300',
  startingUp: '57P03',
} as const;

const ASK_FOR_TLS = 'Set the encryption of the database to "verify" in the profile, and test again.';

/**
 * Why there is no connection, of what `PostgresConnection` threw; null where the connection is not at fault.
 * Decides by codes; texts of the server only where two cases share one, and only the English of `pg_hba`.
 */
export function connectProblem(
  thrown: unknown,
  settings: PostgresSettings,
  hasPassword: boolean,
): ProbeProblem | null {
  const error = vendorErrorOf(thrown);
  const code = networkCodeOf(error);
  const message = error instanceof Error ? error.message : '';
  const { host, port, user, database } = settings;
  const server = `${host}:${port}`;
  const network = networkProblem(code, {
    what: 'The database server',
    host,
    port,
    usualPort: 'Postgres usually has 5432',
    ownAuthority: settings.ca !== null,
  });
  if (network !== null) return network;
  if (/does not support SSL connections/i.test(message))
    return problem(
      'tls-not-offered',
      `The database server ${server} offers no encryption, but the profile asks for it.`,
      isThisComputer(host)
        ? 'Set the encryption of the database to "off": on this computer nothing leaves it. Or switch TLS on in the server (ssl = on).'
        : 'Ask whoever looks after the database to switch TLS on (ssl = on).',
    );
  if (
    code === STATES.authorization &&
    tlsModeOf(settings) === 'off' &&
    /no encryption|SSL off/i.test(message)
  )
    return problem(
      'tls-required',
      `The database server ${server} lets nobody in without encryption, and the profile has it switched off.`,
      ASK_FOR_TLS,
    );
  if (code === STATES.password || /^SASL/.test(message))
    return hasPassword
      ? problem(
          'login',
          `The database does not accept the password of the user "${user}".`,
          'Enter user and password again; if it stays so, ask whoever looks after the database whether they are still valid.',
        )
      : problem(
          'secret-missing',
          `The database wants a password from the user "${user}", and the profile has none.`,
          'Enter the password of the database in the profile.',
        );
  if (code === STATES.authorization || code === STATES.privilege)
    return problem(
      'not-let-in',
      `The database server ${server} does not let the user "${user}" into the database "${database}" from this computer.`,
      'Ask whoever looks after the database to admit this user and this computer (pg_hba.conf, the rights LOGIN and CONNECT).',
    );
  if (code === STATES.database)
    return problem(
      'no-such-database',
      `The server ${server} has no database of the name "${database}".`,
      'Correct the name of the database in the profile, or have the database created.',
    );
  if (code === STATES.tooManyConnections || code === STATES.startingUp)
    return problem(
      'busy',
      `The database server ${server} takes no further connection at this moment.`,
      'Wait a minute and test again.',
    );
  if (/^(timeout|connection terminated due to connection timeout)/i.test(message))
    return networkProblem('ETIMEDOUT', {
      what: 'The database server',
      host,
      port,
      usualPort: '',
      ownAuthority: false,
    });
  // What answers in another language hangs up, sends nonsense, or breaks the handshake off.
  if (
    code === 'ECONNRESET' ||
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL_') ||
    /^(connection terminated|there was an error establishing an SSL)/i.test(message)
  )
    return problem(
      'wrong-service',
      `Something answers at ${server}, but not as a Postgres database does.`,
      'Check host and port: another program may listen there, or a proxy stands between.',
    );
  return null;
}

function problem(code: ProbeProblem['code'], message: string, hint: string): ProbeProblem {
  return { code, message, hint, fix: null };
}
