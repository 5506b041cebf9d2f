import { join } from 'node:path';
import type { NoticeFromBackend } from '../../shared/desktop/notices.ts';
import { faissThroughMain } from '../adapters/faiss/faiss-through-main.ts';
import { createRunningLoads } from '../adapters/running-loads/running-loads-folder.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { SqliteWorkspace } from '../adapters/workspace/sqlite-workspace.ts';
import type { DraftHandlerPorts } from '../application/drafts/handlers.ts';
import type { LoadHandlerPorts } from '../application/loads/handlers.ts';
import { createLoadDesk } from '../application/loads/load-desk.ts';
import type { Unchosen } from '../application/profiles/handlers.ts';
import type { TestConnectionPorts } from '../application/profiles/test-connection.ts';
import type { Composition } from './compose.ts';
import { connectionProbes } from './connection-probes.ts';
import { openDraftParts } from './draft-parts.ts';
import { createLoadTargets, safetyOf } from './load-targets.ts';
import type { Profile } from './profile.ts';
import { openSettings, type Settings, type SettingsOptions } from './settings.ts';

export interface ContractParts {
  settings: Settings;
  tests: TestConnectionPorts;
  loads: LoadHandlerPorts;
  drafts: DraftHandlerPorts;
  /** Where loads go while no profile is chosen. */
  unchosen: Unchosen;
  /** Takes a message of the main process; false where it is about something else. */
  receiveFromMain(message: unknown): boolean;
}

/** What the contract's handlers stand on, for every door that has a page. Nothing is read or connected yet. */
export async function openContractParts(
  options: SettingsOptions & {
    /** Told what a person should know of a load's parts. */
    notify(message: string): void;
    /** Told after every change of a draft. */
    draftChanged(draftId: string, revision: number): void;
    /** The desktop: posts to the main process, which runs FAISS for us. Left out: this process starts it itself. */
    postToMain?(notice: NoticeFromBackend): void;
    /** Where loads go that name no profile; closed by its owner. Left out: the built-in sandbox. */
    own?: Composition;
  },
): Promise<ContractParts> {
  const settings = await openSettings(options);
  const clock = createSystemClock();
  const probes = connectionProbes({ homeDir: options.homeDir, clock, random: settings.random });
  const faiss = options.postToMain === undefined ? null : faissThroughMain(options.postToMain);
  const target = createLoadTargets({
    settings,
    variables: process.env,
    notify: options.notify,
    startFaiss: faiss?.startFaiss,
    own: options.own,
  });
  const running = createRunningLoads(join(options.homeDir, 'running'));
  // To delete what is left of a load whose profile is gone; it opens nothing.
  const workspace = new SqliteWorkspace(join(options.homeDir, 'workspace'));
  const desk = createLoadDesk({ target, running, workspace, clock, notify: options.notify });
  const loads = { desk, target };
  const drafts = openDraftParts({
    homeDir: options.homeDir,
    variables: process.env,
    loads,
    changed: options.draftChanged,
    notify: options.notify,
  });
  settings.profiles.onChange(drafts.desk.profilesChanged);
  return {
    settings,
    tests: { probes, clock },
    loads,
    drafts,
    unchosen: options.own === undefined ? SANDBOX : unchosenOf(options.own.profile),
    receiveFromMain: (message) => faiss?.receive(message) ?? false,
  };
}

const SANDBOX: Unchosen = { name: 'sandbox', kind: 'sandbox', readOnly: false };

function unchosenOf(profile: Profile): Unchosen {
  const { kind, readOnly } = safetyOf(profile);
  return { name: profile.name, kind, readOnly };
}
