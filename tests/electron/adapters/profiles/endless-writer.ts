import { join } from 'node:path';
import Conf from 'conf';
import { writeWhole } from '../../../../electron/adapters/mappings/write-file.ts';
import { createProfileFile } from '../../../../electron/adapters/profiles/profile-file.ts';
import { createSettingsLock } from '../../../../electron/adapters/profiles/settings-lock.ts';
import { inOrder } from '../../../../shared/settings/saved-profiles.ts';

/**
 * `endless-writer.ts DIR`: says `writing`, then turns the order of the saved profiles around, again and again, until
 * somebody kills it.
 */
const [dir = ''] = process.argv.slice(2);
const store = createProfileFile(dir, {
  Store: Conf,
  exclusively: createSettingsLock(join(dir, 'profiles.lock')),
  writeWhole,
  clock: { now: () => new Date() },
  onNotice: ({ message }) => process.stdout.write(`notice: ${message}\n`),
});
const { signal } = new AbortController();
for (let round = 0; ; round += 1) {
  await store.change((saved) => ({ saved: inOrder(saved, saved.order.toReversed()), value: null }), signal);
  if (round === 0) process.stdout.write('writing\n');
}
