import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { locateTestServices } from './locations.mjs';
import { freePort, startSupervised, untilReady, withRetries } from './supervised-process.ts';

const run = promisify(execFile);

export interface RunningPostgres {
  /** Superuser, maintenance database `postgres`; a fresh database for a test comes from `cloneDatabase(url)`. */
  url: string;
  stop: () => Promise<void>;
}

/** For a server whose data nobody will miss: every wait for the disk is off. */
const SERVER_SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=2GB',
  'checkpoint_timeout=30min',
  'max_connections=200',
  'shared_buffers=128MB',
];

export interface PostgresVariant {
  /** Instead of the one that lets everybody in with a password. The user `postgres` must get in without TLS. */
  hba?: string;
}

/**
 * A real Postgres 18 with pgvector (extension available, not created) on a free port of 127.0.0.1, in a scratch folder,
 * with a password of its own. Throws when it is not installed (install.mjs) or cannot start.
 */
export async function startPostgres(variant: PostgresVariant = {}): Promise<RunningPostgres> {
  const { postgres } = locateTestServices();
  if (!postgres.ready)
    throw new Error('Postgres for tests is not installed: node tests/services/install.mjs');
  const account = serverAccount();
  return await withRetries(3, () => startOnce(postgres, account, variant));
}

async function startOnce(
  { dir, binDir }: { dir: string; binDir: string },
  account: Account | null,
  { hba }: PostgresVariant,
): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'accession-postgres-'));
  try {
    const bin = account === null ? binDir : reachableBin(dir, binDir, folder, account);
    const dataDir = join(folder, 'data');
    const logFile = join(folder, 'server.log');
    const password = randomBytes(12).toString('hex');
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account !== null)
      for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
    await run(
      join(bin, 'initdb'),
      [
        ...[
          '--pgdata',
          dataDir,
          '--username',
          'postgres',
          '--auth',
          'scram-sha-256',
          '--pwfile',
          passwordFile,
        ],
        ...[
          '--encoding',
          'UTF8',
          '--locale-provider',
          'builtin',
          '--builtin-locale',
          'C.UTF-8',
          '--no-locale',
        ],
        ...['--no-sync', '--no-instructions'],
      ],
      { cwd: '/', ...account },
    );
    if (hba !== undefined) writeFileSync(join(dataDir, 'pg_hba.conf'), hba);
    const port = await freePort();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const settings = [...SERVER_SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting]);
    const server = startSupervised({
      command: join(bin, 'postgres'),
      args: ['-D', dataDir, ...settings],
      ...account,
      // Immediate shutdown: nothing of it is kept, so nothing needs a checkpoint.
      stopSignal: 'SIGQUIT',
      killAfterMs: 5000,
      removeAtEnd: [folder],
      logFile,
    });
    await untilReady(server, { isReady: () => answers(url), logFile, timeoutMs: 30_000 });
    return { url, stop: server.stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Account {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root, and needs an account that has a name. Null: run as whoever runs the tests. */
function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('Postgres must not run as root, and there is neither an account postgres nor nobody.');
}

/** A checkout under /root is closed to any other account: then the server runs from a copy it can read. */
function reachableBin(dir: string, binDir: string, folder: string, account: Account): string {
  const probe = spawnSync(join(binDir, 'postgres'), ['--version'], { cwd: '/', ...account });
  if (probe.status === 0) return binDir;
  const copy = join(folder, 'program');
  cpSync(dir, copy, { recursive: true });
  chmodSync(copy, 0o755);
  return join(copy, binDir.slice(dir.length));
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
