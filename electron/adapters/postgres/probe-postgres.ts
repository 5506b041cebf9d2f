import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import { postgresIsUnproven, tlsModeOf } from '../../../shared/settings/connection-rules.ts';
import type { PostgresSettings, SavedProfile } from '../../../shared/settings/profile.ts';
import { isThisComputer } from '../../../shared/settings/this-computer.ts';
import type { ConnectionProbe, ProbeFindings } from '../../engine/connection-test-port.ts';
import type { QueueDatabase } from '../sql/queue-database.ts';
import { createSchema } from '../sql/schema.ts';
import { readSchemaState } from '../sql/schema-state.ts';
import type { ChunkJobs, SqlSession } from '../sql/session.ts';
import { createPostgresConnection, type PostgresConnection } from './postgres-connection.ts';
import { connectProblem } from './probe-connect.ts';
import { trialInsert } from './probe-insert.ts';
import { examineRights } from './probe-rights.ts';
import { dimensionsProblem, schemaProblems } from './probe-schema.ts';
import { profileAddress } from './profile-address.ts';

export interface PostgresProbeOptions {
  /** The queue keeps its tables in the same database. */
  createJobs: (database: QueueDatabase) => ChunkJobs;
  /** Names the trial rows. */
  uuid: () => string;
}

/** A server that is there answers within this, even across a continent. */
const CONNECT_TIMEOUT_MS = 8_000;

/** Problems that a load gets over, or meets only later. */
const BEARABLE: ReadonlySet<ProbeProblem['code']> = new Set(['tls-unverified', 'unencrypted', 'busy']);

/**
 * Connects, reads what the database holds, compares it with what Accession needs, and, unless the profile is
 * read-only, adds trial rows that it takes back. Changes nothing.
 */
export function createPostgresProbe(options: PostgresProbeOptions): ConnectionProbe {
  return {
    part: 'postgres',
    async run({ profile, secret, postgresUrl }, signal) {
      const { postgres } = profile;
      if (postgres === null) return notConfigured();
      const password = await secret('postgres-password');
      let connection: PostgresConnection;
      try {
        connection = createPostgresConnection({
          url: postgresUrl ?? profileAddress(postgres, profile.kind, password),
          poolSize: 2,
          applicationName: 'accession connection test',
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
        });
      } catch (thrown) {
        return failed([settingsProblem(thrown, postgresIsUnproven(postgres, profile.kind))]);
      }
      try {
        return await look(connection, profile, postgres, options, signal);
      } catch (thrown) {
        signal.throwIfAborted();
        return failed([connectProblem(thrown, postgres, hasText(password)) ?? unexpected(thrown)]);
      } finally {
        await connection.close();
      }
    },
  };
}

async function look(
  connection: PostgresConnection,
  profile: SavedProfile,
  settings: PostgresSettings,
  { createJobs, uuid }: PostgresProbeOptions,
  signal: AbortSignal,
): Promise<ProbeFindings> {
  const { rows } = await connection.query<{ version: string; user: string }>(
    `SELECT current_setting('server_version') AS version, current_user::text AS user`,
    [],
    signal,
  );
  const { version = '', user = settings.user } = rows[0] ?? {};
  const problems = [...encryptionProblems(settings)];
  const facts = [await encryptionFact(connection, settings, signal)];

  const jobs = createJobs(connection.queueDatabase());
  const schema = createSchema(connection, jobs);
  await connection.transaction(async (session) => {
    const rights = await examineRights(session, user, profile.readOnly);
    if (!rights.stateReadable) {
      if (rights.problem !== null) problems.push(rights.problem);
      return;
    }
    const state = await readSchemaState(session);
    const queueReady = await jobs.ready(session);
    if (state.vectorExtension !== null) facts.push(`pgvector ${state.vectorExtension}`);
    problems.push(...(await schemaProblems(session, state, queueReady, () => schema.prepareSql(signal))));
    const dimensions = dimensionsProblem(state, profile.openai?.dimensions ?? null);
    if (dimensions !== null) problems.push(dimensions);
    if (rights.problem !== null) problems.push(rights.problem);
    if (state.tables.has('catalog') && rights.catalogReadable) facts.push(await booksFact(session));
  }, signal);

  const complete = problems.every(({ code }) => BEARABLE.has(code) || code === 'dimensions');
  if (profile.readOnly) facts.push('Nothing was written, as the profile is read-only.');
  else if (complete) {
    const refused = await trialInsert(connection, `accession-connection-test-${uuid()}`, signal);
    if (refused === null) facts.push('A trial row was added to each of the four tables and taken back.');
    else problems.push(refused);
  }
  return { state: stateOf(problems), version: `PostgreSQL ${version.split(' ')[0]}`, facts, problems };
}

async function booksFact(session: SqlSession): Promise<string> {
  const { rows } = await session.query<{ books: number }>('SELECT count(*) AS books FROM public.catalog');
  const books = rows[0]?.books ?? 0;
  return `${books.toLocaleString('en-US')} ${books === 1 ? 'book' : 'books'} in the catalog`;
}

async function encryptionFact(
  connection: PostgresConnection,
  settings: PostgresSettings,
  signal: AbortSignal,
): Promise<string> {
  const mode = tlsModeOf(settings);
  if (mode === 'off')
    return isThisComputer(settings.host)
      ? 'Not encrypted: the server is on this computer.'
      : 'Not encrypted: the profile switches it off.';
  // Null where something before the server, such as a pgbouncer, does the encrypting.
  const { rows } = await connection.query<{ version: string | null }>(
    'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    [],
    signal,
  );
  const protocol = (rows[0]?.version ?? 'TLS').replace('TLSv', 'TLS ');
  if (mode === 'encrypt') return `Encrypted (${protocol}), certificate not verified.`;
  return `Encrypted (${protocol}), certificate verified by ${settings.ca === null ? 'the authorities this computer trusts' : 'the authority in the profile'}.`;
}

function encryptionProblems(settings: PostgresSettings): ProbeProblem[] {
  const mode = tlsModeOf(settings);
  if (mode === 'encrypt')
    return [
      {
        code: 'tls-unverified',
        message: `The connection is encrypted, but nobody checks that it is really ${settings.host} that answers.`,
        hint: 'Set the encryption of the database to "verify" and put the certificate of its authority into the profile.',
        fix: null,
      },
    ];
  if (mode === 'verify' || isThisComputer(settings.host)) return [];
  return [
    {
      code: 'unencrypted',
      message: `Password and rows travel unencrypted to ${settings.host}.`,
      hint: 'Set the encryption of the database to "verify", unless you trust everything between here and there.',
      fix: null,
    },
  ];
}

function stateOf(problems: readonly ProbeProblem[]): ProbeFindings['state'] {
  if (problems.length === 0) return 'ok';
  return problems.every(({ code }) => BEARABLE.has(code)) ? 'attention' : 'failed';
}

function failed(problems: ProbeProblem[]): ProbeFindings {
  return { state: 'failed', version: null, facts: [], problems };
}

function notConfigured(): ProbeFindings {
  return {
    state: 'not-configured',
    version: null,
    facts: ['The database is inside Accession, on this computer: there is no server to reach.'],
    problems: [],
  };
}

function settingsProblem(thrown: unknown, forbidden: boolean): ProbeProblem {
  if (!(thrown instanceof AppError)) throw thrown;
  const code = forbidden ? 'tls-forbidden' : 'certificate-unreadable';
  return { code, message: thrown.message, hint: thrown.hint, fix: null };
}

/** An AppError's text is ours and holds no values; anything else is a fault that the test reports as one. */
function unexpected(thrown: unknown): ProbeProblem {
  if (!(thrown instanceof AppError)) throw thrown;
  return { code: 'failed', message: thrown.message, hint: thrown.hint, fix: null };
}

function hasText(password: string | null): boolean {
  return password !== null && password !== '';
}
