import { join } from 'node:path';
import { createMappingStore } from '../adapters/mappings/mapping-store.ts';
import { createThreadedChecker } from '../adapters/record-checker/threaded-checker.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { createSystemHasher } from '../adapters/system/hasher.ts';
import { createSystemRandom } from '../adapters/system/random.ts';
import { createFileStore } from '../adapters/workspace/file-store.ts';
import type { OpenWorkbook } from '../adapters/workspace/source-text.ts';
import { SqliteWorkspace } from '../adapters/workspace/sqlite-workspace.ts';
import type { CheckPorts } from '../engine/load-context.ts';
import type { Hasher } from '../engine/ports.ts';
import { keepHeapsSmall } from './small-heap.ts';
import { defaultCheckThreads } from './tuning.ts';

export interface LocalParts {
  ports: CheckPorts & { hasher: Hasher };
  close(): Promise<void>;
}

/** What reading and checking files needs, on this machine alone. Nothing is opened yet. */
export function openLocalParts(
  homeDir: string,
  checkThreads: number | undefined,
  notify: (notice: string) => void,
): LocalParts {
  keepHeapsSmall();
  const clock = createSystemClock();
  const hasher = createSystemHasher();
  const workspaceDir = join(homeDir, 'workspace');
  const workspace = new SqliteWorkspace(workspaceDir);
  const checker = createThreadedChecker({ threads: checkThreads ?? defaultCheckThreads(), hasher, clock });
  return {
    ports: {
      files: createFileStore({ dir: workspaceDir, openWorkbook }),
      mappings: createMappingStore(join(homeDir, 'mappings.json'), {
        clock,
        onNotice: ({ message }) => notify(message),
      }),
      checker,
      random: createSystemRandom(),
      workspace,
      clock,
      hasher,
    },
    async close() {
      await checker.close();
      await workspace.close();
    },
  };
}

/** The reader of workbooks is loaded when the first one comes. */
const openWorkbook: OpenWorkbook = async (path, sheet, signal) => {
  const { sheetAsCsv } = await import('../adapters/xlsx/workbook.ts');
  return sheetAsCsv(path, sheet, signal);
};
