import type { DraftStore, ExportStore, PastedFiles, RuleStore } from '../../engine/draft-port.ts';
import type { CheckPorts, LoadTuning } from '../../engine/load-context.ts';
import type { CorrectionsSink, Hasher } from '../../engine/ports.ts';
import type { LoadDesk } from '../loads/load-desk.ts';
import type { LoadTarget } from '../loads/load-target.ts';

/** What drafts stand on. */
export interface DraftPorts {
  /** Of this machine alone: drafts are checked whether or not there is a database. */
  check: CheckPorts;
  tuning: LoadTuning;
  drafts: DraftStore;
  rules: RuleStore;
  corrections: CorrectionsSink;
  exports: ExportStore;
  pasted: PastedFiles;
  hasher: Hasher;
  /** Throws profile.unknown, settings.invalid. */
  target(profileId: string | null): Promise<LoadTarget>;
  desk: Pick<LoadDesk, 'start' | 'list' | 'onEvent'>;
  /** The sample term, by path. */
  samples: readonly string[];
  /** Told after every change of a draft. */
  changed(draftId: string, revision: number): void;
  /** Told what a person should know and no draft can tell. */
  notify(message: string): void;
}

/** Nothing that a draft does on its own is ever cancelled: it is closed instead. */
export const NEVER = new AbortController().signal;
