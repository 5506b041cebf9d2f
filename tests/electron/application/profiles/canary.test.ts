import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { profileHandlers } from '../../../../electron/application/profiles/handlers.ts';
import { openSettings, type Settings } from '../../../../electron/compose/settings.ts';
import { profileRoutes } from '../../../../shared/contract/profiles.ts';
import { reportOf, toAppError, traceOf } from '../../../../shared/errors.ts';
import { SECRET_PARTS, type SecretPart } from '../../../../shared/settings/profile.ts';
import { Secret } from '../../../../shared/settings/profile-secret.ts';
import { accession } from '../../../integration/command.ts';
import { complete, lincoln } from '../../../shared/settings/profile-fixtures.ts';
import { never, tempDir } from '../../settings-in-folder.ts';

/** No other text has it. With characters that are written differently in addresses, JSON and base64. */
const MARK = `canary${randomBytes(6).toString('hex')}`;
const MARKED: Record<SecretPart, string> = {
  'postgres-password': `${MARK}-pg/@:"`,
  'kafka-password': `${MARK}-kafka`,
  'kafka-client-key': `-----BEGIN PRIVATE KEY-----\n${MARK}\n-----END PRIVATE KEY-----`,
  'openai-api-key': `sk-${MARK}`,
};
const DB_URL = `postgresql://lib:${encodeURIComponent(MARKED['postgres-password'])}@127.0.0.1:1/library`;

/** Every form in which a mark could hide. */
function expectNoMark(what: string, thing: unknown): void {
  const forms = [
    typeof thing === 'string' ? thing : '',
    JSON.stringify(thing) ?? '',
    String(thing),
    inspect(thing, {
      depth: 12,
      showHidden: true,
      getters: true,
      maxStringLength: null,
      maxArrayLength: null,
    }),
  ];
  for (const form of forms)
    for (const mark of [
      MARK,
      Buffer.from(MARK).toString('base64').slice(0, -4),
      [...MARK].toReversed().join(''),
    ])
      expect(form.includes(mark), `${what} holds a secret`).toBe(false);
}

interface Door {
  settings: Settings;
  home: string;
  notices: unknown[];
  ask(route: (typeof profileRoutes)[number]['name'], input: unknown): Promise<unknown>;
}

async function openDoor(): Promise<Door> {
  const home = await tempDir();
  const notices: unknown[] = [];
  const settings = await openSettings({
    homeDir: home,
    secrets: { variables: {} },
    onNotice: (n) => void notices.push(n),
  });
  const unchosen = { name: 'sandbox', kind: 'sandbox', readOnly: false } as const;
  const handlers = profileHandlers(settings, settings.readText, unchosen) as unknown as Record<
    string,
    (input: unknown, context: unknown) => Promise<unknown>
  >;
  const context = { client: 'page', files: { pathOf: (id: string) => join(home, id) }, signal: never };
  return {
    settings,
    home,
    notices,
    /** As a door does: parses what goes in and what comes out; an error leaves as its report. */
    async ask(name, input) {
      const route: { input: z.ZodType; output: z.ZodType } | undefined = profileRoutes.find(
        (each) => each.name === name,
      );
      try {
        const answer = await handlers[name]?.(route?.input.parse(input), context);
        return route?.output.parse(answer);
      } catch (thrown) {
        const error = toAppError(thrown);
        expectNoMark(`the error of ${name}`, { report: reportOf(error), trace: traceOf(error), error });
        return { error: reportOf(error) };
      }
    },
  };
}

/** A door with one complete profile whose every secret is marked; its id and revision. */
async function marked(): Promise<Door & { id: string; revision: string }> {
  const door = await openDoor();
  const { id: _, ...draft } = complete();
  const { view } = (await door.ask('profiles.create', { draft })) as {
    view: { profile: { id: string }; revision: string };
  };
  for (const part of SECRET_PARTS)
    expectNoMark(
      'setSecret',
      await door.ask('profiles.setSecret', { id: view.profile.id, part, value: MARKED[part] }),
    );
  return { ...door, id: view.profile.id, revision: view.revision };
}

describe('a marked secret', () => {
  it('is really kept, so that the tests below can find it', async () => {
    const { settings, id } = await marked();
    for (const part of SECRET_PARTS)
      expect((await settings.secrets.get(id, part, never))?.reveal()).toBe(MARKED[part]);
    expect(() => expectNoMark('this', { a: MARK })).toThrow('this holds a secret');
  });

  it('is in no answer of any route', async () => {
    const door = await marked();
    const { id, revision } = door;
    await writeFile(
      join(door.home, 'old.env'),
      `DB_URL=${DB_URL}\nOPENAI_API_KEY=${MARKED['openai-api-key']}\n${MARK}\nX=${MARK}`,
    );
    const { id: _, ...draft } = complete({ name: 'Renamed' });
    const asked: Record<(typeof profileRoutes)[number]['name'], unknown[]> = {
      'profiles.list': [{}],
      'profiles.show': [{ profile: id }, { profile: 'nobody' }],
      'profiles.check': [
        { id, draft },
        { id: null, draft: {} },
      ],
      'profiles.create': [{ draft: { ...draft, name: 'Lincoln' } }],
      'profiles.edit': [
        { id, revision: 'other', draft },
        { id, revision, draft },
      ],
      'profiles.duplicate': [{ id, name: null }],
      'profiles.reorder': [{ ids: [id] }],
      'profiles.use': [{ id }],
      'profiles.setSecret': [
        { id, part: 'postgres-password', value: `${MARK}\nline` },
        { id, part: 'kafka-client-key', value: MARK },
        { id, part: 'no-such-part', value: MARK },
        { id: 'no-id', part: 'kafka-password', value: MARK },
      ],
      'profiles.clearSecret': [{ id, part: 'kafka-password' }],
      'profiles.allowUnprotected': [{}],
      'profiles.importEnv': [
        { source: { fileId: 'old.env' }, name: 'From env', kind: 'test' },
        { source: { fileId: 'old.env' }, name: 'From env', kind: 'test' },
        { source: { text: `DB_URL=mysql://u:${MARK}@h/d` }, name: 'Bad', kind: 'production' },
        { source: { fileId: 'none.env' }, name: 'None', kind: 'test' },
      ],
      'profiles.export': [{ ids: [] }, { ids: [id] }],
      'profiles.import': [{ source: { text: `{"${MARK}` } }, { source: { fileId: 'old.env' } }],
      'profiles.link': [{ id }],
      'profiles.readLink': [{ link: `accession://enrol?v=1&p=${MARK}&c=00000000` }],
      'profiles.enrol': [{ link: MARK }],
      'profiles.delete': [
        { id, confirmation: 'no' },
        { id, confirmation: 'Renamed' },
      ],
    };
    for (const { name } of profileRoutes) {
      expect(asked[name], `${name} is not asked here`).toBeDefined();
      for (const input of asked[name]) expectNoMark(name, await door.ask(name, input));
    }
    expectNoMark('the notices', door.notices);
  });

  it('pasted into a field where it does not belong is not quoted back', async () => {
    const door = await openDoor();
    const wrong = [
      { ...lincoln(), postgres: { host: DB_URL, database: 'd', user: 'u' } },
      { ...lincoln(), kafka: { brokers: [`u:${MARK}@k:9092`], ca: MARKED['kafka-client-key'] } },
      { ...lincoln(), openai: { baseUrl: `https://u:${MARK}@models.example/v1` } },
      { ...lincoln(), kind: MARK, batchRows: MARK, postgres: MARK },
    ];
    for (const draft of wrong) {
      const answer = await door.ask('profiles.create', { draft: { ...draft, id: undefined } });
      expect(answer).toMatchObject({ outcome: 'refused' });
      expectNoMark('a refusal', answer);
    }
    expect(await readdir(door.home)).not.toContain('profiles.json.corrupt');
  });

  it('is in no file but the one that keeps it, whatever happened to the others', async () => {
    const door = await marked();
    await writeFile(join(door.home, 'profiles.json'), '{');
    await door.ask('profiles.list', {});
    await door.ask('profiles.duplicate', { id: door.id, name: 'Copy' });
    const files = await readdir(door.home, { recursive: true });
    for (const name of files) {
      const path = join(door.home, name);
      if (name === join('secrets', 'secrets.json') || !(await stat(path)).isFile()) continue;
      expectNoMark(name, await readFile(path, 'latin1'));
    }
    expect(files.some((name) => name.startsWith('profiles.json.corrupt-'))).toBe(true);
    await door.ask('profiles.delete', { id: door.id, confirmation: 'Lincoln' });
    const { secrets } = JSON.parse(await readFile(join(door.home, 'secrets', 'secrets.json'), 'utf8'));
    expect(Object.keys(secrets)).not.toContain(door.id);
  });

  it('cannot be printed, logged, cloned or put into a crash report by accident', () => {
    const secret = new Secret(MARK);
    expectNoMark('a secret', secret);
    expectNoMark('an object with it', { secret, list: [secret], map: new Map([['k', secret]]) });
    expectNoMark('a text with it', `${secret} ${[secret]}`);
    expectNoMark('an error with it', Object.assign(new Error(`no ${secret}`, { cause: secret }), { secret }));
    expectNoMark('a clone', structuredClone({ secret }));
    expect(serialize({ secret }).includes(MARK)).toBe(false);
  });

  it('is on neither stream of a command that fails with it, even when it logs everything', async () => {
    const home = await tempDir();
    const run = (...argv: string[]) =>
      accession(
        { ACCESSION_HOME: home, LOG_LEVEL: 'debug', KAFKA_SASL_PASSWORD: MARKED['kafka-password'] },
        ...argv,
      );
    await writeFile(join(home, 'old.env'), `DB_URL=${DB_URL}\nOPENAI_API_KEY=${MARKED['openai-api-key']}\n`);
    const runs = [
      await run('profiles', 'import', join(home, 'old.env'), '--name', 'Lincoln'),
      await run('doctor', '--profile', 'Lincoln', '--json'),
      await run('history', '--profile', 'Lincoln'),
    ];
    expect(runs.map(({ code }) => code)).toEqual([0, 1, 1]);
    expect(runs[2]?.stderr).toContain('db.unreachable');
    expectNoMark('the output', runs);
  });
});
