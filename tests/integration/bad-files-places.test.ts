import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkBench, type Refusal } from './bad-files.ts';
import { accession } from './command.ts';

const bench = checkBench();
afterAll(() => bench.close());

const BOOKS = 'book_id,title\nB1,A\nB2,B\n';

describe('what is no file to be read', () => {
  const NO_FILE = 'Save its contents to a CSV file first.';

  it('a file that is not there', async () => {
    const path = join(bench.folder, 'gone.csv');
    expect(await bench.refusal(path)).toEqual({
      code: 'file.missing',
      message: `There is no file ${path}.`,
      hint: 'Check the name and the folder; it may have been moved or renamed.',
    });
  });

  it('a file below a file', async () => {
    const path = join(bench.file('books.csv', BOOKS), 'more.csv');
    expect(await bench.refusal(path)).toMatchObject({
      code: 'file.missing',
      message: `There is no file ${path}.`,
    });
  });

  it('a folder', async () => {
    expect(await bench.refusal(bench.folder)).toEqual({
      code: 'file.is-directory',
      message: `${bench.folder.split('/').at(-1)} is a folder, not a file.`,
      hint: 'Name the CSV files inside it.',
    });
  });

  it('a pipe, without waiting for somebody to write into it', async (context) => {
    if (process.platform === 'win32') return context.skip('there are no named pipes in folders here');
    const path = join(bench.folder, 'pipe.csv');
    execFileSync('mkfifo', [path]);
    expect(await bench.refusal(path)).toEqual({
      code: 'file.unreadable',
      message: 'pipe.csv is not a regular file.',
      hint: NO_FILE,
    });
  });

  it('a socket', async (context) => {
    if (process.platform === 'win32') return context.skip('there are no sockets in folders here');
    const path = join(bench.folder, 's.csv');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    expect(await bench.refusal(path)).toEqual({
      code: 'file.unreadable',
      message: 's.csv is not a regular file.',
      hint: NO_FILE,
    });
    server.close();
  });

  it('leaves nothing behind', () => {
    expect(bench.leftBehind()).toEqual([]);
  });
});

describe('a file that somebody works on while it is read', () => {
  // Larger than what is read ahead of the first rows.
  const rows = 400_000;
  const large = `book_id,title\n${Array.from({ length: rows }, (_, at) => `B${at},A title of some length`).join('\n')}`;
  const meddled = async (
    meddle: (path: string) => void,
    work: (busy: ReturnType<typeof checkBench>, path: string) => Promise<void>,
  ): Promise<void> => {
    const busy = checkBench(meddle);
    try {
      await work(busy, busy.file('books.csv', large));
    } finally {
      await busy.close();
    }
  };
  const CHANGED: Refusal = {
    code: 'file.unreadable',
    message: 'books.csv changed while it was being read.',
    hint: 'Wait until it is saved completely, then load it again.',
  };

  it('is refused when it was cut short', () =>
    meddled(
      (path) => truncateSync(path, 2_000_000),
      async (busy, path) => expect(await busy.refusal(path)).toEqual(CHANGED),
    ));

  it('is refused when something was added to it', () =>
    meddled(
      (path) => appendFileSync(path, '\nB,late'),
      async (busy, path) => expect(await busy.refusal(path)).toEqual(CHANGED),
    ));

  it('is read to its end when it was deleted', async (context) => {
    if (process.platform === 'win32') return context.skip('an open file cannot be deleted here');
    await meddled(
      (path) => rmSync(path),
      async (busy, path) => {
        const seen = await busy.check(path);
        expect(seen).toMatchObject({ rows, accepted: rows, issues: [] });
      },
    );
  });
});

describe('the command', () => {
  const environment = { ACCESSION_HOME: join(bench.folder, 'home'), CHECK_THREADS: '1' };

  it('ends with 0 where all rows fit, and with 3 where one does not', async () => {
    const good = await accession(environment, 'check', bench.file('good.csv', BOOKS), '--json');
    expect(good.code).toBe(0);
    expect(good.json.files[0]).toMatchObject({ type: 'books', rows: 2, accepted: 2, issues: [] });
    const bad = await accession(environment, 'check', bench.file('bad.csv', `${BOOKS}B3,"C`), '--json');
    expect(bad.code).toBe(3);
    expect(bad.json.files[0]).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(bad.json.files[0].issues[0]).toMatchObject({ row: 3, line: 4, code: 'csv.quote-unclosed' });
  });

  it('ends with 1 where a file cannot be read, with 2 where what was said of it makes no sense', async () => {
    const missing = await accession(environment, 'check', join(bench.folder, 'none.csv'), '--json');
    expect([missing.code, missing.json.error.code]).toEqual([1, 'file.missing']);
    const path = bench.file('good.csv', BOOKS);
    const encoding = await accession(environment, 'check', path, '--encoding', 'klingon', '--json');
    expect([encoding.code, encoding.json.error.code]).toEqual([2, 'usage.invalid']);
    const delimiter = await accession(environment, 'check', path, '--delimiter', '::');
    expect(delimiter.code).toBe(2);
    expect(delimiter.stderr).toContain('It takes one character, such as ; or |, or the word tab.');
  });

  it('says it where the file may not be read', async (context) => {
    if (process.platform === 'win32') return context.skip('files have no mode here');
    const home = join(bench.folder, 'of-nobody');
    mkdirSync(home);
    const path = bench.file('secret.csv', BOOKS);
    chmodSync(path, 0o000);
    const folder = join(bench.folder, 'closed');
    mkdirSync(folder, { mode: 0o700 });
    if (process.getuid?.() === 0) {
      chownSync(home, NOBODY, NOBODY);
      // Nobody has to get as far as the file.
      for (const above of [join(bench.folder, '..'), bench.folder]) chmodSync(above, 0o755);
    } else chmodSync(folder, 0o000);

    const readable = await asNobody(home, bench.file('open.csv', BOOKS));
    if (readable.code !== 0) return context.skip('an unprivileged user cannot run the command from here');
    for (const [file, name] of [
      [path, 'secret.csv'],
      [join(folder, 'inside.csv'), 'inside.csv'],
    ] as const) {
      const { code, stdout } = await asNobody(home, file);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toEqual({
        error: {
          code: 'file.unreadable',
          message: `You are not allowed to read ${name}.`,
          hint: 'Ask its owner for the right to read it, or copy it to a folder of your own.',
          retryable: false,
        },
      });
    }
  });
});

/** The user that owns nothing, on every Unix. */
const NOBODY = 65_534;
const CLI = fileURLToPath(new URL('../../electron/cli/cli.ts', import.meta.url));

/** Runs a check without the rights of root, who may read everything. */
function asNobody(home: string, path: string): Promise<{ code: number | null; stdout: string }> {
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(process.execPath, [CLI, 'check', path, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', HOME: home, ACCESSION_HOME: home, TZ: 'UTC' },
    ...user,
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout }));
  });
}
