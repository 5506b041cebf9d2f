import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type { RouteName } from '../../shared/contract/routes.ts';
import { DEFAULT_TOPIC_NAMES } from '../../shared/events/topics.ts';
import type { RowIssue } from '../../shared/records/types.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { productionDatabase } from '../services/databases.ts';
import { createTopics } from '../services/kafka-topics.ts';
import { startSecureKafka } from '../services/secure-kafka.ts';
import { describeWithOwnServer } from '../services/secure-services.ts';
import { asking } from './canary/draft-on-disk.ts';
import { type EchoingServer, startEchoingOpenAi } from './canary/echoing-servers.ts';
import { markedSchool, secretsOf, studentsOf, writeMarkedFiles } from './canary/marked-school.ts';
import { expectNone } from './canary/marks.ts';
import { checked, numberOf, openDraft } from './canary/open-draft.ts';
import { openServed } from './canary/served-door.ts';
import { shownCells } from './canary/shown-cells.ts';
import { accession } from './command.ts';
import { enterSecrets, mustDo } from './saved-profile.ts';
import { serveBuilt } from './serving.ts';

/** A rule of the school's own, whose refusal quotes the row in everything that Postgres lets it. */
const QUOTING_RULE = `CREATE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'no row %', NEW USING DETAIL = NEW::text, HINT = NEW::text, ERRCODE = 'check_violation', COLUMN = NEW.student_id;
END $$;
CREATE TRIGGER quote_row BEFORE INSERT ON students FOR EACH ROW WHEN (NEW.age = 21) EXECUTE FUNCTION quote_row()`;

describeWithOwnServer(
  'kafka',
  'a load into real servers that quote and refuse',
  startSecureKafka,
  (kafka) => {
    const home = mkdtempSync(join(tmpdir(), 'accession-canary-services-'));
    const school = markedSchool();
    const everything = [...secretsOf(school), ...studentsOf(school)];
    const environment = { ACCESSION_HOME: home, LOG_LEVEL: 'debug' };
    let appDir: string;
    let openai: EchoingServer;
    let files: string[];

    beforeAll(async () => {
      appDir = builtApp();
      openai = await startEchoingOpenAi();
      await createTopics(kafka().open, Object.values(DEFAULT_TOPIC_NAMES));
      const url = await productionDatabase(inject('postgresUrl') ?? '');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(QUOTING_RULE);
      await client.end();
      const { teacher, student } = school.students;
      const marked = writeMarkedFiles(home, school, 1);
      const refused = join(home, 'students-3.csv');
      writeFileSync(
        refused,
        `student_id,grade_level,age,homeroom_teacher,lunch_period\n${student.text}-x,4,21,${teacher.text},1\n${student.text}-y,4,9,${teacher.text},1\n`,
      );
      files = [marked.books, marked.students, marked.checkouts, refused];
      const ca = join(home, 'ca.pem');
      writeFileSync(ca, kafka().authority.certificate);
      const { username, password, host, pathname } = new URL(url);
      const file = join(home, 'password.txt');
      writeFileSync(file, decodeURIComponent(password) || 'none');
      await mustDo(
        environment,
        ...['profiles', 'add', 'School', '--kind', 'production', '--password-file', file],
        ...['--postgres', `postgresql://${username}@${host}${pathname}`],
        ...['--kafka', kafka().saslTls, '--kafka-tls', 'verify', '--kafka-ca', ca],
        ...['--kafka-user', 'loader', '--kafka-mechanism', 'plain'],
        ...['--openai-url', `http://127.0.0.1:${openai.port}/v1`],
      );
      await enterSecrets(environment, 'School', {
        'kafka-password': school.secrets['kafka-password'].text,
        'openai-api-key': school.secrets['openai-api-key'].text,
      });
      await mustDo(environment, 'db', 'prepare', '--profile', 'School');
    });
    afterAll(async () => {
      await openai?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it('says nothing of a secret or a student on the command line', async () => {
      const load = await accession(environment, 'load', ...files, '--profile', 'School', '--json');
      const codes = load.json.problems.map(({ code }: { code: string }) => code);
      expect(codes).toEqual(expect.arrayContaining(['embedding.login', 'events.login']));
      const quoted = load.json.files.find(({ path }: { path: string }) => path.endsWith('students-3.csv'));
      expect(quoted).toMatchObject({ rows: 2, accepted: 1, rejected: 1 });
      expectNone('the report and the log', load.stdout + load.stderr, everything);
      expect(openai.heard()).toContain(school.secrets['openai-api-key'].text);
      const shown = await accession(environment, 'show', load.json.loadId, '--profile', 'School', '--json');
      const issues = (shown.json.issues as { issues: RowIssue[] }[]).flatMap((file) => file.issues);
      expect(issues.length).toBeGreaterThan(5);
      // A person is shown the cell, beside a text that does not repeat it; it names a column as it is called, and whom
      // a checkout refers to in vain.
      const { heading, lost } = school.students;
      const cells = everything.filter((mark) => mark !== heading && mark !== lost);
      for (const { value: _, suggestion: __, ...issue } of issues) expectNone('an issue', issue, cells);
      for (const argv of [
        ['resume', load.json.loadId],
        ['history'],
        ['doctor'],
        ['events', 'status'],
        ['profiles', 'test', 'School'],
      ]) {
        const more = argv[0] === 'profiles' ? [] : ['--profile', 'School'];
        const { stdout, stderr } = await accession(environment, ...argv, ...more, '--json');
        expectNone(argv.join(' '), stdout + stderr, everything);
      }
    }, 120_000);

    it('says nothing of either in events, logs, metrics and answers of a server', async () => {
      const serving = await serveBuilt(appDir, ['--port', '0', '--profile', 'School'], environment);
      const door = await openServed(serving);
      await door.follow('loads.happened', null);
      const own: string[] = [];
      for (const path of files) own.push(await door.idOf(path));
      const { loadId } = (await door.ask('loads.start', { profileId: null, files: own })).value;
      await door.ended(loadId);
      await door.ask('loads.show', { profileId: null, loadId });
      await door.ask('loads.history', { profileId: null });
      const profileId = (await door.ask('profiles.show', { profile: 'School' })).value.profile.id;
      await door.ask('profiles.test', { profileId });
      for (const path of ['/readyz', '/metrics']) await door.get(path);
      const problems = door.heard.filter(
        ({ payload }) => (payload as { kind?: string } | undefined)?.kind === 'problem',
      );
      expect(problems.length).toBeGreaterThan(0);
      expect(await serving.end()).toBe(0);
      for (const message of door.heard) expectNone('what crosses to the page', message, everything);
      for (const answer of door.answers) expectNone('an answer over HTTP', answer, everything);
      expectNone('the log', serving.stderr(), everything);
      expect(serving.stderr()).toContain(loadId);
    }, 120_000);

    it('shows what such a server has refused in the rows of the draft, and nowhere else', async () => {
      const serving = await serveBuilt(appDir, ['--port', '0'], environment);
      const door = await openServed(serving);
      const routes = new Map<object, RouteName>();
      const ask = asking(door, routes);
      await door.follow('loads.happened', null);
      const profileId = (await ask('profiles.show', { profile: 'School' })).profile.id;
      const draftId = await openDraft(ask, door, profileId, files);
      const fileNo = numberOf(await checked(ask, draftId), 'students-3.csv');
      const { confirmation } = (await ask('drafts.review', { draftId })).review;
      const { loadId } = await ask('drafts.load', { draftId, confirmation });
      await door.ended(loadId);
      const refused = { draftId, fileNo, code: 'database.refused', offset: 0, limit: 10 };
      await vi.waitFor(
        async () => expect((await ask('drafts.issues', refused)).issues).toHaveLength(1),
        20_000,
      );
      await ask('drafts.rows', { draftId, fileNo, from: 1, count: 10 });
      await ask('drafts.show', { draftId });
      await ask('loads.show', { profileId, loadId });
      await ask('drafts.discard', { draftId });
      expect(await serving.end()).toBe(0);
      const shown = shownCells(school);
      for (const message of door.heard) shown.expectOnlyShownIn(message, routes);
      for (const answer of door.answers) expectNone('an answer over HTTP', answer, everything);
      expectNone('the log', serving.stderr(), everything);
      expect(serving.stderr()).toContain(loadId);
    }, 120_000);
  },
);
