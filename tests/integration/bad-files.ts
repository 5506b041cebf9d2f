import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMappingStore } from '../../electron/adapters/mappings/mapping-store.ts';
import { createThreadedChecker } from '../../electron/adapters/record-checker/threaded-checker.ts';
import { createSystemClock } from '../../electron/adapters/system/clock.ts';
import { createSystemHasher } from '../../electron/adapters/system/hasher.ts';
import { createSystemRandom } from '../../electron/adapters/system/random.ts';
import { createFileStore } from '../../electron/adapters/workspace/file-store.ts';
import { SqliteWorkspace } from '../../electron/adapters/workspace/sqlite-workspace.ts';
import { sheetAsCsv } from '../../electron/adapters/xlsx/workbook.ts';
import { type CheckReport, checkAndReport } from '../../electron/application/files/check.ts';
import { checkFiles } from '../../electron/engine/check.ts';
import type { FileStore } from '../../electron/engine/file-port.ts';
import type { CheckPorts, LoadTuning } from '../../electron/engine/load-context.ts';
import type { FilesRequest } from '../../electron/engine/open-files.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { DEFAULT_TOPIC_NAMES } from '../../shared/events/topics.ts';
import type { RowIssue, SourceRecord } from '../../shared/records/types.ts';

/** A check looks at none of these but needs them to be there. */
const TUNING: LoadTuning = {
  chunkRows: 2_000,
  embedBatchTexts: 512,
  embedConcurrency: 8,
  leaseMs: 30_000,
  topicNames: DEFAULT_TOPIC_NAMES,
};

const SIGNALS = { stop: new AbortController().signal, abort: new AbortController().signal };

export type HowToRead = Partial<Omit<FilesRequest, 'paths'>>;

/** What a check found in one file, and the first of its rows as it read them. */
export interface Seen {
  type: string;
  encoding: string;
  delimiter: string;
  workbook: { sheet: string; sheets: readonly string[] } | null;
  header: readonly string[];
  rows: number;
  accepted: number;
  rejected: number;
  warnings: number;
  /** All of them, in row order. */
  issues: RowIssue[];
  /** The first 1,000. */
  records: SourceRecord[];
  /** Cells of `records`. */
  cells: (readonly string[])[];
}

/** A folder for files, and the check behind `accession check` with everything real behind it. */
export interface CheckBench {
  /** Where the files lie. */
  folder: string;
  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Where a workspace leaves what it keeps; empty after each check. */
  leftBehind(): string[];
  check(path: string, how?: HowToRead): Promise<Seen>;
  checkAll(paths: readonly string[], how?: HowToRead): Promise<Seen[]>;
  /** What `accession check --json` reports. */
  report(paths: readonly string[], how?: HowToRead): Promise<CheckReport>;
  /** The AppError that a check ends with. */
  refusal(path: string, how?: HowToRead): Promise<Refusal>;
  close(): Promise<void>;
}

export interface Refusal {
  code: ErrorCode;
  message: string;
  hint: string;
}

/** `meddle` may do something to a file once it is open and its first rows are known. */
export function checkBench(meddle: (path: string) => void = () => undefined): CheckBench {
  const root = mkdtempSync(join(tmpdir(), 'accession-bad-files-'));
  const folder = mkdtempSync(join(root, 'files-'));
  const workspaceDir = mkdtempSync(join(root, 'workspace-'));
  const workspace = new SqliteWorkspace(workspaceDir);
  const clock = createSystemClock();
  const checker = createThreadedChecker({ threads: 1, hasher: createSystemHasher(), clock });
  const ports: CheckPorts = {
    files: meddled(createFileStore({ dir: workspaceDir, openWorkbook: sheetAsCsv }), meddle),
    mappings: createMappingStore(join(root, 'mappings.json'), { clock, onNotice: () => undefined }),
    checker,
    workspace,
    clock,
    random: createSystemRandom(),
  };

  const checkAll = async (paths: readonly string[], how: HowToRead = {}): Promise<Seen[]> => {
    const request = { ...requestOf(paths, how), lookup: null };
    const checked = await checkFiles(ports, TUNING, request, () => undefined, SIGNALS);
    try {
      return await Promise.all(checked.files.map((file) => seen(ports, checked.checkId, file)));
    } finally {
      await checked.close();
      await workspace.forget(checked.checkId);
    }
  };
  const check = async (path: string, how: HowToRead = {}): Promise<Seen> => {
    const [one] = await checkAll([path], how);
    if (one === undefined) throw new Error('nothing was checked');
    return one;
  };

  return {
    folder,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    leftBehind: () => readdirSync(workspaceDir),
    check,
    checkAll,
    report: (paths, how = {}) =>
      checkAndReport(
        ports,
        TUNING,
        { ...requestOf(paths, how), lookup: null, issueLimit: null },
        () => undefined,
        SIGNALS,
      ),
    async refusal(path, how) {
      try {
        await check(path, how);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        // Copies of students' files must not outlive a refusal, whatever it was for.
        if (readdirSync(workspaceDir).length > 0) throw new Error('a refused file left a copy behind');
        return { code: thrown.code, message: thrown.message, hint: thrown.hint };
      }
      throw new Error('it was accepted');
    },
    async close() {
      await checker.close();
      await workspace.close();
      rmSync(root, { recursive: true });
    },
  };
}

function requestOf(paths: readonly string[], how: HowToRead): FilesRequest {
  return { paths, type: null, reading: {}, mapping: null, useRemembered: false, dateOrder: null, ...how };
}

function meddled(files: FileStore, meddle: (path: string) => void): FileStore {
  return {
    ...files,
    async open(request, signal) {
      const opened = await files.open(request, signal);
      meddle(request.path);
      return opened;
    },
  };
}

async function seen(
  { workspace }: CheckPorts,
  checkId: string,
  { fileNo, opened, mapping, facts, warnings }: Awaited<ReturnType<typeof checkFiles>>['files'][number],
): Promise<Seen> {
  const { rows, accepted, rejected } = facts.counts();
  const records = await opened.page(1, 1_000, SIGNALS.abort);
  return {
    type: mapping.type,
    encoding: opened.reading().encoding,
    delimiter: opened.delimiter,
    workbook: opened.workbook,
    header: opened.header,
    rows,
    accepted,
    rejected,
    warnings,
    issues: await workspace.issues(checkId, fileNo, { offset: 0, limit: 1_000_000 }, SIGNALS.abort),
    records,
    cells: records.map(({ cells }) => cells),
  };
}

// ---------------------------------------------------------------- issues

/** An error; without a suggestion and with the cell as its value unless said otherwise. */
export function error(
  [row, line, column]: readonly [number, number, string | null],
  code: RowIssue['code'],
  message: string,
  rest: Partial<Pick<RowIssue, 'value' | 'suggestion'>> = {},
): RowIssue {
  return { row, line, column, code, severity: 'error', value: null, message, suggestion: null, ...rest };
}

export function warning(
  place: readonly [number, number, string | null],
  code: RowIssue['code'],
  message: string,
  rest: Partial<Pick<RowIssue, 'value' | 'suggestion'>> = {},
): RowIssue {
  return { ...error(place, code, message, rest), severity: 'warning' };
}

/** A suggestion that only words can make. */
export function words(label: string): RowIssue['suggestion'] {
  return { label, value: null };
}
