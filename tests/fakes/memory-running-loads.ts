import type { RunningLoadNote, RunningLoads } from '../../electron/engine/running-loads-port.ts';

export interface MemoryRunningLoads extends RunningLoads {
  readonly notes: ReadonlyMap<string, RunningLoadNote>;
  /** Everything that was noted, in order. */
  readonly written: readonly RunningLoadNote[];
}

/** Notes in memory; what it is given counts as left by a dead process. */
export function createMemoryRunningLoads(left: readonly RunningLoadNote[] = []): MemoryRunningLoads {
  const notes = new Map(left.map((note) => [note.loadId, note]));
  const written: RunningLoadNote[] = [];
  return {
    notes,
    written,
    takeOver: async () => [...notes.values()],
    async note(load) {
      notes.set(load.loadId, load);
      written.push(load);
    },
    async ended(loadId) {
      notes.delete(loadId);
    },
  };
}
