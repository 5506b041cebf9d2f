import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMappingStore } from '../../../electron/adapters/mappings/mapping-store.ts';
import { createThreadedChecker } from '../../../electron/adapters/record-checker/threaded-checker.ts';
import { createSystemClock } from '../../../electron/adapters/system/clock.ts';
import { createSystemHasher } from '../../../electron/adapters/system/hasher.ts';
import { createSystemRandom } from '../../../electron/adapters/system/random.ts';
import { createFileStore } from '../../../electron/adapters/workspace/file-store.ts';
import { SqliteWorkspace } from '../../../electron/adapters/workspace/sqlite-workspace.ts';
import { type Checked, checkFiles, checkOpened } from '../../../electron/engine/check.ts';
import type { CheckedFile } from '../../../electron/engine/check-file.ts';
import { ROW_STATE } from '../../../electron/engine/checker-port.ts';
import type { CheckContext, CheckPorts, LoadTuning } from '../../../electron/engine/load-context.ts';
import type { IdLookup } from '../../../electron/engine/references.ts';
import { reopenChecked } from '../../../electron/engine/reopen-check.ts';
import type { RowCounts } from '../../../electron/engine/row-facts.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../shared/events/topics.ts';
import type { RowEdits } from '../../../shared/records/row-edits.ts';
import type { RowIssue } from '../../../shared/records/types.ts';

export const NEVER = new AbortController().signal;
export const NEVER_ENDING = { stop: NEVER, abort: NEVER };

const TUNING: LoadTuning = {
  chunkRows: 20,
  embedBatchTexts: 16,
  embedConcurrency: 2,
  leaseMs: 1_000,
  topicNames: DEFAULT_TOPIC_NAMES,
};

/** Everything that can be asked of a file: two files are the same when this is equal. */
export interface FileState {
  issues: RowIssue[];
  states: number[];
  counts: RowCounts;
}

/** A real workspace, real copies of files and a real checker, in a folder that outlives the process. */
export interface EditBench {
  dir: string;
  ports: CheckPorts;
  /** Writes a file into the bench's folder and returns its path. */
  file(name: string, text: string): string;
  check(paths: readonly string[], lookup?: IdLookup | null): Promise<Checked>;
  reopen(loadId: string): Promise<Checked | null>;
  /** Lets go of everything; the folder stays. */
  close(): Promise<void>;
  remove(): void;
}

export function createEditBench(dir = mkdtempSync(join(tmpdir(), 'accession-edits-'))): EditBench {
  const clock = createSystemClock();
  const workspaceDir = join(dir, 'workspace');
  const openWorkbook = (): Promise<never> => Promise.reject(new Error('No workbook is opened here.'));
  const ports: CheckPorts = {
    files: createFileStore({ dir: workspaceDir, openWorkbook }),
    mappings: createMappingStore(join(dir, 'mappings.json'), { clock, onNotice: () => undefined }),
    checker: createThreadedChecker({ threads: 1, hasher: createSystemHasher(), clock }),
    workspace: new SqliteWorkspace(workspaceDir),
    clock,
    random: createSystemRandom(),
  };
  return {
    dir,
    ports,
    file(name, text) {
      const path = join(dir, name);
      writeFileSync(path, text);
      return path;
    },
    async check(paths, lookup = null) {
      const checked = await checkFiles(
        ports,
        TUNING,
        {
          paths,
          type: null,
          reading: {},
          mapping: null,
          useRemembered: false,
          dateOrder: null,
          lookup,
        },
        () => undefined,
        NEVER_ENDING,
      );
      await Promise.all(
        checked.files.map(({ opened }) => appears(opened.copy.copyPath.replace(/csv$/, 'json'))),
      );
      return checked;
    },
    reopen: (loadId) => reopenChecked(ports, TUNING, loadId, () => undefined, NEVER_ENDING),
    async close() {
      await ports.checker.close();
      await ports.workspace.close();
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** What a file was read as is noted a moment after its last record is there. */
async function appears(path: string): Promise<void> {
  const untilMs = Date.now() + 5_000;
  while (!existsSync(path)) {
    if (Date.now() > untilMs) throw new Error(`${path} did not appear.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Issues as stored, states and counts as in memory; throws where the stored facts are not those in memory. */
export async function stateOf({ context, files }: Pick<Checked, 'context' | 'files'>): Promise<FileState[]> {
  const { ports, loadId } = context;
  const all: FileState[] = [];
  for (const { fileNo, facts } of files) {
    const stored = await ports.workspace.facts(loadId, fileNo, NEVER);
    for (const { blockNo, bytes } of facts.blocks(null)) {
      const other = stored.find((block) => block.blockNo === blockNo)?.bytes ?? new Uint8Array();
      if (Buffer.compare(bytes, other) !== 0)
        throw new Error(`Block ${blockNo} of file ${fileNo} is not stored as it is in memory.`);
    }
    const page = { offset: 0, limit: 1_000_000 };
    all.push({
      issues: await ports.workspace.issues(loadId, fileNo, page, NEVER),
      states: Array.from({ length: facts.rows }, (_, i) => facts.state(i + 1)),
      counts: facts.counts(),
    });
  }
  return all;
}

/** The same files with the same edits, checked from their first row into the findings of a load of its own. */
export async function checkedFromScratch(checked: Checked, lookup: IdLookup | null): Promise<FileState[]> {
  const context: CheckContext = { ...checked.context, loadId: `${checked.checkId}-again` };
  return stateOf(await checkOpened({ ...checked, context }, lookup));
}

export function editsOf({ context, files }: Checked): [number, RowEdits][] {
  return files.map(({ fileNo, facts }) => [fileNo, context.edits(fileNo, 1, facts.rows)]);
}

/** `fits`, `superseded` …; empty for a row that an error of its own rejects. */
export function stateNames(file: CheckedFile): string[] {
  return Array.from({ length: file.facts.rows }, (_, i) => {
    const state = file.facts.state(i + 1);
    return Object.entries(ROW_STATE)
      .filter(([, bit]) => (state & bit) !== 0)
      .map(([name]) => name)
      .join(' ');
  });
}
