import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createChunkJobs } from '../../electron/adapters/pg-boss/chunk-jobs.ts';
import {
  createPostgresConnection,
  type PostgresConnection,
} from '../../electron/adapters/postgres/postgres-connection.ts';
import { createSqlDatabase } from '../../electron/adapters/sql/sql-database.ts';
import { describeWithPostgres } from '../services/available.ts';
import { cloneDatabase, dropDatabase } from '../services/databases.ts';
import { NEVER } from './database-harness.ts';

describeWithPostgres('a database user without the right to create', (url) => {
  const role = `accession "test" ${randomBytes(4).toString('hex')}`;
  let databaseUrl: string;
  let connection: PostgresConnection;

  const asAdministrator = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    databaseUrl = await cloneDatabase(url);
    await asAdministrator(`CREATE ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD 'pass'`);
    const asUser = new URL(databaseUrl);
    asUser.username = encodeURIComponent(role);
    asUser.password = 'pass';
    connection = createPostgresConnection({
      url: asUser.toString(),
      poolSize: 2,
      applicationName: 'accession-test',
    });
  });
  afterEach(async () => {
    await connection.close();
    await asAdministrator(
      `DROP OWNED BY ${pg.escapeIdentifier(role)}`,
      `DROP ROLE ${pg.escapeIdentifier(role)}`,
    );
    await dropDatabase(databaseUrl);
  });

  const open = () => {
    const jobs = createChunkJobs({ database: connection.queueDatabase() });
    return { jobs, database: createSqlDatabase({ connection, jobs }) };
  };

  it('is told that pgvector is for the administrator to install', async () => {
    const { database } = open();
    await expect(database.schema.prepare(NEVER)).rejects.toMatchObject({
      code: 'db.missing-extension',
      hint: expect.stringContaining('CREATE EXTENSION vector'),
    });
  });

  it('is told which right it lacks to prepare the rest', async () => {
    await asAdministrator('CREATE EXTENSION vector');
    await expect(open().database.schema.prepare(NEVER)).rejects.toMatchObject({
      code: 'db.permission',
      hint: expect.stringContaining('accession db prepare --print'),
    });
  });

  it('can load once the administrator has run the printed SQL', async () => {
    const { database, jobs } = open();
    await asAdministrator(await database.schema.prepareSql(NEVER));
    expect((await database.schema.inspect(NEVER)).missing).toEqual([]);
    const loadId = crypto.randomUUID();
    await database.ledger.begin(
      {
        loadId,
        correlationId: crypto.randomUUID(),
        startedAt: new Date(),
        files: [],
        options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null },
      },
      NEVER,
    );
    expect(await database.ledger.takeTurns(loadId, ['books'], 1000, NEVER)).toEqual({ held: true });
    const id = crypto.randomUUID();
    await connection.transaction(async (session) => {
      await session.query(`INSERT INTO public.students (student_id) VALUES ('s')`);
      await session.query('CREATE TEMP TABLE rehearsal (id int)');
      await session.query(`SELECT nextval('accession.vector_seq')`);
      await jobs.enqueue(session, [{ id, loadId, chunkNo: 0, step: 'commit' }]);
      await jobs.complete(session, [id]);
    }, NEVER);
    const { rows } = await connection.query('SELECT student_id FROM public.students', [], NEVER);
    expect(rows).toEqual([{ student_id: 's' }]);
  });
});
