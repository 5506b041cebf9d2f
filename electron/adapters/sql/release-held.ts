import type { SqlConnection } from './session.ts';

const RELEASE_HELD = `
UPDATE accession.chunks SET lease_until = NULL WHERE lease_until IS NOT NULL;
DELETE FROM accession.turns`;

/**
 * Takes back every lease and turn. Only for who has just opened a database that takes one opener: whoever held them
 * is dead, and nobody need wait until they run out. The lease's generation still fences the dead one's work off.
 */
export function releaseHeld(connection: SqlConnection, signal: AbortSignal): Promise<void> {
  return connection.script(RELEASE_HELD, signal);
}
