import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { NO_PROFILES, type SavedProfiles } from '../../../shared/settings/saved-profiles.ts';
import { readSavedProfiles } from '../../../shared/settings/saved-profiles-versions.ts';
import type { Clock } from '../../engine/ports.ts';
import type { SettingsNotice, WriteWhole } from '../../engine/profile-port.ts';

export const FILE_MODE = 0o600;
export const FILE_NAME = 'profiles.json';
const LAST_GOOD = 'profiles.last-good.json';
/** What a process that was killed while it wrote leaves behind: conf's name for it, and ours. */
const LEFT_BEHIND = /^profiles(\.last-good)?\.json\.(tmp-\d{10}[0-9a-f]{6}|[0-9a-f-]{36}\.new)$/;

export interface ProfilesOnDisk {
  path: string;
  /** Null where the file is damaged. Throws settings.unreadable, settings.newer. */
  read(): Promise<{ saved: SavedProfiles; migrated: boolean; text: string | null } | null>;
  /** To be called under the lock: sets a damaged file aside and puts the last good one in its place. */
  mend(): Promise<SavedProfiles>;
  /** Whether this text is what would be fallen back on. */
  isRemembered(text: string): Promise<boolean>;
  /** To be called under the lock: remembers what was just found or made to be good. */
  remember(text: string): Promise<void>;
  /** To be called under the lock: removes what killed processes left. */
  sweep(): Promise<void>;
}

export function profilesOnDisk(
  dir: string,
  parts: { clock: Pick<Clock, 'now'>; writeWhole: WriteWhole; onNotice: (notice: SettingsNotice) => void },
): ProfilesOnDisk {
  const path = join(dir, FILE_NAME);
  const lastGoodPath = join(dir, LAST_GOOD);

  const isRemembered = async (text: string): Promise<boolean> =>
    (await textOf(lastGoodPath).catch(() => null)) === text;

  return {
    path,
    async read() {
      const text = await textOf(path);
      if (text === null) return { saved: NO_PROFILES, migrated: false, text };
      const read = readSavedProfiles(text);
      if (read.kind === 'newer') throw newer(path);
      return read.kind === 'damaged' ? null : { saved: read.saved, migrated: read.migrated, text };
    },
    async mend() {
      // Windows takes no colon in a name.
      const keptAs = `${path}.corrupt-${parts.clock.now().toISOString().replaceAll(':', '-')}`;
      const text = await textOf(lastGoodPath).catch(() => null);
      const read = text === null ? null : readSavedProfiles(text);
      const saved = read?.kind === 'profiles' ? read.saved : NO_PROFILES;
      // A copy, so that at no moment there is no file: a crash here finds the damaged one again.
      await copyFile(path, keptAs);
      await parts.writeWhole(path, textFor(saved), FILE_MODE);
      parts.onNotice({ message: messageOf(saved, keptAs), keptAs });
      return saved;
    },
    isRemembered,
    async remember(text) {
      if (!(await isRemembered(text))) await parts.writeWhole(lastGoodPath, text, FILE_MODE);
    },
    async sweep() {
      const left = (await readdir(dir)).filter((name) => LEFT_BEHIND.test(name));
      for (const name of left) await rm(join(dir, name), { force: true });
    },
  };
}

/** As conf writes it: JSON with tabs. */
export function textFor(saved: SavedProfiles): string {
  return JSON.stringify(saved, undefined, '\t');
}

/** Null where there is no file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new AppError({
      code: 'settings.unreadable',
      message: 'The saved connection profiles cannot be read.',
      hint: `Check that you may read ${path}.`,
      cause,
    });
  }
}

function messageOf(saved: SavedProfiles, keptAs: string): string {
  const count = saved.order.length;
  const instead =
    count === 0
      ? 'There is no earlier version of it, so the list begins empty.'
      : `The last good version is used instead, with ${count === 1 ? 'one profile' : `${count} profiles`}.`;
  return `The file with the connection profiles was damaged. ${instead} The damaged file is kept as ${keptAs}.`;
}

function newer(path: string): AppError {
  return new AppError({
    code: 'settings.newer',
    message: 'The saved connection profiles were written by a newer version of Accession.',
    hint: `Update Accession on this computer, or move ${path} away to begin anew.`,
  });
}
