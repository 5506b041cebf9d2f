import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productionDatabase } from '../services/databases.ts';
import { startPostgres } from '../services/postgres.ts';
import { type DesktopUnderTest, openDesktop } from './desktop-under-test.ts';
import { benchFolder } from './generate-books.ts';

/**
 * `npm run bench:main`: how long the desktop's main process keeps others waiting while a million checkouts, of books
 * and students that are loaded already, are checked and loaded into a real Postgres. Said beside it: the same
 * process with nothing to do. Exit code 0 when the promise was kept, 1 when not. `--rows N` for a shorter run, whose
 * figures prove nothing.
 */
const P99_MS = 50;
const BOOKS = 20_000;
const STUDENTS = 5_000;
const IDLE_MS = 5_000;
const DEADLINE_MS = 20 * 60_000;

interface Delay {
  p50: number;
  p99: number;
  max: number;
}

async function main(rows: number): Promise<number> {
  mkdirSync(benchFolder(), { recursive: true });
  const folder = mkdtempSync(join(benchFolder(), 'main-'));
  const postgres = await startPostgres();
  let desktop: DesktopUnderTest | null = null;
  try {
    const files = writeTerm(folder, rows);
    desktop = await openDesktop(join(folder, 'home'));
    const profileId = await profileOf(desktop, await productionDatabase(postgres.url));
    await load(desktop, profileId, [files.books, files.students]);

    const idle = await delayDuring(desktop, () => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
    const startedMs = performance.now();
    let counts: Counts = { accepted: 0, inserted: 0 };
    const own = desktop;
    const busy = await delayDuring(own, async () => {
      counts = await load(own, profileId, [files.checkouts]);
    });
    const seconds = (performance.now() - startedMs) / 1000;

    console.log(
      `${rows} checkouts checked and loaded in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s): ` +
        `${counts.accepted} accepted, ${counts.inserted} inserted`,
    );
    console.log(`main process, idle:    ${line(idle)}`);
    console.log(`main process, loading: ${line(busy)} (p99 ${(busy.p99 / idle.p99).toFixed(2)} × idle)`);
    const whole = counts.inserted === rows;
    const kept = busy.p99 < P99_MS && whole;
    if (!whole) console.log(`NOT KEPT  ${rows - counts.inserted} checkouts are missing`);
    console.log(
      `${busy.p99 < P99_MS ? 'kept    ' : 'NOT KEPT'}  p99 of the event loop's delay under ${P99_MS} ms`,
    );
    return kept ? 0 : 1;
  } finally {
    await desktop?.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = ({ p50, p99, max }: Delay): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${max.toFixed(0)} ms`;

/** Of the main process's event loop while `work` runs. The histogram counts its own 10 ms steps, too. */
async function delayDuring({ app }: DesktopUnderTest, work: () => Promise<unknown>): Promise<Delay> {
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    Object.assign(globalThis, { delay });
  });
  await work();
  return app.evaluate(() => {
    const { delay } = globalThis as unknown as {
      delay: { disable(): void; percentile(p: number): number; max: number };
    };
    delay.disable();
    return { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  });
}

async function profileOf({ ask }: DesktopUnderTest, url: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const draft = {
    name: 'Bench',
    kind: 'test',
    postgres: {
      host: hostname,
      port: Number(port),
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
    },
  };
  const { view } = await ask('profiles.create', { draft });
  const { id } = view.profile;
  await ask('profiles.setSecret', { id, part: 'postgres-password', value: decodeURIComponent(password) });
  await ask('profiles.prepareDatabase', { profileId: id });
  return id;
}

interface Counts {
  accepted: number;
  inserted: number;
}

/** From the drop to the end, as a person does it; nothing is embedded or published. */
async function load(
  { ask, idsOf }: DesktopUnderTest,
  profileId: string,
  paths: readonly string[],
): Promise<Counts> {
  let { draft } = await ask('drafts.open', { profileId, files: await idsOf(paths) });
  const { draftId } = draft;
  await until(async () => {
    ({ draft } = await ask('drafts.show', { draftId }));
    return draft.files.every(({ state }: { state: string }) => state === 'checked' || state === 'failed');
  });
  const { loadId } = await ask('drafts.load', { draftId, embed: false, publish: false });
  await until(async () => (await ask('loads.running', {})).loads.length === 0);
  const { load: ended, error } = await ask('loads.show', { profileId, loadId });
  if (error !== null) throw new Error(`${error.message} ${error.hint}`);
  return ended.counts;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It does not come to an end.');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function writeTerm(folder: string, rows: number): { books: string; students: string; checkouts: string } {
  const write = (name: string, header: string, count: number, row: (n: number) => string): string => {
    const path = join(folder, name);
    const lines = Array.from({ length: count }, (_, n) => row(n));
    writeFileSync(path, `${header}\n${lines.join('\n')}\n`);
    return path;
  };
  const day = (n: number): string =>
    new Date(Date.UTC(2024, 0, 1 + (n % 700))).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return {
    books: write('books.csv', 'book_id,title', BOOKS, (n) => `B${n},Volume ${n} of the long shelf`),
    students: write(
      'students.csv',
      'student_id,grade_level,age,homeroom_teacher,lunch_period',
      STUDENTS,
      (n) => `S${n},${n % 13},${5 + (n % 13)},Room ${n % 90},${1 + (n % 9)}`,
    ),
    // No two alike: the same student comes again after 5,000 rows, with another book on another day.
    checkouts: write(
      'checkouts.csv',
      'student_id,book_id,checkout_date,student_rating',
      rows,
      (n) =>
        `S${n % STUDENTS},B${(n * 7 + Math.floor(n / STUDENTS)) % BOOKS},${day(Math.floor(n / STUDENTS))},${1 + (n % 5)}`,
    ),
  };
}

const at = process.argv.indexOf('--rows');
process.exitCode = await main(at === -1 ? 1_000_000 : Number(process.argv[at + 1]));
