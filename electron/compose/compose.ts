import type { SavedMapping } from '../../shared/records/saved-mapping.ts';
import { readMappingFile, writeMappingFile } from '../adapters/mappings/mapping-file.ts';
import { createRejectsCsv } from '../adapters/rejects/rejects-csv.ts';
import { prepareHome } from '../adapters/workspace/home-folder.ts';
import type { Database } from '../engine/database-port.ts';
import type { CheckPorts, LoadPorts, LoadTuning } from '../engine/load-context.ts';
import type { EmbeddingProvider, EventPublisher, VectorIndex } from '../engine/ports.ts';
import { findLoad } from '../engine/resume.ts';
import type { Workspace } from '../engine/workspace-port.ts';
import { openDatabase } from './database.ts';
import { openLocalParts } from './local-parts.ts';
import { openEmbedder, openPublisher, throwIfUnconfigured } from './outside.ts';
import type { Profile } from './profile.ts';
import { tuningOf } from './tuning.ts';
import { openIndex, type StartFaiss, throwIfUnpublishable } from './vector-store.ts';

/** The adapters of one profile, each opened when it is first asked for. */
export interface Composition {
  profile: Profile;
  tuning: LoadTuning;
  workspace: Workspace;
  database(): Promise<Database>;
  embedder(): Promise<EmbeddingProvider>;
  index(): Promise<VectorIndex>;
  publisher(): Promise<EventPublisher>;
  /** Accession's own folder, ready for its files. Throws settings.invalid where it cannot be, workspace.failed. */
  home(): Promise<string>;
  /** Tries to write where the index is published. Throws index.failed. */
  tryIndexFolder(dir: string): Promise<void>;
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

  const parts = openLocalParts(profile.homeDir, profile.environment.CHECK_THREADS, notify);
  releases.push(parts.close);
  const local = { ...parts.ports, rejects: createRejectsCsv() };
  const { workspace, clock } = local;
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

  const home = async (): Promise<string> => {
    await prepareHome(profile.homeDir);
    return profile.homeDir;
  };

  return {
    profile,
    tuning: tuningOf(profile),
    workspace,
    database,
    embedder,
    index,
    publisher,
    home,
    tryIndexFolder: (dir) => throwIfUnpublishable(profile, dir),
    async loadPorts(needs) {
      throwIfUnconfigured(profile, needs);
      await home();
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
