import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchOptions } from './bench-options.ts';
import { benchFolder, generateBooks } from './generate-books.ts';
import { rssOfTree } from './measure-memory.ts';
import { runBare, runOurs } from './run-programs.ts';

const RESULT = {
  rows: 3,
  accepted: 2,
  rejected: 1,
  ms: 5,
  firstPageMs: 1,
  middlePageMs: [1],
  recheckMs: [1],
  bulkEditMs: 1,
  bulkEditCells: 1,
  undoMs: 1,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accession-programs-'));
  await mkdir(benchFolder(), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a made-up check-once, which may use `path` and `home`. */
async function ours(name: string, code: string) {
  const program = join(folder, `${name}.mjs`);
  const head = 'const path = process.argv[2]; const home = process.env.ACCESSION_HOME;';
  await writeFile(program, `${head}\n${code}`);
  return runOurs(join(folder, 'noted.txt'), program);
}

const print = `console.log(JSON.stringify(${JSON.stringify(RESULT)}));`;

describe('a run of ours', () => {
  it('is what the program prints last, in a workspace that is gone afterwards and without a database', async () => {
    process.env.DB_URL = 'postgres://nobody@127.0.0.1:1/none';
    try {
      const note = `import('node:fs').then(({ writeFileSync }) => {
        writeFileSync(path, home + '|' + process.env.DB_URL); console.log('at work'); ${print} });`;
      expect(await ours('good', note)).toMatchObject(RESULT);
    } finally {
      delete process.env.DB_URL;
    }
    const [home = '', database] = (await readFile(join(folder, 'noted.txt'), 'utf8')).split('|');
    expect(home.startsWith(benchFolder())).toBe(true);
    expect(existsSync(home)).toBe(false);
    expect(database).toBe('undefined');
  });

  it.skipIf(process.platform === 'win32')('counts the memory of what the program starts', async () => {
    const child = `const { spawn } = await import('node:child_process');
      const held = 'const held = Buffer.alloc(120e6, 1); setTimeout(() => held.length, 600)';
      spawn(process.execPath, ['-e', held], { stdio: 'inherit' }).on('close', () => { ${print} });`;
    const { memory } = await ours('child', child);
    expect(memory.peakBytes).toBeGreaterThan(120e6);
    expect(memory.samples).toBeGreaterThan(2);
  });

  it('fails with what the program said when it fails', async () => {
    await expect(ours('bad', `console.error('no such shelf'); process.exit(3);`)).rejects.toThrow(
      /exit code 3:\nno such shelf$/,
    );
  });

  it('fails when the program leaves out a figure', async () => {
    await expect(ours('less', `console.log('{"rows":3}')`)).rejects.toThrow(/accepted/);
  });
});

describe('bare PapaParse', () => {
  it('reads nearly every row: a lost quotation mark makes it run two together', async () => {
    const file = await generateBooks({ rows: 2_000, seed: 7 }, folder);
    const lists = await runBare(file.path, 'lists');
    const objects = await runBare(file.path, 'objects');
    expect(lists.rows).toBeGreaterThan(1_990);
    expect(lists.rows).toBeLessThan(2_000);
    expect(objects.rows).toBe(lists.rows);
  });
});

describe('summed RSS', () => {
  it('is that of a process and its descendants, in whatever order they are listed', () => {
    const table = ' 30 20 4\n 10  1 1\n 20 10 2\n 40  1 100\n';
    expect(rssOfTree(table, 10)).toBe(7 * 1024);
    expect(rssOfTree(table, 99)).toBeNull();
  });
});

describe('the options', () => {
  it('are a million rows and five runs when nothing is said', () => {
    expect(benchOptions([])).toEqual({ rows: 1_000_000, runs: 5, keep: false });
    expect(benchOptions(['--rows', '5000', '--runs=2', '--keep'])).toEqual({
      rows: 5_000,
      runs: 2,
      keep: true,
    });
  });

  it.each(['--rows 0', '--rows 1e6', '--runs five', '--runs -1', '--rows', '--fast', 'books.csv'])(
    'refuse %s',
    (line) => {
      expect(() => benchOptions(line.split(' '))).toThrow();
    },
  );

  it('end the command with exit code 2 and the usage when they are wrong', () => {
    const check = fileURLToPath(new URL('check.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [check, '--runs', 'five'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('--runs wants a whole number from 1 to 100, not "five".');
    expect(stderr).toContain('Usage: npm run bench:check');
  });
});
