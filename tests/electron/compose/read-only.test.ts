import { describe, expect, it } from 'vitest';
import { readOnlyDatabase, readOnlyIndex, readOnlyPublisher } from '../../../electron/compose/read-only.ts';
import type { Database } from '../../../electron/engine/database-port.ts';
import type { EventPublisher, VectorIndex } from '../../../electron/engine/ports.ts';
import { never } from '../settings-in-folder.ts';

/** Parts of which every method answers with its own name, as a class with private state would. */
function answering<T extends object>(): T {
  class Part {
    readonly #said = 'done';
    answer(name: string): string {
      return `${this.#said} ${name}`;
    }
  }
  const part = new Part();
  return new Proxy(part, {
    get: (target, name) => (name === 'then' ? undefined : async () => target.answer(String(name))),
  }) as unknown as T;
}

const database = readOnlyDatabase(
  {
    schema: answering(),
    ledger: answering(),
    commits: answering(),
    vectors: answering(),
    outbox: answering(),
    staging: () => answering(),
    rehearsal: async () => answering(),
    knownIds: async () => new Set(['known']),
    close: async () => undefined,
  } satisfies Database,
  'Lincoln',
);
const index = readOnlyIndex(answering<VectorIndex>(), 'Lincoln');
const publisher = readOnlyPublisher(answering<EventPublisher>(), 'Lincoln');
const any = undefined as never;

const WRITES: Record<string, () => Promise<unknown>> = {
  'db prepare': () => database.schema.prepare(never),
  'beginning a load': () => database.ledger.begin(any, never),
  'ending a load': () => database.ledger.finish('x', any, never),
  'a status': () => database.ledger.setStatus('x', 'stopped', never),
  'a report': () => database.ledger.saveReport('x', {}, never),
  'a lease': () => database.ledger.lease('x', 0, 'staged', 'me', 1, never),
  'a turn': () => database.ledger.takeTurns('x', ['books'], 1, never),
  staging: () => database.staging('x', []).add(0, 0, [], never),
  sealing: () => database.staging('x', []).seal(never),
  'a commit': () => database.commits.commit([], any, never),
  'a split': () => database.commits.split(any, never),
  'a rejected row': () => database.commits.rejectOnlyRow(any, any, never),
  vectors: () => database.vectors.save(any, 'm', [], 0, never),
  'pending vectors': () => database.vectors.publishPending(1, never),
  'an outbox plan': () => database.outbox.plan(1, [], never),
  'a sent event': () => database.outbox.sent(any, any, any, never),
  'the index': () => index.update(any, never),
  'an event': () => publisher.send('t', [], never),
};

describe('a read-only profile', () => {
  it.each(Object.entries(WRITES))('refuses %s, by its name', async (_, write) => {
    await expect(write()).rejects.toMatchObject({
      code: 'profile.read-only',
      message: expect.stringContaining('"Lincoln" is read-only'),
      hint: expect.stringContaining('--dry-run'),
    });
  });

  it('lets everything through that only looks, or leaves nothing behind', async () => {
    expect(await database.schema.inspect(never)).toBe('done inspect');
    expect(await database.schema.prepareSql(never)).toBe('done prepareSql');
    expect(await database.ledger.loads(1, never)).toBe('done loads');
    expect(await database.outbox.counts(null, never)).toBe('done counts');
    expect(await (await database.rehearsal([], never)).review(never)).toBe('done review');
    expect(await database.knownIds('books', [], never)).toEqual(new Set(['known']));
    expect(await index.search(any, 1, never)).toBe('done search');
    expect(await publisher.partitions('t', never)).toBe('done partitions');
  });
});
