import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApp } from '../../electron-stand-in/built-app.ts';
import { startTermSchool, type TermSchool } from '../term/term-school.ts';
import type { Door, DoorKind } from './doors.ts';
import { importEnv } from './profile-steps.ts';

export const PROFILE = 'Lincoln Elementary';
/** For one press or one entry, on a machine that is busy with other tests. */
const STEP_MS = 15_000;

/** A door, open at the load screen, with a production profile of a school of its own. */
export interface TermDoor {
  door: Door;
  school: TermSchool;
  /** Empty, for whatever the tests write. */
  folder: string;
  close(): Promise<void>;
}

export async function openTermDoor(
  kind: DoorKind,
  services: { postgresUrl: string; kafkaBrokers: string },
): Promise<TermDoor> {
  const home = mkdtempSync(join(tmpdir(), 'accession-term-'));
  const folder = join(home, 'desk');
  const dataDir = join(home, 'data');
  for (const each of [folder, dataDir]) mkdirSync(each);
  const [school, door] = await Promise.all([
    startTermSchool(services.postgresUrl, services.kafkaBrokers),
    kind.open({ appDir: builtApp(), home, account: null }),
  ]);
  const { page } = door;
  page.setDefaultTimeout(STEP_MS);
  const file = join(home, 'old.env');
  writeFileSync(file, school.env(dataDir), { mode: 0o600 });
  await importEnv(page, PROFILE, 'Production', file);
  rmSync(file);
  await page.getByRole('link', { name: 'Load', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Drop a term’s files here' }).waitFor();
  return {
    door,
    school,
    folder,
    async close() {
      await door.close();
      await school.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
