/** A load that a process of this machine has begun and not ended. */
export interface RunningLoadNote {
  loadId: string;
  /** Null: where loads go that name no profile. */
  profileId: string | null;
  /** Which database that was (LoadTarget.place): another door may send loads without a profile elsewhere. */
  place: string;
  /** ISO-8601. */
  startedAt: string;
  /** A person asked it to stop, and it had not yet. */
  stopping: boolean;
}

/**
 * Which loads run, kept on disk while they do: what a dead process left is gone on with by the next one. A load
 * that a person stopped, or that ended by itself in whatever way, is not among them. Those of a process that lives
 * are its own: two doors may be open over the same files at once.
 */
export interface RunningLoads {
  /**
   * Takes over what dead processes left, oldest first; a second call has them again until they are `ended`. Damage
   * counts as nothing: the ledger still has every load, for `resume`. Throws AppError workspace.failed.
   */
  takeOver(): Promise<RunningLoadNote[]>;
  /** Replaces what was noted of the load before. Throws AppError workspace.failed. */
  note(load: RunningLoadNote): Promise<void>;
  /** Harmless where it was not noted. Throws AppError workspace.failed. */
  ended(loadId: string): Promise<void>;
}
