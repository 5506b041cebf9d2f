import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckTask } from '../../../../electron/adapters/record-checker/check-messages.ts';
import {
  createThreadPool,
  type ThreadPool,
} from '../../../../electron/adapters/record-checker/thread-pool.ts';
import { AppError } from '../../../../shared/errors.ts';
import { never } from '../workspace/open-files.ts';
import { booksText, openedTexts, TODAY } from './opened-texts.ts';

const beside = (name: string) => new URL(name, import.meta.url);

let texts: ReturnType<typeof openedTexts>;
const pools: ThreadPool[] = [];
beforeEach(() => {
  texts = openedTexts();
});
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  await texts.remove();
});

function poolOf(...args: Parameters<typeof createThreadPool>): ThreadPool {
  const pool = createThreadPool(...args);
  pools.push(pool);
  return pool;
}

async function tasks() {
  const { file, mapping } = await texts.open('books', booksText(100));
  await file.ready(Number.POSITIVE_INFINITY, never);
  const { copy } = file;
  const edits = new Map();
  const todayMs = TODAY.getTime();
  const range = (from: number): Extract<CheckTask, { kind: 'range' }> => ({
    ...{ kind: 'range', copy, mapping, mappingNo: 1, from, count: 10, edits, keepRows: false, todayMs },
  });
  const deadly = (rule: 'replace' | 'repair'): Extract<CheckTask, { kind: 'changes' }> => ({
    ...{ kind: 'changes', copy, position: 1, from: 1, count: 1, edits },
    rule:
      rule === 'repair'
        ? { kind: 'repair', repair: { kind: 'mojibake' } }
        : { kind: 'replace', find: 'a', replacement: 'b', whole: false, matchCase: true },
  });
  return { range, deadly, copy, mapping };
}

describe('a thread that dies', () => {
  it.each(['replace', 'repair'] as const)(
    'fails its task as an AppError that can be tried again, and the next task has a new thread (%s)',
    async (death) => {
      const { range, deadly } = await tasks();
      const pool = poolOf(1, beside('mortal-thread.ts'));
      expect((await pool.run<'range'>(range(1))).firstRow).toBe(1);
      const failure = await pool.run(deadly(death)).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(AppError);
      expect(failure).toMatchObject({
        code: 'internal',
        retryable: true,
        message: expect.stringContaining('ended unexpectedly'),
      });
      expect((await pool.run<'range'>(range(21))).firstRow).toBe(21);
    },
  );

  it('takes with it what it had still to do', async () => {
    const { range, deadly } = await tasks();
    const pool = poolOf(1, beside('mortal-thread.ts'));
    const outcomes = await Promise.allSettled([pool.run(deadly('replace')), pool.run(range(1))]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'internal' } },
      { status: 'rejected', reason: { code: 'internal' } },
    ]);
  });

  it('takes no task of another thread with it', async () => {
    const { range, deadly } = await tasks();
    const pool = poolOf(2, beside('mortal-thread.ts'));
    const [dead, alive] = await Promise.allSettled([
      pool.run(deadly('replace')),
      pool.run<'range'>(range(1)),
    ]);
    expect(dead.status).toBe('rejected');
    expect(alive).toMatchObject({ status: 'fulfilled', value: { firstRow: 1 } });
  });
});

describe('a thread that lives', () => {
  it('passes on what a task failed of, and goes on', async () => {
    const { range } = await tasks();
    const pool = poolOf(1);
    const lost = { ...range(1), copy: { ...range(1).copy, copyPath: '/nowhere/copy.csv' } };
    await expect(pool.run(lost)).rejects.toThrow('ENOENT');
    expect((await pool.run<'range'>(range(1))).firstRow).toBe(1);
  });

  it('does several tasks in their order', async () => {
    const { range } = await tasks();
    const pool = poolOf(1);
    const done: number[] = [];
    await Promise.all(
      [1, 11, 21, 31].map(async (from) => {
        done.push((await pool.run<'range'>(range(from))).firstRow);
      }),
    );
    expect(done).toEqual([1, 11, 21, 31]);
  });

  it('does not keep the process from ending', async () => {
    const program = fileURLToPath(beside('unclosed-checker.ts'));
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 30_000 });
    expect(stdout).toBe('2');
  });
});
