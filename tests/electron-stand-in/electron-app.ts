import type { ChildProcess } from 'node:child_process';
import type { ElectronApplication, Page } from 'playwright-core';

/** What specs use of Playwright's ElectronApplication, and a little more that both kinds have. */
export interface ElectronApp extends Pick<ElectronApplication, 'evaluate' | 'windows' | 'close'> {
  firstWindow(): Promise<Page>;
  process(): ChildProcess;
  /** Resolves when the main process has ended. */
  ended(): Promise<void>;
  /** What the application wrote to its output so far. */
  output(): string;
  /** Addresses outside the application that a page asked for. The stand-in answers none of them. */
  refusedAddresses: string[];
}

/** What a real Electron takes from the system, and the stand-in from here. */
export interface StandInSettings {
  /** Work areas of the screens, the main one first. */
  workAreas?: { x: number; y: number; width: number; height: number }[];
  /** How secrets are kept on this system. */
  secrets?: 'keychain' | 'basic_text' | 'none';
  isPackaged?: boolean;
}

export interface LaunchOptions {
  /** Folder with package.json and out/. */
  appDir: string;
  userDataDir: string;
  args?: readonly string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Whose rights the stand-in's process has, which only root can give away; left out: those of the tests. */
  account?: { uid: number; gid: number };
  standIn?: StandInSettings;
}
