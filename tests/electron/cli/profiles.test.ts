import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

const CLI = fileURLToPath(new URL('../../../electron/cli/cli.ts', import.meta.url));
const BOOKS = fileURLToPath(new URL('../../../shared/samples/books.csv', import.meta.url));
const URL_OF_LINCOLN = 'postgresql://librarian@db.school.example/library';

/** Runs the command line with something piped into it. */
async function piped(
  home: string,
  input: string,
  ...argv: string[]
): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [CLI, ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ACCESSION_HOME: home },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, said };
}

describe('accession profiles', () => {
  it('adds, lists, shows, uses and removes', async () => {
    const home = await tempDir();
    const run = (...argv: string[]) => accession({ ACCESSION_HOME: home }, 'profiles', ...argv);
    const added = await run(
      'add',
      'Lincoln',
      '--postgres',
      URL_OF_LINCOLN,
      '--kafka',
      'k:9092',
      '--read-only',
    );
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toContain('accession profiles secret "Lincoln" postgres-password');
    const edited = await run('edit', 'lincoln', '--no-read-only', '--name', 'Lincoln East', '--json');
    expect(edited.json).toMatchObject({ profile: { name: 'Lincoln East', readOnly: false }, cleared: [] });
    expect(edited.json.profile.kafka.brokers).toEqual(['k:9092']);
    await run('use', 'Lincoln East');
    const { json } = await run('list', '--json');
    expect(json).toMatchObject({
      profiles: [{ missing: ['postgres-password'] }],
      protection: { kind: 'file' },
    });
    expect(json.defaultId).toBe(json.profiles[0].profile.id);
    expect((await run('show', 'LINCOLN EAST')).stdout).toContain('librarian@db.school.example:5432/library');
    expect(await run('remove', 'Lincoln East')).toMatchObject({ code: 2 });
    expect(await run('remove', 'Lincoln East', '--confirm', 'Lincoln')).toMatchObject({ code: 2 });
    expect(await run('remove', 'Lincoln East', '--confirm', 'Lincoln East')).toMatchObject({ code: 0 });
    expect((await run('list', '--json')).json).toMatchObject({ profiles: [], defaultId: null });
  });

  it('tells every problem at its field and exits with 2', async () => {
    const run = await accession(
      { ACCESSION_HOME: await tempDir() },
      'profiles',
      ...[
        'add',
        'Sandbox',
        '--kind',
        'production',
        '--postgres',
        `${URL_OF_LINCOLN}?sslmode=disable`,
        '--json',
      ],
    );
    expect(run.code).toBe(2);
    expect(run.json).toMatchObject({ error: { code: 'profile.refused' } });
    expect(Object.keys(run.json.problems)).toEqual(['name', 'postgres.tls']);
  });

  it('answers a mistyped name, in other commands too', async () => {
    const home = { ACCESSION_HOME: await tempDir() };
    await accession(home, 'profiles', 'add', 'Lincoln', '--postgres', URL_OF_LINCOLN);
    for (const argv of [
      ['profiles', 'show', 'Lincon'],
      ['check', BOOKS, '--profile', 'Lincon'],
    ]) {
      const { code, stderr } = await accession(home, ...argv);
      expect(code).toBe(2);
      expect(stderr).toContain('There is no profile "Lincon". Did you mean "Lincoln"?');
    }
  });

  it('takes secrets from a pipe and from a file, and keeps them out of everything it prints', async () => {
    const home = await tempDir();
    await accession(
      { ACCESSION_HOME: home },
      'profiles',
      'add',
      'Lincoln',
      '--postgres',
      URL_OF_LINCOLN,
      '--openai',
    );
    await writeFile(join(home, 'key'), 'sk-hidden\n');
    const said = [
      await piped(home, 'hidden-password\n', 'profiles', 'secret', 'Lincoln', 'postgres-password'),
      await piped(
        home,
        '',
        'profiles',
        'secret',
        'Lincoln',
        'openai-api-key',
        '--password-file',
        join(home, 'key'),
      ),
      await piped(home, '', 'profiles', 'show', 'Lincoln', '--json'),
    ];
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(JSON.stringify(said)).not.toContain('hidden');
    expect(JSON.parse(said[2]?.said ?? '')).toMatchObject({ missing: [] });
    const kept = JSON.parse(await readFile(join(home, 'secrets', 'secrets.json'), 'utf8'));
    expect(Object.values(kept.secrets)).toEqual([
      { 'postgres-password': 'hidden-password', 'openai-api-key': 'sk-hidden' },
    ]);
    expect(await piped(home, 'x', 'profiles', 'secret', 'Lincoln', 'postgres-pasword')).toMatchObject({
      code: 2,
      said: expect.stringContaining('Did you mean "postgres-password"?'),
    });
  });

  it('says where commands work once the one in use is removed', async () => {
    const home = await tempDir();
    const run = (environment: Record<string, string>, ...argv: string[]) =>
      accession({ ACCESSION_HOME: home, ...environment }, 'profiles', ...argv);
    const removed = async (name: string, environment: Record<string, string>, use: boolean) => {
      await run({}, 'add', name, '--postgres', URL_OF_LINCOLN);
      if (use) await run({}, 'use', name);
      return (await run(environment, 'remove', name, '--confirm', name)).stdout;
    };
    expect(await removed('Live', {}, true)).toContain(
      'none is now: commands without --profile work in the built-in sandbox.',
    );
    expect(await removed('Live', { DB_URL: URL_OF_LINCOLN }, true)).toContain(
      'work in the database that DB_URL names.',
    );
    expect(await removed('Other', {}, false)).not.toContain('--profile');
  });

  it('imports a .env, exports without passwords, and enrols by link', async () => {
    const home = await tempDir();
    const other = await tempDir();
    await writeFile(
      join(home, 'old.env'),
      'DB_URL="postgresql://lib:hidden@db.school.example/library"\nKAFKA_BROKERS=k:9092\nOPENAI_API_KEY=sk-hidden\nODD=hidden\n',
    );
    const imported = await accession({ ACCESSION_HOME: home }, 'profiles', 'import', join(home, 'old.env'));
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stdout).toMatch(/ignored {2}ODD[\s\S]*Saved the profile "old"/);
    const file = join(home, 'export.json');
    await accession({ ACCESSION_HOME: home }, 'profiles', 'export', 'old', '--output', file);
    const link = await accession({ ACCESSION_HOME: home }, 'profiles', 'link', 'old', '--json');
    expect(link.json.asksFor).toEqual(['postgres-password', 'openai-api-key']);
    const there = await accession({ ACCESSION_HOME: other }, 'profiles', 'import', file, '--json');
    expect(there.json).toMatchObject({
      imported: [{ profile: { name: 'old', kind: 'production' } }],
      refused: [],
    });
    const enrolled = await accession(
      { ACCESSION_HOME: other },
      'profiles',
      'enrol',
      link.json.link,
      '--json',
    );
    expect(enrolled.json).toMatchObject({ profile: { name: 'old (2)' }, missing: link.json.asksFor });
    const printed = [imported, link, there, enrolled, await readFile(file, 'utf8')];
    expect(JSON.stringify(printed)).not.toContain('hidden');
  });
});

describe('a read-only profile', () => {
  it('loads nothing, and rehearses', async () => {
    const home = { ACCESSION_HOME: await tempDir() };
    await accession(home, 'profiles', 'add', 'Try it', '--kind', 'sandbox', '--read-only');
    const load = await accession(home, 'load', BOOKS, '--profile', 'try it', '--json');
    expect(load.json.error).toMatchObject({ code: 'profile.read-only' });
    expect(load.code).toBe(1);
    const rehearsal = await accession(home, 'load', BOOKS, '--profile', 'try it', '--dry-run', '--json');
    expect(rehearsal.json).toMatchObject({ status: 'rehearsed', error: null });
  });
});
