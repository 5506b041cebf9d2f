import { join } from 'node:path';
import { createCsvSource } from '../adapters/csv/csv-source.ts';
import { createInProcessChecker } from '../adapters/record-checker/in-process-checker.ts';
import { createRejectsCsv } from '../adapters/rejects/rejects-csv.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { createSystemHasher } from '../adapters/system/hasher.ts';
import { createSystemRandom } from '../adapters/system/random.ts';
import { SqliteWorkspace } from '../adapters/workspace/sqlite-workspace.ts';
import type { CheckPorts } from '../engine/check.ts';
import type { Database } from '../engine/database-port.ts';
import type { LoadPorts, LoadTuning } from '../engine/load-context.ts';
import type { EmbeddingProvider, EventPublisher, VectorIndex, Workspace } from '../engine/ports.ts';
import { findLoad } from '../engine/resume.ts';
import { openDatabase } from './database.ts';
import { openEmbedder, openPublisher, throwIfUnconfigured } from './outside.ts';
import type { Profile } from './profile.ts';
import { tuningOf } from './tuning.ts';
import { openIndex } from './vector-store.ts';

/** The adapters of one profile, each opened when it is first asked for. */
export interface Composition {
  profile: Profile;
  tuning: LoadTuning;
  workspace: Workspace;
  database(): Promise<Database>;
  embedder(): Promise<EmbeddingProvider>;
  index(): Promise<VectorIndex>;
  publisher(): Promise<EventPublisher>;
  /** What a load or resume needs. Throws settings.invalid where the profile lacks it. */
  loadPorts(needs: { embed: boolean; publish: boolean }): Promise<LoadPorts>;
  /** How a load in the ledger was begun, so that `resume` opens the same parts. */
  loadOptions(loadId: string, signal: AbortSignal): Promise<{ embed: boolean; publish: boolean }>;
  checkPorts(withDatabase: boolean): Promise<CheckPorts>;
  /** Lets go of everything that was opened, last opened first. */
  close(): Promise<void>;
}

/** Puts the profile's adapters behind the ports; nothing is opened yet. `notify` is told what a person should know. */
export function compose(profile: Profile, notify: (notice: string) => void): Composition {
  const releases: (() => Promise<void>)[] = [];
  const once = <T>(open: () => Promise<T>, release?: (opened: T) => Promise<void>): (() => Promise<T>) => {
    let opened: Promise<T> | null = null;
    return () => {
      opened ??= open().then((value) => {
        if (release !== undefined) releases.push(() => release(value));
        return value;
      });
      return opened;
    };
  };

  const clock = createSystemClock();
  const hasher = createSystemHasher();
  const workspace = new SqliteWorkspace(join(profile.homeDir, 'workspace'));
  releases.push(() => workspace.close());
  const local = {
    source: createCsvSource(),
    checker: createInProcessChecker({ hasher, clock }),
    rejects: createRejectsCsv(),
    random: createSystemRandom(),
    workspace,
    clock,
    hasher,
  };
  const database = once(
    () => openDatabase(profile),
    (opened) => opened.close(),
  );
  const embedder = once(() => openEmbedder(profile));
  const publisher = once(
    () => openPublisher(profile),
    (opened) => opened.close(),
  );
  const index = once(
    () => openIndex(profile, database, clock, notify),
    (opened) => opened.close(),
  );

  return {
    profile,
    tuning: tuningOf(profile),
    workspace,
    database,
    embedder,
    index,
    publisher,
    async loadPorts(needs) {
      throwIfUnconfigured(profile, needs);
      return {
        ...local,
        database: await database(),
        embedder: needs.embed ? await embedder() : null,
        index: needs.embed ? await index() : null,
        publisher: needs.publish ? await publisher() : null,
      };
    },
    async loadOptions(loadId, signal) {
      const { options } = await findLoad({ database: await database() }, loadId, signal);
      return options;
    },
    async checkPorts(withDatabase) {
      return { ...local, database: withDatabase ? await database() : null };
    },
    async close() {
      for (const release of releases.splice(0).reverse()) await release();
    },
  };
}
