import { expect, it } from 'vitest';
import type { Database } from '../../../electron/engine/database-port.ts';
import type { LoadReport } from '../../../electron/engine/load-report.ts';
import { AppError } from '../../../shared/errors.ts';
import { describeEachServer } from '../../contract/database-harness.ts';
import { type Bench, createBench, term } from './load-harness.ts';

const WRITERS = ['ledger', 'commits', 'vectors', 'outbox'] as const;

/**
 * The database goes away for good at its n-th call, counted over every port of it: `after` says whether that
 * call was still carried out, so that only its answer is lost.
 */
function dyingAt(database: Database, n: number, after: boolean): { database: Database; calls: () => number } {
  let calls = 0;
  const gone = (): AppError =>
    new AppError({ code: 'db.unreachable', message: 'The server is gone.', hint: 'Start it again.' });
  const guard = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          calls += 1;
          if (calls > n || (calls === n && !after)) throw gone();
          const result = Reflect.apply(member, target, given);
          if (calls !== n) return result;
          // An iterable has no answer to lose: it dies as it is asked for.
          if (!(result instanceof Promise)) throw gone();
          return result.then(() => Promise.reject(gone()));
        };
      },
    });
  const ports = Object.fromEntries(WRITERS.map((name) => [name, guard(database[name])]));
  const staging: Database['staging'] = (loadId, files) => guard(database.staging(loadId, files));
  return { database: { ...database, ...ports, staging }, calls: () => calls };
}

async function state(bench: Bench): Promise<unknown> {
  return {
    catalog: await bench.rows('SELECT book_id, content_hash FROM catalog ORDER BY 1'),
    students: await bench.rows('SELECT student_id, content_hash FROM students ORDER BY 1'),
    checkouts: await bench.rows('SELECT student_id, book_id, content_hash FROM checkout ORDER BY 1'),
    embeddings: await bench.rows('SELECT book_id, content_hash FROM book_embeddings ORDER BY 1'),
    open: await bench.rows(`SELECT state FROM accession.outbox WHERE state <> 'sent'`),
    staged: await bench.rows('SELECT 1 AS one FROM accession.staged_books'),
    turns: await bench.rows('SELECT type FROM accession.turns WHERE lease_until > now()'),
  };
}

/** Every event's entity at least once, whatever was sent twice. */
function told(bench: Bench): string[] {
  const values = bench.publisher.sent.map((message) => JSON.parse(message.value) as Record<string, unknown>);
  const about = values.flatMap((value) =>
    Array.isArray(value.book_ids)
      ? value.book_ids.map((id) => `book ${id}`)
      : [`${value.event_type ?? value.event} ${value.student_id ?? ''} ${value.book_id ?? ''}`],
  );
  return [...new Set(about)].toSorted();
}

describeEachServer('a load whose database dies', (target) => {
  const files = (bench: Bench): string[] => {
    const { books, students, checkouts } = term(25);
    return [bench.file('c.csv', checkouts), bench.file('b.csv', books), bench.file('s.csv', students)];
  };

  it.each([
    ['before', false],
    ['after', true],
  ])(
    'ends the same whichever call it dies %s, once it is taken up again',
    async (_when, after) => {
      const whole = createBench(await target.open());
      await whole.load(files(whole));
      const expected = { state: await state(whole), told: told(whole) };
      await whole.close();

      let finished = false;
      for (let n = 1; !finished; n += 1) {
        const bench = createBench(await target.open());
        try {
          const dying = dyingAt(bench.opened.database, n, after);
          const broken: LoadReport = await bench.load(files(bench), {
            ports: { database: dying.database },
            tuning: { leaseMs: 50 },
          });
          finished = dying.calls() < n;
          const sealed = (await bench.rows('SELECT 1 AS one FROM accession.chunks')).length > 0;
          if (sealed) {
            const resumed = await bench.resume(broken.loadId);
            expect(
              resumed.files.map((file) => file.accepted),
              `dead at call ${n}`,
            ).toEqual([25, 25, 25]);
          } else if (!finished) {
            // What died before it was sealed is swept up by the next load, once it has been quiet for a day.
            await bench.rows(`UPDATE accession.loads SET started_at = started_at - interval '2 days'`);
            await bench.load(files(bench));
          }
          const ended = { state: await state(bench), told: told(bench) };
          expect(ended, `dead at call ${n}`).toEqual(expected);
        } finally {
          await bench.close();
        }
      }
    },
    300_000,
  );
});
