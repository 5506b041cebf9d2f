import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { describeWith } from '../services/available.ts';
import { cloneDatabase, productionDatabase } from '../services/databases.ts';
import { connectTo, serveBuilt, signInAt } from './serving.ts';

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

describeWith(['postgresUrl'], 'profiles.prepareDatabase', ({ postgresUrl }) => {
  let appDir: string;
  beforeAll(() => {
    appDir = builtApp();
  });

  /** A page with a saved profile of the database at `url`. */
  async function pageWithProfile(url: string, fields: object = {}) {
    const home = await mkdtemp(join(tmpdir(), 'accession-prepare-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const serving = await serveBuilt(appDir, ['--port', '0'], { ACCESSION_HOME: home });
    const page = await connectTo(serving.origin, await signInAt(serving.url));
    const { hostname, port, pathname, username, password } = new URL(url);
    const postgres = {
      host: hostname,
      port: Number(port),
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
      tls: 'off',
    };
    const draft = { name: 'School', kind: 'test', postgres, ...fields };
    const profileId: string = (await page.ask('profiles.create', { draft })).value.view.profile.id;
    if (password !== '')
      await page.ask('profiles.setSecret', {
        id: profileId,
        part: 'postgres-password',
        value: decodeURIComponent(password),
      });
    return {
      prepare: () => page.ask('profiles.prepareDatabase', { profileId }),
      async test(): Promise<{ state: string; problems: { code: string; fix: { kind: string } | null }[] }> {
        return (await page.ask('profiles.test', { profileId, parts: ['postgres'] })).value.results[0];
      },
    };
  }

  it('creates what a database in use lacks, leaves its rows alone, and the test is green afterwards', async () => {
    const url = await productionDatabase(postgresUrl);
    await query(
      url,
      `INSERT INTO students (student_id, grade_level, age, homeroom_teacher, lunch_period) VALUES ('S-1', 4, 9, 'T', '1')`,
    );
    const { prepare, test } = await pageWithProfile(url);
    expect(await test()).toMatchObject({
      state: 'failed',
      problems: [{ code: 'not-prepared', fix: { kind: 'db-prepare' } }],
    });
    const prepared = await prepare();
    expect(prepared).toMatchObject({ ok: true, value: { done: expect.any(Array) } });
    expect(prepared.value.done.length).toBeGreaterThan(0);
    expect(await test()).toMatchObject({ state: 'ok', problems: [] });
    expect(await query(url, 'SELECT student_id FROM students')).toEqual([{ student_id: 'S-1' }]);
    expect(await prepare()).toEqual({ ok: true, value: { done: [] } });
  });

  it('creates everything in an empty database', async () => {
    const { prepare, test } = await pageWithProfile(await cloneDatabase(postgresUrl));
    expect((await prepare()).ok).toBe(true);
    expect(await test()).toMatchObject({ state: 'ok', problems: [] });
  });

  it('is refused through a read-only profile, and nothing is created', async () => {
    const url = await productionDatabase(postgresUrl);
    const { prepare } = await pageWithProfile(url, { readOnly: true });
    expect(await prepare()).toMatchObject({ ok: false, error: { code: 'profile.read-only' } });
    expect(await query(url, `SELECT 1 FROM pg_namespace WHERE nspname = 'accession'`)).toEqual([]);
  });
});
