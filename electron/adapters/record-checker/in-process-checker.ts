import { checkRecords } from '../../../shared/records/check.ts';
import type { TextHasher } from '../../../shared/records/types.ts';
import type { Clock, RecordChecker } from '../../engine/ports.ts';

/** Checks records on the calling thread. */
export function createInProcessChecker(parts: {
  hasher: TextHasher;
  clock: Pick<Clock, 'now'>;
}): RecordChecker {
  return {
    async check(mapping, records, signal) {
      signal.throwIfAborted();
      return checkRecords(mapping, records, parts.hasher, parts.clock.now());
    },
  };
}
