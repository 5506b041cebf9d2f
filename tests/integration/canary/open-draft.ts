import { expect, vi } from 'vitest';
import type { Ask, CanaryDoor } from './canary-door.ts';

/** Numbers of a draft's files, by name. */
export type DraftFiles = Readonly<Record<string, number>>;

export async function openDraft(
  ask: Ask,
  door: CanaryDoor,
  profileId: string | null,
  paths: readonly string[],
): Promise<string> {
  const ids = await Promise.all(paths.map((path) => door.idOf(path)));
  const { draft } = await ask('drafts.open', { profileId, files: ids });
  await door.follow('drafts.changed', draft.draftId);
  return draft.draftId;
}

/** Waits until everything is known of every file; resolves to their numbers. */
export async function checked(ask: Ask, draftId: string): Promise<DraftFiles> {
  const draft = await vi.waitFor(
    async () => {
      const shown = (await ask('drafts.show', { draftId })).draft;
      for (const { state } of shown.files) expect(['checked', 'failed']).toContain(state);
      return shown;
    },
    { timeout: 30_000, interval: 50 },
  );
  return Object.fromEntries(
    draft.files.map((file: { name: string; fileNo: number }) => [file.name, file.fileNo]),
  );
}

/** -1, which no file has, where there is none of the name. */
export const numberOf = (files: DraftFiles, name: string): number => files[name] ?? -1;
