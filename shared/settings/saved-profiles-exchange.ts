import { z } from 'zod';
import type { SavedProfile } from './profile.ts';

/** Names the kind of file, so that any other JSON is refused with a clear word. */
const FORMAT = 'accession-profiles';
export const EXCHANGE_VERSION = 1;

/** What leaves a machine: a profile without its id (each machine gives its own) and, as ever, without secrets. */
export type PortableProfile = Omit<SavedProfile, 'id'>;

const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  profiles: z.array(z.record(z.string(), z.unknown())).max(1_000),
});

export function portable({ id: _, ...profile }: SavedProfile): PortableProfile {
  return profile;
}

/** The text of an export file. */
export function exportText(profiles: readonly SavedProfile[]): string {
  return `${JSON.stringify({ format: FORMAT, version: EXCHANGE_VERSION, profiles: profiles.map(portable) }, null, 2)}\n`;
}

export type ReadExport = { ok: true; profiles: Record<string, unknown>[] } | { ok: false; problem: string };

/** The profiles of an export file, each still to be checked. Never throws. */
export function readExport(text: string): ReadExport {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, problem: 'This file is no export of Accession: it is not JSON, or it was cut off.' };
  }
  const read = fileSchema.safeParse(content);
  if (!read.success) return { ok: false, problem: 'This file is no export of Accession profiles.' };
  if (read.data.version > EXCHANGE_VERSION)
    return {
      ok: false,
      problem: 'This file was exported by a newer version of Accession. Update Accession here first.',
    };
  return { ok: true, profiles: read.data.profiles };
}
