import type { Handler } from '../../../shared/contract/handlers.ts';
import type { prepareDatabaseRoute } from '../../../shared/contract/prepare-database.ts';
import type { LoadTarget } from '../loads/load-target.ts';

/**
 * Answers `profiles.prepareDatabase`. It works over the connections that a load of this profile would have, and with
 * them under its rules: a read-only profile refuses. Throws profile.*, settings.*, db.*.
 */
export function prepareDatabaseHandler({
  target,
}: {
  target(profileId: string): Promise<LoadTarget>;
}): Handler<typeof prepareDatabaseRoute> {
  return async ({ profileId }, { signal }) => {
    const held = await target(profileId);
    try {
      const { database } = await held.ports({ embed: false, publish: false });
      const { done } = await database.schema.prepare(signal);
      return { done: [...done] };
    } finally {
      await held.release();
    }
  };
}
