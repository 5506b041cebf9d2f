import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crashLog, crashText } from '../../../electron/main/crash-log.ts';

const at = new Date('2026-11-25T08:00:00Z');
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'accession-crash-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a crash is its time, its process, its code, our version and where in the program it was', () => {
  const stack = [
    'TypeError: Maria Lopez (s-17) has no "grade"',
    '    at readRow (file:///home/maria/Accession/out/main/load-abc.js:10:5)',
    '    at async C:\\Users\\Maria Lopez\\app.asar\\out\\main\\main.js:2:1',
    '    at node:internal/main/run_main_module:1:2',
  ].join('\n');
  expect(crashText({ at, process: 'backend', code: '134', stack }, '1.2.3').split('\n')).toEqual([
    `2026-11-25T08:00:00.000Z backend ended with 134 (Accession 1.2.3, ${process.platform} ${process.arch})`,
    '    at readRow (load-abc.js:10:5)',
    '    at - (main.js:2:1)',
    '',
  ]);
});

test.each([
  'Error: postgres://user:hunter2@db/x\n    at connect (/a/b.js:1:1)',
  'Error: bad row\n   Maria Lopez, 4.5, at home\n    at Maria Lopez\n    at f (/home/hunter2/x.js:1:1)',
  'Error: sk-hunter2\n    at f (data:text/javascript,hunter2:1:1)\n    at eval (eval at x (hunter2), <anonymous>:1:1)',
])('nothing of a message, a folder or a value is written', (stack) => {
  const text = crashText({ at, process: 'main', code: 'TypeError', stack }, '1.0.0');
  expect(text).not.toMatch(/hunter2|Maria|postgres|sk-/);
  expect(text).toContain('main ended with TypeError');
});

test('a code that is more than a code is not written', () => {
  expect(crashText({ at, process: 'page', code: 'Maria Lopez: 4' }, '1')).toContain('ended with unknown');
});

test('the log is for its owner only, keeps the newest, and stays small', () => {
  const path = join(dir, 'crash.log');
  const record = crashLog({ path, version: '1.0.0' });
  const stack = `E\n${'    at f (/a/program-file.js:1:1)\n'.repeat(30)}`;
  for (let crash = 0; crash < 400; crash += 1) record({ at, process: 'index', code: String(crash), stack });
  expect(statSync(path).size).toBeLessThan(300_000);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^2026.*ended with \d+/);
  expect(text).toContain('ended with 399');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
});

test('a log that cannot be written costs nothing', () => {
  const record = crashLog({ path: join(dir, 'no', 'crash.log'), version: '1' });
  expect(() => record({ at, process: 'main', code: '1' })).not.toThrow();
});
