import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type ForkedProcess, superviseBackend } from '../../../electron/main/backend-process.ts';
import type { ErrorReport } from '../../../shared/errors.ts';

class ProcessStandIn extends EventEmitter implements ForkedProcess {
  readonly received: unknown[] = [];
  killed = false;

  postMessage(message: unknown): void {
    this.received.push(message);
  }

  kill(): boolean {
    this.killed = true;
    this.emit('exit', 0);
    return true;
  }
}

function supervised() {
  const forks: ProcessStandIn[] = [];
  const heard: unknown[] = [];
  const stops: { error: ErrorReport; exitCode: number; restartsInMs: number }[] = [];
  const timers: { ms: number; action: () => void }[] = [];
  const clock = { nowMs: 0 };
  const backend = superviseBackend({
    fork() {
      const fork = new ProcessStandIn();
      forks.push(fork);
      return fork;
    },
    onMessage: (message) => heard.push(message),
    onStarted: () => backend.post('known files'),
    onStopped: (error, exitCode, restartsInMs) => stops.push({ error, exitCode, restartsInMs }),
    policy: { atMost: 3, withinMs: 60_000, delaysMs: [200, 1_000, 5_000] },
    now: () => clock.nowMs,
    after: (ms, action) => timers.push({ ms, action }),
  });
  /** Lets the wait before the restart pass. */
  const wait = () => {
    const timer = timers.shift();
    clock.nowMs += timer?.ms ?? 0;
    timer?.action();
  };
  return { backend, forks, heard, stops, clock, wait };
}

describe('the backend process', () => {
  test('is started once, however often that is asked', () => {
    const { backend, forks } = supervised();
    backend.start();
    backend.start();
    expect(forks).toHaveLength(1);
  });

  test('gets messages in their order, and what it says is heard in its', () => {
    const { backend, forks, heard } = supervised();
    backend.start();
    backend.post('first');
    backend.post('second');
    forks[0]?.emit('message', 'one');
    forks[0]?.emit('message', 'two');
    expect(forks[0]?.received).toEqual(['known files', 'first', 'second']);
    expect(heard).toEqual(['one', 'two']);
  });

  test('that died is started again by itself, after a moment', () => {
    const { backend, forks, stops, wait } = supervised();
    backend.start();
    forks[0]?.emit('exit', 134);
    expect(forks).toHaveLength(1);
    expect(stops).toMatchObject([{ exitCode: 134, restartsInMs: 200, error: { retryable: true } }]);
    expect(stops[0]?.error.message).toContain('134');
    wait();
    expect(forks).toHaveLength(2);
  });

  test('gets what was posted while it was down, after what it has to know first', () => {
    const { backend, forks, wait } = supervised();
    backend.start();
    forks[0]?.emit('exit', 1);
    backend.post('hello');
    backend.post('a request');
    wait();
    expect(forks[1]?.received).toEqual(['known files', 'hello', 'a request']);
    expect(forks[0]?.received).toEqual(['known files']);
  });

  test('that dies at every start is started three times in a minute at most', () => {
    const { backend, forks, stops, clock, wait } = supervised();
    backend.start();
    const restartsAtMs: number[] = [];
    for (let crash = 0; crash < 12; crash += 1) {
      forks.at(-1)?.emit('exit', 1);
      wait();
      restartsAtMs.push(clock.nowMs);
    }
    expect(restartsAtMs.slice(0, 4)).toEqual([200, 1_200, 6_200, 60_200]);
    for (const [index, atMs] of restartsAtMs.entries())
      expect(atMs - (restartsAtMs[index - 3] ?? -60_000)).toBeGreaterThanOrEqual(60_000);
    expect(stops[3]?.error.hint).toContain('in 54 seconds');
  });

  test('is started at once again when its crashes lie a minute apart', () => {
    const { backend, forks, stops, clock, wait } = supervised();
    backend.start();
    for (let crash = 0; crash < 5; crash += 1) {
      forks.at(-1)?.emit('exit', 1);
      wait();
      clock.nowMs += 60_000;
    }
    expect(stops.map(({ restartsInMs }) => restartsInMs)).toEqual([200, 200, 200, 200, 200]);
  });

  test('that is dead is not heard any more', () => {
    const { backend, forks, heard, wait } = supervised();
    backend.start();
    forks[0]?.emit('exit', 1);
    wait();
    forks[0]?.emit('message', 'from the grave');
    forks[0]?.emit('exit', 1);
    expect(heard).toEqual([]);
    expect(forks).toHaveLength(2);
  });

  test('ended on purpose is no failure, and stays ended', () => {
    const { backend, forks, stops } = supervised();
    backend.start();
    backend.stop();
    expect(forks[0]?.killed).toBe(true);
    expect(stops).toEqual([]);
    backend.start();
    backend.post('anything');
    expect(forks).toHaveLength(1);
  });

  test('ended on purpose while it waits for its restart is not started any more', () => {
    const { backend, forks, wait } = supervised();
    backend.start();
    forks[0]?.emit('exit', 1);
    backend.stop();
    wait();
    expect(forks).toHaveLength(1);
  });
});
