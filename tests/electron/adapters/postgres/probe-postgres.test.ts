import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithPostgres } from '../../../services/available.ts';
import { cloneDatabase, dropDatabase, productionDatabase } from '../../../services/databases.ts';
import { fixOf, onlyProblem } from '../probe-target.ts';
import { prepare, probePostgres, run, targetOf } from './probing.ts';

describeWithPostgres('a test of a database', (serverUrl) => {
  const role = `clerk_${randomBytes(4).toString('hex')}`;
  let url: string;
  let name: string;
  const use = (database: string): void => {
    url = database;
    name = new URL(url).pathname.slice(1);
  };
  const asClerk = () => {
    const clerk = new URL(url);
    clerk.username = role;
    clerk.password = 'clerk';
    return clerk.toString();
  };
  beforeEach(() => run(serverUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'clerk'`));
  afterEach(async () => {
    await run(url, `DROP OWNED BY ${role}`);
    await dropDatabase(url);
    await run(serverUrl, `DROP ROLE ${role}`);
  });

  const prepared = async (): Promise<void> => {
    use(await productionDatabase(serverUrl));
    await prepare(url);
  };

  it('is green on the prepared database of production, and leaves no row behind', async () => {
    await prepared();
    await run(url, `INSERT INTO catalog (book_id) SELECT generate_series(1, 10000)`);
    const findings = await probePostgres(targetOf(url, { profile: { kind: 'production' } }));
    expect(findings).toEqual({
      state: 'ok',
      version: expect.stringMatching(/^PostgreSQL \d+\.\d+$/),
      facts: [
        'Not encrypted: the server is on this computer.',
        expect.stringMatching(/^pgvector \d+\.\d+\.\d+$/),
        '10,000 books in the catalog',
        'A trial row was added to each of the four tables and taken back.',
      ],
      problems: [],
    });
    expect(
      await run(
        url,
        `SELECT (SELECT count(*) FROM students) + (SELECT count(*) FROM catalog) +
           (SELECT count(*) FROM checkout) + (SELECT count(*) FROM book_embeddings) AS rows`,
      ),
    ).toEqual([{ rows: '10000' }]);
  });

  it('says that pgvector is missing, and that Accession may install it', async () => {
    use(await cloneDatabase(serverUrl));
    const findings = await probePostgres(targetOf(url));
    expect(findings.state).toBe('failed');
    expect(findings.problems[0]).toMatchObject({
      code: 'extension-missing',
      message: `The database "${name}" lacks the extension pgvector, in which the vectors of the books are kept.`,
      hint: 'Have Accession create it: "accession db prepare", or the button "Prepare the database".',
    });
    expect(fixOf(findings)).toMatchObject({
      kind: 'db-prepare',
      sql: expect.stringContaining('CREATE EXTENSION IF NOT EXISTS vector;'),
    });
  });

  it('gives the SQL to a user who may not install pgvector', async () => {
    use(await cloneDatabase(serverUrl));
    const findings = await probePostgres(targetOf(asClerk()));
    expect(findings.problems[0]).toMatchObject({
      code: 'extension-missing',
      hint: `The user "${role}" may not create it: give the SQL that goes with this to whoever looks after the database.`,
    });
    expect(fixOf(findings)).toMatchObject({ kind: 'sql' });
  });

  it('is green once the SQL that it gave was run', async () => {
    use(await cloneDatabase(serverUrl));
    const fix = fixOf(await probePostgres(targetOf(asClerk())));
    if (fix?.kind !== 'sql') throw new Error('no SQL');
    await run(url, fix.sql);
    expect(await probePostgres(targetOf(asClerk()))).toMatchObject({ state: 'ok', problems: [] });
  });

  it('names the tables that are missing', async () => {
    await prepared();
    await run(url, 'DROP TABLE checkout');
    const findings = await probePostgres(targetOf(url));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'table-missing',
      message: `The database "${name}" lacks the table checkout.`,
      hint: 'If the recommendation engine is running already, check that this is its database. If it is: have Accession create it: "accession db prepare", or the button "Prepare the database".',
    });
    expect(fixOf(findings)).toMatchObject({
      kind: 'db-prepare',
      sql: expect.stringContaining('CREATE TABLE public.checkout'),
    });
  });

  it('says that the database has not been prepared', async () => {
    use(await productionDatabase(serverUrl));
    const findings = await probePostgres(targetOf(url));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'not-prepared',
      message: `The database "${name}" has not been prepared for this version of Accession.`,
      hint: 'Have Accession create it: "accession db prepare", or the button "Prepare the database".',
    });
    expect(fixOf(findings)?.kind).toBe('db-prepare');
  });

  it('says what a table of another form lacks', async () => {
    await prepared();
    await run(url, 'ALTER TABLE catalog DROP COLUMN title');
    expect(onlyProblem(await probePostgres(targetOf(url)))).toEqual({
      state: 'failed',
      code: 'tables-unsuitable',
      message:
        'The database has tables that Accession can neither use nor may change: catalog has no column title.',
      hint: 'Check that the address names the right database; if it does, ask whoever looks after it to change these tables, or to copy them into new ones of the expected form.',
    });
  });

  const letIn = (...except: string[]): Promise<unknown> =>
    run(
      url,
      ...['accession', 'accession_jobs', 'public'].flatMap((schema) => [
        `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
      ]),
      ...except,
    );

  it('names the right to INSERT that is missing, and the SQL that gives it', async () => {
    await prepared();
    await letIn(`REVOKE INSERT ON public.catalog FROM ${role}`);
    const findings = await probePostgres(targetOf(asClerk()));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'right-missing',
      message: `The database user "${role}" lacks rights: catalog (INSERT).`,
      hint: 'Give the SQL that goes with this to whoever looks after the database, then test again.',
    });
    const fix = fixOf(findings);
    expect(fix).toEqual({ kind: 'sql', sql: `GRANT INSERT ON public.catalog TO "${role}";\n` });
    if (fix?.kind === 'sql') await run(url, fix.sql);
    expect((await probePostgres(targetOf(asClerk()))).state).toBe('ok');
  });

  it("says that Accession's own schemas are closed to the user", async () => {
    await prepared();
    await letIn(`REVOKE USAGE ON SCHEMA accession FROM ${role}`);
    expect(onlyProblem(await probePostgres(targetOf(asClerk())))).toMatchObject({
      code: 'right-missing',
      message: `The database user "${role}" lacks rights: schema accession (USAGE).`,
    });
  });

  it('finds that row security refuses a row, although the rights are there', async () => {
    await prepared();
    await letIn('ALTER TABLE students ENABLE ROW LEVEL SECURITY');
    expect(onlyProblem(await probePostgres(targetOf(asClerk())))).toEqual({
      state: 'failed',
      code: 'row-refused',
      message:
        'The database refused a trial row, although the rights are there. The database user lacks the right to do this.',
      hint: 'Ask whoever looks after the database about triggers, row security and rules on its tables.',
    });
  });

  it('says that the database takes no changes', async () => {
    await prepared();
    await run(url, `ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    expect(onlyProblem(await probePostgres(targetOf(url)))).toEqual({
      state: 'failed',
      code: 'read-only',
      message: 'The database takes no changes: it is a replica, or it has been set to read-only.',
      hint: 'Put the host of the database that takes changes into the profile, or mark the profile as read-only.',
    });
    await run(url, `SET default_transaction_read_only = off`, `ALTER DATABASE "${name}" RESET ALL`);
  });

  it('needs no right to write where the profile is read-only, and writes nothing', async () => {
    await prepared();
    await letIn(`REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM ${role}`);
    expect(await probePostgres(targetOf(asClerk(), { profile: { readOnly: true } }))).toMatchObject({
      state: 'ok',
      facts: expect.arrayContaining(['Nothing was written, as the profile is read-only.']),
    });
  });

  it('says that vectors of the wrong length would not fit', async () => {
    await prepared();
    const findings = await probePostgres(targetOf(url, { profile: { openai: { dimensions: 512 } } }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'dimensions',
      message:
        'The table book_embeddings holds vectors of 1536 numbers, but the profile asks for vectors of 512.',
      hint: 'Set the dimensions of the embeddings in the profile to 1536.',
    });
  });

  it('says for how long it waited where another program holds a table', async () => {
    await prepared();
    const { default: pg } = await import('pg');
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE students IN SHARE MODE');
    try {
      expect(onlyProblem(await probePostgres(targetOf(url)))).toEqual({
        state: 'attention',
        code: 'busy',
        message:
          'Another program is holding the tables, so a trial row could not be added within two seconds.',
        hint: 'Test again when it is done; a load would wait for it.',
      });
    } finally {
      await holder.end();
    }
  });
});
