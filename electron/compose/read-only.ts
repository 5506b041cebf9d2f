import { AppError } from '../../shared/errors.ts';
import type { Database } from '../engine/database-port.ts';
import type { EventPublisher, VectorIndex } from '../engine/ports.ts';

/*
 * A read-only profile, for every door at once: its ports refuse each call that would write, whoever makes it. What
 * leaves nothing behind (checks, rehearsals over TEMP tables, searches, looking) goes through.
 */

export function readOnlyDatabase(database: Database, profile: string): Database {
  const refuse = refusal(profile);
  return {
    schema: refusing(database.schema, ['prepare'], refuse),
    ledger: refusing(
      database.ledger,
      ['begin', 'setStatus', 'finish', 'saveReport', 'lease', 'takeTurns'],
      refuse,
    ),
    commits: refusing(database.commits, ['commit', 'split', 'rejectOnlyRow'], refuse),
    vectors: refusing(database.vectors, ['save', 'publishPending'], refuse),
    outbox: refusing(database.outbox, ['plan', 'sent'], refuse),
    staging: (loadId, files) =>
      refusing(
        database.staging(loadId, files),
        ['add', 'remove', 'removeMissingReferences', 'seal', 'discard'],
        refuse,
      ),
    rehearsal: (files, signal) => database.rehearsal(files, signal),
    knownIds: (type, ids, signal) => database.knownIds(type, ids, signal),
    close: () => database.close(),
  };
}

export function readOnlyIndex(index: VectorIndex, profile: string): VectorIndex {
  return refusing(index, ['update'], refusal(profile));
}

export function readOnlyPublisher(publisher: EventPublisher, profile: string): EventPublisher {
  return refusing(publisher, ['send'], refusal(profile));
}

function refusal(profile: string): () => Promise<never> {
  return () =>
    Promise.reject(
      new AppError({
        code: 'profile.read-only',
        message: `The profile "${profile}" is read-only: nothing is written through it. Nothing was changed.`,
        hint: 'Rehearse with --dry-run, choose another profile, or switch "read-only" off in this one.',
      }),
    );
}

/** The same part with these methods refused. Adapters may be classes with private fields, so the rest stays bound to them. */
function refusing<T extends object>(part: T, names: readonly (keyof T)[], refuse: () => Promise<never>): T {
  return new Proxy(part, {
    get(target, name) {
      if (names.some((refused) => refused === name)) return refuse;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
