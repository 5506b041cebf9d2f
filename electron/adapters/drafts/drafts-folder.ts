import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { savedMappingSchema } from '../../../shared/records/saved-mapping.ts';
import { DATE_ORDERS, RECORD_TYPES } from '../../../shared/records/types.ts';
import { createTurns } from '../../../shared/turns.ts';
import type { DraftNote, DraftStore } from '../../engine/draft-port.ts';
import type { WriteWhole } from '../../engine/profile-port.ts';
import { notKept } from './not-kept.ts';

/** Names of files may name people; a constant may name a teacher. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const reading = z.strictObject({
  encoding: z.string().nullable().optional(),
  delimiter: z.string().nullable().optional(),
  sheet: z.string().nullable().optional(),
  header: z.boolean().optional(),
});

const noteSchema = z.strictObject({
  version: z.literal(1),
  draftId: z.uuid(),
  owner: z.string().nullable(),
  createdAt: z.iso.datetime(),
  touchedAt: z.iso.datetime(),
  profileId: z.uuid().nullable(),
  nextFileNo: z.int().nonnegative(),
  files: z.array(
    z.strictObject({
      fileNo: z.int().nonnegative(),
      path: z.string(),
      name: z.string(),
      spec: z.strictObject({
        type: z.enum(RECORD_TYPES).nullable(),
        reading,
        mapping: savedMappingSchema.nullable(),
        dateOrders: z.record(z.string(), z.enum(DATE_ORDERS)),
        useRemembered: z.boolean(),
      }),
      rulesDone: z.boolean(),
      rulesApplied: z.array(
        z.strictObject({ column: z.string(), label: z.string(), cells: z.int().nonnegative() }),
      ),
    }),
  ),
  loads: z.array(
    z.strictObject({
      loadId: z.uuid(),
      files: z.array(z.int().nonnegative()),
      refusedTaken: z.boolean(),
    }),
  ),
});

/** One small JSON file for each draft in `dir`, which is made with the first. */
export function createDraftsFolder(dir: string, writeWhole: WriteWhole): DraftStore {
  const pathOf = (draftId: string): string => join(dir, `${draftId}.json`);
  /** What is written last counts, and nothing comes back after it was forgotten. */
  const inTurn = createTurns();

  const read = async (draftId: string): Promise<DraftNote | null> => {
    if (!z.uuid().safeParse(draftId).success) return null;
    try {
      const parsed = noteSchema.safeParse(JSON.parse(await readFile(pathOf(draftId), 'utf8')));
      if (!parsed.success || parsed.data.draftId !== draftId) return null;
      const { version: _, ...note } = parsed.data;
      // zod's optional fields may hold undefined; what reads them takes both as not said.
      return note as DraftNote;
    } catch {
      return null;
    }
  };

  return {
    read,
    async all() {
      const names = await readdir(dir).catch(() => []);
      const notes = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => read(name.slice(0, -'.json'.length))),
      );
      return notes.filter((note) => note !== null).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    save: (note) =>
      inTurn(async () => {
        try {
          await mkdir(dir, { recursive: true, mode: FOLDER_MODE });
          await writeWhole(pathOf(note.draftId), `${JSON.stringify({ version: 1, ...note })}\n`, FILE_MODE);
        } catch (cause) {
          throw notKept(dir, cause);
        }
      }),
    forget: (draftId) => inTurn(() => rm(pathOf(draftId), { force: true })),
  };
}
