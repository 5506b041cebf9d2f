import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtApp } from '../../electron-stand-in/built-app.ts';
import { describeWithOwnServer } from '../../services/secure-services.ts';
import type { Bench, Breakage } from './breakage.ts';
import { databaseBreakages } from './database-breakages.ts';
import { type Door, type DoorKind, doors } from './doors.ts';
import { folderBreakages } from './folder-breakages.ts';
import { kafkaBreakages } from './kafka-breakages.ts';
import { openAiBreakages } from './openai-breakages.ts';
import { doorAccount, unmountIfMounted } from './privileges.ts';
import { choose, importEnv, PARTS, save, section, type TestReport, testConnection } from './profile-steps.ts';
import { envOf, type School, secretsOf, startSchool } from './school.ts';
import { enterAuthorities, serverBreakages } from './server-breakages.ts';

const NAME = 'Lincoln Elementary';
/** For one press or one entry, on a machine that is busy with other tests. */
const STEP_MS = 15_000;
const GREEN = Object.fromEntries(PARTS.map((part) => [part, 'Works']));

const statesOf = (report: TestReport): Record<string, string> =>
  Object.fromEntries(PARTS.map((part) => [part, report[part].state]));
/** What is wrong where everything should work. */
const complaintsOf = (report: TestReport): string =>
  PARTS.flatMap((part) => report[part].problems.map(({ message }) => `${part}: ${message}`)).join('\n');

function inDoor(kind: DoorKind, school: () => School): void {
  const { account, tooMighty } = doorAccount(kind.takesAccount);
  let home: string;
  let dataDir: string;
  let door: Door;
  let bench: Bench;
  /** The profile is there, and nothing that was broken is left so: else what follows would fail for another reason. */
  let isReady = false;
  /** Of every breakage that was tried, what the screen said. */
  const said: { breakage: string; part: string; message: string; mend: string }[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'accession-both-doors-'));
    dataDir = join(home, 'data');
    mkdirSync(dataDir);
    chmodSync(home, 0o755);
    if (account !== null) for (const folder of [home, dataDir]) chownSync(folder, account.uid, account.gid);
    door = await kind.open({ appDir: builtApp(), home, account });
    door.page.setDefaultTimeout(STEP_MS);
    bench = { page: door.page, school: school(), dataDir };
  });
  afterAll(async () => {
    await door?.close();
    unmountIfMounted(dataDir);
    rmSync(home, { recursive: true, force: true });
  });

  test('an imported .env becomes a production profile, and each part is green', async () => {
    const { page } = bench;
    const file = join(home, 'old.env');
    writeFileSync(file, envOf(school(), dataDir), { mode: 0o600 });
    await importEnv(page, NAME, 'Test', file);
    rmSync(file);
    await choose(await section(page, 'General'), 'What it is for', 'Production');
    await save(page);
    await page.getByRole('row', { name: NAME }).getByText('Production', { exact: true }).waitFor();
    await enterAuthorities(bench);

    const report = await testConnection(page);
    expect(statesOf(report), complaintsOf(report)).toEqual(GREEN);
    await page.getByText('Every part works.').waitFor();
    expect(PARTS.map((part) => report[part].version)).toEqual([
      expect.stringMatching(/^PostgreSQL \d+\.\d+$/),
      expect.stringMatching(/^Kafka \d+\.\d+$/),
      'text-embedding-3-small',
      expect.stringMatching(/^faiss-node \d/),
    ]);
    expect(report.Postgres.facts).toContain(
      'Encrypted (TLS), certificate verified by the authority in the profile.',
    );
    expect(report.Kafka.facts).toContain('Logged in as loader (PLAIN)');
    isReady = true;
  });

  const breakages: Breakage[] = [
    ...serverBreakages(),
    ...databaseBreakages(),
    ...kafkaBreakages(),
    ...openAiBreakages(),
    ...folderBreakages(tooMighty),
  ];
  for (const breakage of breakages) {
    const { name, skipped = null } = breakage;
    const title = `${name}: its own message and mend, and green once mended`;
    if (skipped === null)
      test(title, (context) =>
        isReady ? breakAndMend(breakage) : context.skip('what came before was not mended'),
      );
    else test.skip(`${title} (skipped: ${skipped})`, () => breakAndMend(breakage));
  }

  async function breakAndMend(breakage: Breakage): Promise<void> {
    await breakage.break(bench);
    const expected = breakage.shows(bench);
    const report = await testConnection(bench.page);
    try {
      const red = Object.fromEntries(Object.keys(expected).map((part) => [part, 'Does not work']));
      expect(statesOf(report), complaintsOf(report)).toEqual({ ...GREEN, ...red });
      for (const part of PARTS) {
        const shown = expected[part];
        if (shown === undefined) continue;
        const [problem, ...others] = report[part].problems;
        expect(problem?.message).toContain(shown.message);
        expect(problem?.hint).toContain(shown.mend);
        expect(problem?.fix?.title).toBe(shown.fix?.title);
        // What is to be typed is shown once, whatever else the same lines mend.
        expect(others.map(({ fix }) => fix)).toEqual(others.map(() => null));
        if (shown.fix !== undefined) expect(problem?.fix?.lines).toContain(shown.fix.line);
        said.push({
          breakage: breakage.name,
          part,
          message: problem?.message ?? '',
          mend: problem?.hint ?? '',
        });
      }
    } finally {
      isReady = false;
      await breakage.mend(bench, report);
      isReady = true;
    }
    const mended = await testConnection(bench.page);
    expect(statesOf(mended), complaintsOf(mended)).toEqual(GREEN);
  }

  test('no two breakages have the same message or the same mend', () => {
    const tried = breakages.filter(({ skipped = null }) => skipped === null).map(({ name }) => name);
    expect([...new Set(said.map(({ breakage }) => breakage))]).toEqual(tried);
    expect(new Set(said.map(({ message }) => message)).size).toBe(said.length);
    for (const [mend, those] of Map.groupBy(said, (one) => one.mend))
      expect(new Set(those.map(({ breakage }) => breakage)).size, mend).toBe(1);
  });

  test('no secret of the profile is on the page, nor in what its processes wrote', async () => {
    const seen = `${await bench.page.content()}${door.output()}`;
    for (const secret of secretsOf(school())) expect(seen).not.toContain(secret);
  });
}

describeWithOwnServer(
  ['postgres', 'kafka'],
  'a profile of a school, tested on the screen',
  startSchool,
  (school) => {
    for (const kind of doors()) {
      if (kind.missing === null) describe(`in ${kind.name}`, () => inDoor(kind, school));
      else describe.skip(`in ${kind.name} (skipped: ${kind.missing})`, () => inDoor(kind, school));
    }
  },
);
