import type { StandInSettings } from '../electron-app.ts';

export interface Settings extends StandInSettings {
  appDir: string;
  userDataDir: string;
  isSecond: boolean;
}

/** What the test's process said about this start. */
export function readSettings(): Settings {
  const text = process.env.ACCESSION_STAND_IN;
  if (text === undefined) throw new Error('The stand-in for Electron is started by launchElectron.');
  return JSON.parse(text) as Settings;
}
