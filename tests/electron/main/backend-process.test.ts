import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type ForkedProcess, superviseBackend } from '../../../electron/main/backend-process.ts';
import type { ErrorReport } from '../../../shared/errors.ts';

class ProcessStandIn extends EventEmitter implements ForkedProcess {
  readonly received: { id: number; route: string; input: unknown }[] = [];
  killed = false;

  postMessage(message: unknown): void {
    this.received.push(message as { id: number; route: string; input: unknown });
  }

  kill(): boolean {
    this.killed = true;
    this.emit('exit', 0);
    return true;
  }

  answer(index: number, value: unknown): void {
    this.emit('message', { id: this.received[index]?.id, reply: { ok: true, value } });
  }
}

function supervised() {
  const forks: ProcessStandIn[] = [];
  const stops: ErrorReport[] = [];
  const backend = superviseBackend({
    fork() {
      const fork = new ProcessStandIn();
      forks.push(fork);
      return fork;
    },
    onStopped: (error) => stops.push(error),
  });
  return { backend, forks, stops };
}

describe('the backend process', () => {
  test('gets each answer to the one who asked, in whatever order they come', async () => {
    const { backend, forks } = supervised();
    const first = backend.request('a', 1);
    const second = backend.request('b', 2);
    forks[0]?.answer(1, 'second');
    forks[0]?.answer(0, 'first');
    expect(await first).toEqual({ ok: true, value: 'first' });
    expect(await second).toEqual({ ok: true, value: 'second' });
    expect(forks).toHaveLength(1);
  });

  test('is started once, however often that is asked', () => {
    const { backend, forks } = supervised();
    backend.start();
    backend.start();
    expect(forks).toHaveLength(1);
  });

  test('answers open requests with a retryable error when it dies, and reports its end once', async () => {
    const { backend, forks, stops } = supervised();
    const open = backend.request('a', 1);
    forks[0]?.emit('exit', 134);
    const reply = await open;
    expect(reply).toMatchObject({ ok: false, error: { retryable: true } });
    expect(reply.ok ? '' : reply.error.message).toContain('134');
    expect(stops).toHaveLength(1);
  });

  test('is started again by the next request after it died', async () => {
    const { backend, forks } = supervised();
    backend.start();
    forks[0]?.emit('exit', 1);
    const reply = backend.request('a', 1);
    expect(forks).toHaveLength(2);
    forks[1]?.answer(0, 'back');
    expect(await reply).toEqual({ ok: true, value: 'back' });
  });

  test('ended on purpose is no failure, and stays ended', async () => {
    const { backend, forks, stops } = supervised();
    backend.start();
    backend.stop();
    expect(forks[0]?.killed).toBe(true);
    expect(stops).toEqual([]);
    expect(await backend.request('a', 1)).toMatchObject({ ok: false });
    expect(forks).toHaveLength(1);
  });
});
