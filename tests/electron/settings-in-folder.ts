import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { onTestFinished } from 'vitest';
import { writeWhole } from '../../electron/adapters/mappings/write-file.ts';
import { createProfileFile, type SettingsStore } from '../../electron/adapters/profiles/profile-file.ts';
import { createSettingsLock } from '../../electron/adapters/profiles/settings-lock.ts';
import type { SecretsFileParts } from '../../electron/adapters/secrets/secrets-on-disk.ts';
import type { ProfileStore, SettingsNotice } from '../../electron/engine/profile-port.ts';

export const never = new AbortController().signal;
export const NOW = new Date('2026-11-25T10:20:30.000Z');

/** A folder that goes with its test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accession-settings-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** The real store of profiles in a folder, with what it notices. */
export function profileFileIn(
  dir: string,
  Store: SettingsStore = Conf,
): { store: ProfileStore; notices: SettingsNotice[] } {
  const notices: SettingsNotice[] = [];
  const store = createProfileFile(dir, {
    Store,
    exclusively: createSettingsLock(join(dir, 'profiles.lock')),
    writeWhole,
    clock: { now: () => NOW },
    onNotice: (notice) => void notices.push(notice),
  });
  return { store, notices };
}

export function secretPartsIn(dir: string): SecretsFileParts & { notices: SettingsNotice[] } {
  const notices: SettingsNotice[] = [];
  return {
    exclusively: createSettingsLock(join(dir, 'secrets.lock')),
    writeWhole,
    clock: { now: () => NOW },
    onNotice: (notice) => void notices.push(notice),
    notices,
  };
}
