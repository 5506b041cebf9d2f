import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { type SavedProfiles, savedProfilesSchema } from '../../../shared/settings/saved-profiles.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Exclusively, ProfileStore, SettingsNotice, WriteWhole } from '../../engine/profile-port.ts';
import { FILE_MODE, FILE_NAME, profilesOnDisk, textFor } from './profiles-on-disk.ts';
import { unwritable } from './settings-lock.ts';

/** What is used of a conf, and of electron-store, which is one. */
export type SettingsStore = new (options: {
  cwd: string;
  /** The file's name without its ending, as conf calls it and as electron-store does. */
  configName: string;
  name: string;
  fileExtension: string;
  configFileMode: number;
  accessPropertiesByDotNotation: boolean;
}) => { store: Record<string, unknown> };

/** How often the file is looked at for changes of other processes. Polling also works on network drives. */
const LOOK_MS = 500;

/**
 * The profiles in `dir/profiles.json`. The store class writes it (a temporary file, fsync, rename: conf's
 * `atomically`), under a lock among processes; after each write `profiles.last-good.json` follows, whose own
 * writing also brings the folder's entries to the disk. A reader takes no lock.
 */
export function createProfileFile(
  dir: string,
  parts: {
    Store: SettingsStore;
    exclusively: Exclusively;
    writeWhole: WriteWhole;
    clock: Pick<Clock, 'now'>;
    onNotice: (notice: SettingsNotice) => void;
  },
): ProfileStore {
  const noticed: SettingsNotice[] = [];
  const onNotice = (notice: SettingsNotice): void => {
    noticed.push(notice);
    parts.onNotice(notice);
  };
  const disk = profilesOnDisk(dir, { ...parts, onNotice });
  const listeners = new Set<(saved: SavedProfiles) => void>();
  let lastTold: string | null = null;
  let looked = false;
  let writer: { store: Record<string, unknown> } | null = null;

  /** Under the lock. */
  const current = async (): Promise<SavedProfiles> => (await disk.read())?.saved ?? (await disk.mend());

  /** Under the lock. */
  const write = async (saved: SavedProfiles): Promise<void> => {
    try {
      await disk.sweep();
      writer ??= new parts.Store({
        cwd: dirname(disk.path),
        configName: FILE_NAME.replace(/\.json$/, ''),
        name: FILE_NAME.replace(/\.json$/, ''),
        fileExtension: 'json',
        configFileMode: FILE_MODE,
        // A name may hold a dot.
        accessPropertiesByDotNotation: false,
      });
      writeAtomically(writer, saved);
      await disk.remember(textFor(saved));
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : unwritable(dir, thrown);
    }
  };

  /** A file that people wrote or deployed is good to fall back on, too. Best effort: it may lie on a read-only disk. */
  const rememberOnce = async (text: string, signal: AbortSignal): Promise<void> => {
    if (looked) return;
    looked = true;
    if (await disk.isRemembered(text)) return;
    const rememberNow = async (): Promise<void> => {
      const now = await disk.read();
      if (now !== null && now.text !== null) await disk.remember(now.text);
    };
    await parts.exclusively(signal, rememberNow).catch(() => undefined);
  };

  const tell = (saved: SavedProfiles): void => {
    const text = textFor(saved);
    if (text === lastTold) return;
    lastTold = text;
    for (const listener of [...listeners]) listener(saved);
  };

  const look = (now: Stats, before: Stats): void => {
    // The first look at a file that is not there yet is reported as if it were a change.
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
    // What cannot be read now is told by the next one who asks.
    store.read(new AbortController().signal).then(tell, () => undefined);
  };

  const store: ProfileStore = {
    async read(signal) {
      signal.throwIfAborted();
      const found = await disk.read();
      if (found === null) return parts.exclusively(signal, current);
      if (found.text !== null) await rememberOnce(found.text, signal);
      return found.saved;
    },
    async change(edit, signal) {
      const { saved, value } = await parts.exclusively(signal, async () => {
        const edited = edit(await current());
        await write(savedProfilesSchema.parse(edited.saved));
        return edited;
      });
      tell(saved);
      return value;
    },
    onChange(listener) {
      if (listeners.size === 0) watchFile(disk.path, { interval: LOOK_MS, persistent: false }, look);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) unwatchFile(disk.path, look);
      };
    },
    notices: () => noticed,
  };
  return store;
}

/**
 * In a terminal of a snap's program (SNAP is set) conf writes in place, and a crash would tear the file: a workaround
 * for programs that are snaps themselves, which this one is not. Writing is synchronous, so nobody else sees it unset.
 */
function writeAtomically(writer: { store: Record<string, unknown> }, saved: SavedProfiles): void {
  const { SNAP } = process.env;
  delete process.env.SNAP;
  try {
    writer.store = saved;
  } finally {
    if (SNAP !== undefined) process.env.SNAP = SNAP;
  }
}
