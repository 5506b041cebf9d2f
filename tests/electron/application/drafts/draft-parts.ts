import { join } from 'node:path';
import { createDraftsFolder } from '../../../../electron/adapters/drafts/drafts-folder.ts';
import { createExportsFolder } from '../../../../electron/adapters/drafts/exports-folder.ts';
import { createPastedFiles } from '../../../../electron/adapters/drafts/pasted-files.ts';
import { createMappingStore } from '../../../../electron/adapters/mappings/mapping-store.ts';
import { writeWhole } from '../../../../electron/adapters/mappings/write-file.ts';
import { createThreadedChecker } from '../../../../electron/adapters/record-checker/threaded-checker.ts';
import { createCorrectionsSink } from '../../../../electron/adapters/rejects/corrections-sink.ts';
import { createRejectsCsv } from '../../../../electron/adapters/rejects/rejects-csv.ts';
import { createRulesFile } from '../../../../electron/adapters/rules/rules-file.ts';
import { createSystemClock } from '../../../../electron/adapters/system/clock.ts';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import { createSystemRandom } from '../../../../electron/adapters/system/random.ts';
import { createFileStore } from '../../../../electron/adapters/workspace/file-store.ts';
import { SqliteWorkspace } from '../../../../electron/adapters/workspace/sqlite-workspace.ts';
import { sheetAsCsv } from '../../../../electron/adapters/xlsx/workbook.ts';
import { createDraftDesk, type DraftDesk } from '../../../../electron/application/drafts/draft-desk.ts';
import type { DraftPorts } from '../../../../electron/application/drafts/draft-ports.ts';
import { createLoadDesk, type LoadDesk } from '../../../../electron/application/loads/load-desk.ts';
import type { LoadTarget } from '../../../../electron/application/loads/load-target.ts';
import type { Database } from '../../../../electron/engine/database-port.ts';
import type { LoadPorts, LoadTuning } from '../../../../electron/engine/load-context.ts';
import { findLoad } from '../../../../electron/engine/resume.ts';
import type { RunningLoads } from '../../../../electron/engine/running-loads-port.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../../shared/events/topics.ts';
import { createFakeEmbedder } from '../../../fakes/fake-embedder.ts';
import { createMemoryPublisher } from '../../../fakes/memory-publisher.ts';
import { createMemoryRunningLoads } from '../../../fakes/memory-running-loads.ts';

/** What of the world a test can change while its process runs. */
export interface World {
  dir: string;
  database: Database;
  /** What it says of a profile; throws for one that cannot be opened. */
  targetOf(profileId: string | null): Partial<LoadTarget>;
  /** Told what of a target is asked for; throws where it has no such part. */
  needed(needs: { embed: boolean; publish: boolean }): void;
  /** Laid over the ports of each process. */
  change(ports: DraftPorts): DraftPorts;
  /** The clock goes so much ahead, in milliseconds. */
  ahead: number;
  changes: { draftId: string; revision: number }[];
  notices: string[];
  held: number;
}

/** Everything of one process. */
export interface Process {
  ports: DraftPorts;
  desk: DraftDesk;
  loads: LoadDesk;
  close(): Promise<void>;
}

const TUNING: LoadTuning = {
  chunkRows: 20,
  embedBatchTexts: 16,
  embedConcurrency: 2,
  leaseMs: 1_000,
  topicNames: DEFAULT_TOPIC_NAMES,
};

/** Real files, a real workspace and a real checker in the world's folder, as they are composed for the doors. */
export function startProcess(world: World): Process {
  const { dir, notices } = world;
  const workspaceDir = join(dir, 'workspace');
  const clock = { ...createSystemClock(), now: () => new Date(Date.now() + world.ahead) };
  const hasher = createSystemHasher();
  const random = createSystemRandom();
  const notify = (message: string): void => void notices.push(message);
  const checker = createThreadedChecker({ threads: 1, hasher, clock, idleMs: 300 });
  const local = {
    files: createFileStore({ dir: workspaceDir, openWorkbook: sheetAsCsv }),
    mappings: createMappingStore(join(dir, 'mappings.json'), {
      clock,
      onNotice: ({ message }) => notify(message),
    }),
    checker,
    clock,
    random,
  };
  const workspace = new SqliteWorkspace(workspaceDir);
  const ofLoads = new SqliteWorkspace(workspaceDir);
  const loadPorts: LoadPorts = {
    ...local,
    workspace: ofLoads,
    database: world.database,
    embedder: createFakeEmbedder({ dimensions: 1536 }),
    index: null,
    publisher: createMemoryPublisher(),
    rejects: createRejectsCsv(),
    hasher,
  };
  const target = async (profileId: string | null): Promise<LoadTarget> => {
    const said = world.targetOf(profileId);
    world.held += 1;
    return {
      profileId,
      place: profileId ?? 'sandbox',
      name: 'Sandbox',
      safety: { kind: 'sandbox', readOnly: false, rehearseFirst: false, confirmAboveRows: 1_000 },
      tuning: TUNING,
      async ports(needs) {
        world.needed(needs);
        return {
          ...loadPorts,
          embedder: needs.embed ? loadPorts.embedder : null,
          publisher: needs.publish ? loadPorts.publisher : null,
        };
      },
      optionsOf: async (loadId, signal) => (await findLoad(loadPorts, loadId, signal)).options,
      ...said,
      async release() {
        world.held -= 1;
      },
    };
  };
  const noted = createMemoryRunningLoads();
  const running: RunningLoads = {
    ...noted,
    // On a disk it takes a moment, and the load stays in the list until then.
    async ended(loadId) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await noted.ended(loadId);
    },
  };
  const loads = createLoadDesk({ target, running, workspace: ofLoads, clock, notify });
  const exports = createExportsFolder(workspaceDir);
  const ports = world.change({
    check: { ...local, workspace },
    hasher,
    tuning: TUNING,
    drafts: createDraftsFolder(join(dir, 'drafts'), writeWhole),
    rules: createRulesFile(join(dir, 'rules.json'), { writeWhole, onDamaged: notify }),
    corrections: createCorrectionsSink(),
    exports,
    pasted: createPastedFiles(workspaceDir),
    target,
    desk: loads,
    samples: [],
    changed: (draftId, revision) => void world.changes.push({ draftId, revision }),
    notify,
  });
  const desk = createDraftDesk(ports);
  return {
    ports,
    desk,
    loads,
    async close() {
      await loads.close();
      await desk.close();
      await exports.close();
      await checker.close();
      await workspace.close();
      await ofLoads.close();
    },
  };
}
