import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { faissThroughMain } from '../../../electron/adapters/faiss/faiss-through-main.ts';
import { createFaissHost, type FaissNotice, type FaissProcess } from '../../../electron/main/faiss-host.ts';

class ProcessStandIn extends EventEmitter implements FaissProcess {
  readonly received: unknown[] = [];
  readonly stderr = new EventEmitter() as FaissProcess['stderr'] & EventEmitter;
  postMessage(message: unknown): void {
    this.received.push(message);
  }
  kill(): boolean {
    this.emit('exit', 15);
    return true;
  }
}

/** The backend's end and main's end, joined as the parent port joins them. */
function joined() {
  const forks: ProcessStandIn[] = [];
  const crashes: number[] = [];
  const backend = faissThroughMain((notice) => host.receive(notice as FaissNotice));
  const host = createFaissHost({
    fork() {
      const fork = new ProcessStandIn();
      forks.push(fork);
      return fork;
    },
    post: (notice) => void backend.receive(notice),
    onCrash: (exitCode) => crashes.push(exitCode),
  });
  const channel = () => {
    const opened = backend.startFaiss();
    const heard: unknown[] = [];
    opened.listen({ reply: (reply) => heard.push(reply), end: (how) => heard.push(how) });
    return { opened, heard };
  };
  return { backend, host, forks, crashes, channel };
}

describe('FAISS run by main for the backend', () => {
  test('gets each request and its reply comes back, each on its own channel', () => {
    const { forks, channel } = joined();
    const first = channel();
    const second = channel();
    first.opened.send({ id: 1, kind: 'verify', file: 'a', positions: [] });
    second.opened.send({ id: 1, kind: 'verify', file: 'b', positions: [] });
    expect(forks.map(({ received }) => received)).toMatchObject([[{ file: 'a' }], [{ file: 'b' }]]);
    forks[1]?.emit('message', { id: 1, kind: 'verified' });
    expect([first.heard, second.heard]).toEqual([[], [{ id: 1, kind: 'verified' }]]);
  });

  test('tells of its end with its last words, and of a crash', async () => {
    const { forks, crashes, channel } = joined();
    const { opened, heard } = channel();
    forks[0]?.stderr.emit('data', Buffer.from('Faiss assertion failed'));
    forks[0]?.emit('exit', 6);
    await opened.ended;
    expect(heard).toEqual(['ended with 6 Faiss assertion failed']);
    expect(crashes).toEqual([6]);
  });

  test('tells a listener that comes after its end', () => {
    const { forks, channel } = joined();
    const { opened } = channel();
    forks[0]?.emit('exit', 0);
    const late: string[] = [];
    opened.listen({ reply() {}, end: (how) => late.push(how) });
    expect(late).toEqual(['ended with 0']);
  });

  test('asked to quit has not crashed', () => {
    const { forks, crashes, channel } = joined();
    channel();
    forks[0]?.emit('exit', 0);
    expect(crashes).toEqual([]);
  });

  test('is ended by the backend, and with it', () => {
    const { host, forks, crashes, channel } = joined();
    const killed = channel();
    killed.opened.kill();
    expect(killed.heard).toEqual(['ended with 15']);
    const left = channel();
    let ends = 0;
    forks[1]?.on('exit', () => (ends += 1));
    host.endAll();
    expect(ends).toBe(1);
    // Nobody is there to be told.
    expect(left.heard).toEqual([]);
    expect(crashes).toEqual([15]);
  });

  test('leaves other messages alone', () => {
    const { backend } = joined();
    expect(backend.receive({ kind: 'file-chosen', fileId: 'a', path: 'b' })).toBe(false);
    expect(backend.receive(null)).toBe(false);
  });
});
