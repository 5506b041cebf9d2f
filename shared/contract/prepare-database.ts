import { z } from 'zod';
import { defineRoute } from './define.ts';

/**
 * Creates what the database of a saved profile lacks (extension, tables, Accession's own schemas), as
 * `accession db prepare` does; what is there stays as it is, but for a missing `content_hash` column. Asked again it
 * does nothing. Refused with profile.read-only, profile.unknown, settings.* and db.*.
 */
export const prepareDatabaseRoute = defineRoute({
  name: 'profiles.prepareDatabase',
  input: z.strictObject({ profileId: z.uuid() }),
  /** Each step that was taken, in plain words; empty where nothing was missing. */
  output: z.strictObject({ done: z.array(z.string()) }),
});
