import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../../electron/cli/program.ts';
import { processTerminal } from '../../electron/cli/terminal.ts';
import { profileSchema, SECRET_PARTS } from '../../shared/settings/profile.ts';
import { exportText } from '../../shared/settings/saved-profiles-exchange.ts';
import { type EchoingServer, startEchoingOpenAi, startEchoingPostgres } from './canary/echoing-servers.ts';
import {
  databaseUrl,
  failingProfile,
  markedSchool,
  secretsOf,
  studentsOf,
  writeMarkedFiles,
} from './canary/marked-school.ts';
import { expectNone, expectNoneInFiles } from './canary/marks.ts';
import { accession, type CommandResult, startAccession } from './command.ts';

const home = mkdtempSync(join(tmpdir(), 'accession-canary-cli-'));
const outside = mkdtempSync(join(tmpdir(), 'accession-canary-files-'));
const school = markedSchool();
const secrets = secretsOf(school);
let postgres: EchoingServer;
let openai: EchoingServer;
let files: ReturnType<typeof writeMarkedFiles>;

const write = (name: string, text: string): string => {
  writeFileSync(join(outside, name), text, { mode: 0o600 });
  return join(outside, name);
};
const plain = { ACCESSION_HOME: home, LOG_LEVEL: 'debug' };
/** Everything named by variables, refused by servers that quote what they hear. */
const named = (): Record<string, string> => ({
  ...plain,
  DB_URL: databaseUrl(school.variables.DB_URL, postgres.port),
  OPENAI_API_KEY: school.variables.OPENAI_API_KEY.text,
  OPENAI_BASE_URL: `http://127.0.0.1:${openai.port}/v1`,
  KAFKA_BROKERS: '127.0.0.1:1',
  KAFKA_SECURITY: 'sasl_plaintext',
  KAFKA_SASL_USERNAME: 'lib',
  KAFKA_SASL_PASSWORD: school.variables.KAFKA_SASL_PASSWORD.text,
});
const mounted = (): Record<string, string> => {
  const { DB_URL, OPENAI_API_KEY, KAFKA_SASL_PASSWORD, ...rest } = named();
  return {
    ...rest,
    DB_URL_FILE: write('db-url', DB_URL ?? ''),
    OPENAI_API_KEY_FILE: write('openai-key', OPENAI_API_KEY ?? ''),
    KAFKA_SASL_PASSWORD_FILE: write('kafka-password', KAFKA_SASL_PASSWORD ?? ''),
  };
};
async function quiet(environment: Record<string, string>, ...argv: string[]): Promise<CommandResult> {
  const result = await accession(environment, ...argv);
  expectNone(`accession ${argv.slice(0, 3).join(' ')}`, `${result.stdout} ${result.stderr}`, secrets);
  return result;
}

beforeAll(async () => {
  postgres = await startEchoingPostgres('28P01');
  openai = await startEchoingOpenAi();
  files = writeMarkedFiles(outside, school, postgres.port);
  const draft = failingProfile(school, { postgres: postgres.port, openai: openai.port });
  const profile = profileSchema.parse({ ...draft, id: randomUUID() });
  const file = write('echo.json', exportText([profile]));
  const imported = await accession(plain, 'profiles', 'import', file, '--json');
  if (imported.json?.imported?.length !== 1) throw new Error(imported.stdout + imported.stderr);
});
afterAll(async () => {
  await postgres?.stop();
  await openai?.stop();
  rmSync(home, { recursive: true, force: true });
  rmSync(outside, { recursive: true, force: true });
});

it('no command that works with profiles says a secret, however it is entered', async () => {
  const link = (await quiet(plain, 'profiles', 'link', 'Echo')).stdout;
  for (const part of SECRET_PARTS) {
    const file = write('secret.txt', school.secrets[part].text);
    expect((await quiet(plain, 'profiles', 'secret', 'Echo', part, '--password-file', file)).code).toBe(0);
  }
  const wrong = write('wrong.txt', `${school.misplaced.text}\nline`);
  const url = databaseUrl(school.misplaced, 1);
  const runs = [
    await quiet(plain, 'profiles', 'secret', 'Echo', 'kafka-client-key', '--password-file', wrong),
    await quiet(plain, 'profiles', 'import', files.env, '--name', 'Old', '--kind', 'test', '--json'),
    await quiet(plain, 'profiles', 'import', wrong, '--json'),
    await quiet(plain, 'profiles', 'add', 'New', '--kind', 'test', '--postgres', url, '--json'),
    await quiet(plain, 'profiles', 'add', 'Worse', '--postgres', school.misplaced.text, '--json'),
    await quiet(
      plain,
      'profiles',
      'edit',
      'Echo',
      '--openai-url',
      `https://u:${school.misplaced.text}@ai.example/`,
    ),
    await quiet(plain, 'profiles', 'enrol', school.misplaced.text, '--json'),
    await quiet(plain, 'profiles', 'enrol', /accession:\/\/\S+/.exec(link)?.[0] ?? '', '--json'),
    await quiet(plain, 'profiles', 'duplicate', 'Echo', '--name', 'Copy', '--json'),
    await quiet(plain, 'profiles', 'show', 'Echo', '--json'),
    await quiet(plain, 'profiles', 'show', 'Echo'),
    await quiet(plain, 'profiles', 'list', '--json'),
    await quiet(plain, 'profiles', 'export', '--json'),
    await quiet(plain, 'profiles', 'export', '--output', join(outside, 'export.json')),
    await quiet(plain, 'profiles', 'use', 'Echo'),
    await quiet(plain, 'profiles', 'use', 'sandbox'),
    await quiet(plain, 'profiles', 'remove', 'Copy', '--confirm', 'Copy'),
  ];
  expect(runs.filter(({ code }) => code === 0).length).toBeGreaterThan(9);
  expect(runs[9]?.json.secrets).toEqual(Object.fromEntries(SECRET_PARTS.map((part) => [part, true])));
  expectNone('an export', readFileSync(join(outside, 'export.json'), 'utf8'), secrets);
}, 90_000);

it('no command that fails at its servers says a secret, wherever it comes from and whatever they say', async () => {
  for (const [environment, profile] of [
    [plain, ['--profile', 'Echo']],
    [named(), []],
    [mounted(), []],
  ] as const) {
    const commands = [
      ['doctor', ...profile, '--json'],
      ['doctor', ...profile],
      ['history', ...profile],
      ['history', ...profile, '--json'],
      ['profiles', 'test', ...(profile.length === 0 ? [] : ['Echo']), '--json'],
      ['profiles', 'test', ...(profile.length === 0 ? [] : ['Echo'])],
      ['load', files.books, ...profile, '--json'],
      ['load', files.students, ...profile, '--dry-run'],
      ['index', 'search', 'word', ...profile],
      ['events', 'status', ...profile],
      ['db', 'prepare', ...profile],
    ];
    await quiet(environment, 'check', files.students, ...profile);
    for (const argv of commands) expect((await quiet(environment, ...argv)).code, argv.join(' ')).not.toBe(0);
  }
  for (const mark of [school.secrets['postgres-password'], school.variables.DB_URL])
    expect(postgres.heard()).toContain(mark.text);
  for (const mark of [school.secrets['openai-api-key'], school.variables.OPENAI_API_KEY])
    expect(openai.heard()).toContain(mark.text);
}, 180_000);

it('settings that cannot be used are told without what stands in them', async () => {
  const { text } = school.misplaced;
  for (const more of [
    { DB_URL: `mysql://u:${text}@h/d` },
    { DB_URL: `postgresql://u:${text}@h:99999/d` },
    { DB_URL: `postgresql://u:${text}%@h/d` },
    { DB_URL: `postgresql://u:${text}@/%%%` },
    { DB_URL_FILE: join(outside, 'none') },
    { OPENAI_BASE_URL: `no url ${text}` },
    { OPENAI_BASE_URL: `http://u:${text}@127.0.0.1:${openai.port}/v1` },
    { KAFKA_SASL_PASSWORD: text, KAFKA_SECURITY: 'sasl_ssl', KAFKA_SASL_USERNAME: '' },
    { KAFKA_SASL_PASSWORD: text, KAFKA_SECURITY: '' },
    { KAFKA_SASL_PASSWORD: text, KAFKA_BROKERS: 'kafka.example:9092' },
    { KAFKA_BROKERS: `u:${text}@127.0.0.1:1` },
  ])
    for (const argv of [['doctor'], ['doctor', '--json'], ['profiles', 'test', '--json']])
      expect((await quiet({ ...named(), ...more }, ...argv)).code).not.toBe(0);
}, 90_000);

it('no help says what stands in a variable', async () => {
  const said: string[] = [];
  const terminal = {
    ...processTerminal({}),
    print: (text: string) => void said.push(text),
    say: (text: string) => void said.push(text),
  };
  const help = async (command: readonly string[]): Promise<number> => {
    const from = said.length;
    await runProgram([...command, '--help'], '1', terminal);
    const text = said.slice(from).join('\n');
    const commands = /^Commands:\n([\s\S]*)/m.exec(text)?.[1] ?? '';
    const names = [...commands.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? '');
    let helped = 1;
    for (const name of names.filter((each) => each !== 'help')) helped += await help([...command, name]);
    return helped;
  };
  const before = { ...process.env };
  Object.assign(process.env, named());
  try {
    expect(await help([])).toBeGreaterThan(25);
    await runProgram(['no-such-command'], '1', terminal);
  } finally {
    process.env = before;
  }
  expectNone('the help', said.join('\n'), secrets);
});

it('an interrupted load and a crash leave neither secret nor student in what was said or kept', async () => {
  const { student } = school.students;
  const key = school.variables.OPENAI_API_KEY;
  const text = `${student.text} ${key.text}`;
  const fault = `setTimeout(() => { throw Object.assign(new Error(${JSON.stringify(text)}), { held: ${JSON.stringify(text)} }); }, 300);`;
  const environment = {
    ...named(),
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(fault)}`,
  };
  const child = startAccession(environment, 'load', files.students, '--profile', 'sandbox');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(1);
  expect(said).toContain('Something went wrong inside Accession');
  expectNone('the last words', said, [...secrets, ...studentsOf(school)]);
});

it('no file in ACCESSION_HOME but the one that keeps them holds a secret', () => {
  expect(expectNoneInFiles(home, secrets, [join('secrets', 'secrets.json')])).toBeGreaterThan(3);
});
