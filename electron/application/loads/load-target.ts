import type { LoadPorts, LoadTuning } from '../../engine/load-context.ts';
import type { Clock } from '../../engine/ports.ts';
import type { RunningLoads } from '../../engine/running-loads-port.ts';
import type { Workspace } from '../../engine/workspace-port.ts';

/** A profile with its parts opened when they are first needed; shared by all who hold it. */
export interface LoadTarget {
  profileId: string | null;
  /** Names the database: where no profile is named, doors differ in where loads go. */
  place: string;
  /** As people call it. */
  name: string;
  /** How careful to be with it. */
  safety: TargetSafety;
  tuning: LoadTuning;
  ports(needs: { embed: boolean; publish: boolean }): Promise<LoadPorts>;
  /** How a load in the ledger was begun. Throws load.unknown. */
  optionsOf(loadId: string, signal: AbortSignal): Promise<{ embed: boolean; publish: boolean }>;
  /** Lets go of it; the last one closes what was opened. Never throws. */
  release(): Promise<void>;
}

/** What a profile says of how it may be written to. */
export interface TargetSafety {
  kind: 'sandbox' | 'test' | 'production';
  readOnly: boolean;
  rehearseFirst: boolean;
  confirmAboveRows: number;
}

export interface LoadDeskPorts {
  /** Throws profile.unknown, settings.invalid. */
  target(profileId: string | null): Promise<LoadTarget>;
  running: RunningLoads;
  workspace: Pick<Workspace, 'forget'>;
  clock: Pick<Clock, 'now'>;
  /** Told what a person should know and no load can tell. */
  notify(message: string): void;
}
