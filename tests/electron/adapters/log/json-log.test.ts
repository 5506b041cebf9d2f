import { expect, test } from 'vitest';
import { createJsonLog, type LogLevel } from '../../../../electron/adapters/log/json-log.ts';

function logAt(level: LogLevel) {
  const text: string[] = [];
  const log = createJsonLog(level, { write: (line: string) => void text.push(line) });
  return { log, text, lines: () => text.map((line) => JSON.parse(line)) };
}

test('a line is one JSON object with time, level, event and its ids', () => {
  const { log, lines, text } = logAt('info');
  log.info('upload-done', { correlationId: 'c-1', client: 'browser-1', bytes: 12 });
  expect(text).toHaveLength(1);
  expect(text[0]?.endsWith('}\n')).toBe(true);
  expect(lines()[0]).toMatchObject({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    event: 'upload-done',
    correlationId: 'c-1',
    client: 'browser-1',
    bytes: 12,
  });
});

test('what is below the level is not written', () => {
  const { log, lines } = logAt('warn');
  log.debug('a', {});
  log.info('b', {});
  log.warn('c', {});
  log.error('d', {});
  expect(lines().map(({ event }) => event)).toEqual(['c', 'd']);
});

test('a field that is not on the list, or holds more than a word or number, is left out', () => {
  const { log, text } = logAt('debug');
  const secrets = {
    cookie: 'canary',
    token: 'canary',
    password: 'canary',
    value: 'canary',
    headers: { cookie: 'canary' },
  };
  log.error('internal', { ...secrets, code: 'internal', message: { nested: 'canary' }, where: ['canary'] });
  expect(text.join('')).not.toContain('canary');
  expect(text.join('')).toContain('"code":"internal"');
});

test('every line of a load carries its load id and its correlation id, and no name of a file', () => {
  const { log, lines, text } = logAt('debug');
  const loadId = 'load-1';
  log.load({ kind: 'load-started', loadId, correlationId: 'c-1', files: 2 });
  log.load({ kind: 'step-started', loadId, step: 'check', file: 'canary.csv', total: 10, unit: 'rows' });
  log.load({ kind: 'step-progress', loadId, step: 'check', file: 'canary.csv', done: 5, total: 10 });
  const error = {
    code: 'db.unreachable',
    message: 'The database does not answer.',
    hint: '',
    retryable: true,
  } as const;
  log.load({ kind: 'problem', loadId, step: 'commit', error });
  log.load({ kind: 'load-failed', loadId, error, trace: 'db.unreachable\n    at a.ts:1:1' });
  log.load({ kind: 'load-finished', loadId, status: 'failed', ms: 12 });
  expect(lines().map(({ level, event }) => `${level} ${event}`)).toEqual([
    'info load-started',
    'info step-started',
    'debug step-progress',
    'warn problem',
    'error load-failed',
    'info load-finished',
  ]);
  for (const line of lines()) expect(line).toMatchObject({ loadId, correlationId: 'c-1' });
  expect(lines()[4]).toMatchObject({ code: 'db.unreachable', message: 'The database does not answer.' });
  expect(text.join('')).not.toContain('canary');
});

test('a load that a person stopped is no error', () => {
  const { log, lines } = logAt('info');
  const error = { code: 'stopped', message: 'Stopped.', hint: '', retryable: false } as const;
  log.load({ kind: 'load-failed', loadId: 'load-1', error, trace: '' });
  expect(lines()[0]).toMatchObject({ level: 'info', code: 'stopped' });
});
