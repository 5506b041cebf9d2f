import type { ProbePart, ProbeProblem, ProbeState } from '../../shared/contract/profile-test.ts';
import type { SavedProfile, SecretPart } from '../../shared/settings/profile.ts';

/** A profile's secret, null where none is kept. What it gives must go into no message. */
export type SecretGetter = (part: SecretPart) => Promise<string | null>;

export interface ProbeTarget {
  profile: SavedProfile;
  secret: SecretGetter;
  /**
   * The address of the database as it was given (DB_URL), where there is no saved profile: it can say more than a
   * profile can. Holds the password; goes into no message.
   */
  postgresUrl?: string;
}

export interface ProbeFindings {
  state: ProbeState;
  version: string | null;
  facts: readonly string[];
  problems: readonly ProbeProblem[];
}

/** Tests one part of a profile by doing the real thing, and takes back whatever it did. */
export interface ConnectionProbe {
  readonly part: ProbePart;
  /**
   * Resolves to what was found, broken things included; rejects only with the signal's reason or where the probe
   * itself is at fault. Idempotent: any number of runs leave the part as it was.
   */
  run(target: ProbeTarget, signal: AbortSignal): Promise<ProbeFindings>;
}
