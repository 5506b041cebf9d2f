import type { Database, StagedChange, Staging } from '../../electron/engine/database-port.ts';
import { NEVER } from './database-harness.ts';
import { type FileRows, rehearse, stage } from './staged-load.ts';

/** The same rows staged for a load and for a rehearsal: `work` is done with both. */
export async function withBothStagings(
  database: Database,
  groups: readonly FileRows[],
  work: (staging: Staging) => Promise<void>,
): Promise<void> {
  const load = await stage(database, groups);
  await work(database.staging(load.loadId, load.files));
  const rehearsal = await rehearse(database, groups);
  try {
    await work(rehearsal);
  } finally {
    await rehearsal.discard(NEVER);
  }
}

export async function changesOf(staging: Staging, fileNo: number, books = false): Promise<StagedChange[]> {
  const all: StagedChange[] = [];
  await staging.changes(
    fileNo,
    { books },
    async (rows) => {
      all.push(...rows);
    },
    NEVER,
  );
  return all;
}
