import type { SavedProfiles } from '../../shared/settings/saved-profiles.ts';

/**
 * The saved connection profiles of this machine, shared by every door and process. A change is read, made and
 * written as one: two processes that change at once both have their way, one after the other.
 */
export interface ProfileStore {
  /** As they are now. Throws AppError settings.unreadable, settings.newer. */
  read(signal: AbortSignal): Promise<SavedProfiles>;
  /**
   * Makes one change; it is on the disk when this resolves, and after a crash at any point the old or the new
   * version is there whole. `edit` may throw to leave everything as it is. Throws AppError settings.unreadable,
   * settings.newer, settings.unwritable.
   */
  change<T>(
    edit: (saved: SavedProfiles) => { saved: SavedProfiles; value: T },
    signal: AbortSignal,
  ): Promise<T>;
  /** Called after every change, by whichever process. Returns what ends it. */
  onChange(listener: (saved: SavedProfiles) => void): () => void;
  /** What the person should know of: a damaged file that was set aside, and since when. */
  notices(): readonly SettingsNotice[];
}

/** A settings file was damaged: it was set aside, and the last good one is used. */
export interface SettingsNotice {
  message: string;
  /** Where the damaged file is now. */
  keptAs: string;
}

/** Runs one piece of work at a time among all processes of this machine that name the same lock. */
export type Exclusively = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** Puts a text in place of a file, atomically and on the disk. `mode` is that of a new file. */
export type WriteWhole = (path: string, text: string, mode: number) => Promise<void>;
