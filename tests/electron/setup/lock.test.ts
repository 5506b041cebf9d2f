import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, isStale, lockPath, MOMENT_MS, SILENT_AFTER_MS } from '../../../electron/setup/lock.mjs';
import { temporaryFolder } from './setup-context.ts';

const alive = () => true;
const dead = () => false;

test.each<[string, number | null, number, () => boolean, boolean]>([
  ['the lock of a living process holds', 7, 1_000, alive, false],
  ['the lock of a dead process is stale at once', 7, 0, dead, true],
  ['a living process id without a heartbeat is another process', 7, SILENT_AFTER_MS + 1, alive, true],
  ['a lock just created may not name its process yet', null, MOMENT_MS, alive, false],
  ['a lock that never came to name its process is stale', null, MOMENT_MS + 1, alive, true],
])('%s', (_fact, pid, silentMs, isAlive, stale) => {
  const nowMs = 1_000_000_000;
  expect(isStale({ pid, touchedMs: nowMs - silentMs }, nowMs, isAlive)).toBe(stale);
});

test('each folder has a lock of its own, outside node_modules', () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  expect(lockPath(first)).not.toBe(lockPath(second));
  expect(lockPath(first)).toBe(lockPath(first));
  expect(lockPath(first)).not.toContain('node_modules');
});

test('the second waits until the first has given the lock back, and is told for whom', async () => {
  const path = join(temporaryFolder(), 'lock');
  const order: string[] = [];
  const releaseFirst = await acquireLock(path, () => order.push('first waits'));
  const told = new Promise<number | null>((resolve) => {
    void acquireLock(path, resolve).then((release) => {
      order.push('second has it');
      release();
    });
  });
  expect(await told).toBe(process.pid);
  order.push('first gives it back');
  releaseFirst();
  await expect.poll(() => order).toEqual(['first gives it back', 'second has it']);
  expect(existsSync(path)).toBe(false);
});

test('a lock left by a dead process is taken over, by one at a time', async () => {
  const path = join(temporaryFolder(), 'lock');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${pid}\n`);
  let holders = 0;
  let most = 0;
  const takers = Array.from({ length: 4 }, async () => {
    const release = await acquireLock(path, () => undefined);
    holders += 1;
    most = Math.max(most, holders);
    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`);
    await new Promise((resolve) => setImmediate(resolve));
    holders -= 1;
    release();
  });
  await Promise.all(takers);
  expect(most).toBe(1);
});
