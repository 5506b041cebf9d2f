import { join } from 'node:path';
import type { SavedMapping } from '../../shared/records/saved-mapping.ts';
import { readMappingFile, writeMappingFile } from '../adapters/mappings/mapping-file.ts';
import { createMappingStore } from '../adapters/mappings/mapping-store.ts';
import { createThreadedChecker } from '../adapters/record-checker/threaded-checker.ts';
import { createRejectsCsv } from '../adapters/rejects/rejects-csv.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { createSystemHasher } from '../adapters/system/hasher.ts';
import { createSystemRandom } from '../adapters/system/random.ts';
import { createFileStore } from '../adapters/workspace/file-store.ts';
import type { OpenWorkbook } from '../adapters/workspace/source-text.ts';
import { SqliteWorkspace } from '../adapters/workspace/sqlite-workspace.ts';
import type { Database } from '../engine/database-port.ts';
import type { CheckPorts, LoadPorts, LoadTuning } from '../engine/load-context.ts';
import type { EmbeddingProvider, EventPublisher, VectorIndex } from '../engine/ports.ts';
import { findLoad } from '../engine/resume.ts';
import type { Workspace } from '../engine/workspace-port.ts';
import { openDatabase } from './database.ts';
import { openEmbedder, openPublisher, throwIfUnconfigured } from './outside.ts';
import type { Profile } from './profile.ts';
import { keepHeapsSmall } from './small-heap.ts';
import { defaultCheckThreads, tuningOf } from './tuning.ts';
import { openIndex, type StartFaiss } from './vector-store.ts';

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
  checkPorts(): CheckPorts;
  /** Mapping files that people write and pass on. */
  mappingFiles: {
    read(path: string): Promise<SavedMapping>;
    write(path: string, mapping: SavedMapping): Promise<void>;
  };
  /** Lets go of everything that was opened, last opened first. */
  close(): Promise<void>;
}

/** Puts the profile's adapters behind the ports; nothing is opened yet. `notify` is told what a person should know. */
export function compose(
  profile: Profile,
  notify: (notice: string) => void,
  startFaiss?: StartFaiss,
): Composition {
  const releases: (() => Promise<void>)[] = [];
  const once = <T>(open: () => Promise<T>, release?: (opened: T) => Promise<void>): (() => Promise<T>) => {
    let opened: Promise<T> | null = null;
    return () => {
      opened ??= open().then(
        (value) => {
          if (release !== undefined) releases.push(() => release(value));
          return value;
        },
        (thrown: unknown) => {
          // A process that goes on for days must find out when the database is back.
          opened = null;
          throw thrown;
        },
      );
      return opened;
    };
  };

  keepHeapsSmall();
  const clock = createSystemClock();
  const hasher = createSystemHasher();
  const workspaceDir = join(profile.homeDir, 'workspace');
  const workspace = new SqliteWorkspace(workspaceDir);
  releases.push(() => workspace.close());
  const checker = createThreadedChecker({
    threads: profile.environment.CHECK_THREADS ?? defaultCheckThreads(),
    hasher,
    clock,
  });
  releases.push(() => checker.close());
  const local = {
    files: createFileStore({ dir: workspaceDir, openWorkbook }),
    mappings: createMappingStore(join(profile.homeDir, 'mappings.json'), {
      clock,
      onNotice: ({ message }) => notify(message),
    }),
    checker,
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
    () => openIndex(profile, database, clock, notify, startFaiss),
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
    checkPorts: () => local,
    mappingFiles: { read: readMappingFile, write: writeMappingFile },
    async close() {
      for (const release of releases.splice(0).reverse()) await release();
    },
  };
}

/** The reader of workbooks is loaded when the first one comes. */
const openWorkbook: OpenWorkbook = async (path, sheet, signal) => {
  const { sheetAsCsv } = await import('../adapters/xlsx/workbook.ts');
  return sheetAsCsv(path, sheet, signal);
};
