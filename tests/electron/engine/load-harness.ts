import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMappingStore } from '../../../electron/adapters/mappings/mapping-store.ts';
import { PgvectorIndex } from '../../../electron/adapters/pgvector/pgvector-index.ts';
import { createThreadedChecker } from '../../../electron/adapters/record-checker/threaded-checker.ts';
import { createRejectsCsv } from '../../../electron/adapters/rejects/rejects-csv.ts';
import { createSystemClock } from '../../../electron/adapters/system/clock.ts';
import { createSystemHasher } from '../../../electron/adapters/system/hasher.ts';
import { createSystemRandom } from '../../../electron/adapters/system/random.ts';
import { createFileStore } from '../../../electron/adapters/workspace/file-store.ts';
import { SqliteWorkspace } from '../../../electron/adapters/workspace/sqlite-workspace.ts';
import { sheetAsCsv } from '../../../electron/adapters/xlsx/workbook.ts';
import { type LoadRequest, runLoad } from '../../../electron/engine/load.ts';
import type { LoadPorts, LoadSignals, LoadTuning } from '../../../electron/engine/load-context.ts';
import type { LoadEvent } from '../../../electron/engine/load-events.ts';
import type { LoadReport } from '../../../electron/engine/load-report.ts';
import { resumeLoad } from '../../../electron/engine/resume.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../shared/events/topics.ts';
import type { OpenDatabase } from '../../contract/database-harness.ts';
import { createFakeEmbedder, type FakeEmbedder } from '../../fakes/fake-embedder.ts';
import { createMemoryPublisher, type MemoryPublisher } from '../../fakes/memory-publisher.ts';

export interface Bench {
  opened: OpenDatabase;
  ports: LoadPorts;
  tuning: LoadTuning;
  embedder: FakeEmbedder;
  publisher: MemoryPublisher;
  dir: string;
  /** Writes a file into the bench's folder and returns its path. */
  file(name: string, text: string): string;
  load(paths: readonly string[], options?: LoadBenchOptions): Promise<LoadReport>;
  resume(loadId: string, ports?: Partial<LoadPorts>): Promise<LoadReport>;
  /** Rows of a query, on the bench's own connection. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface LoadBenchOptions extends Partial<Omit<LoadRequest, 'paths' | 'options'>> {
  options?: Partial<LoadRequest['options']>;
  ports?: Partial<LoadPorts>;
  tuning?: Partial<LoadTuning>;
  onEvent?: (event: LoadEvent) => void;
  signals?: Partial<LoadSignals>;
}

const NEVER = new AbortController().signal;

/** The engine over a real database, real files and a real workspace; embeddings and broker are fakes that can fail. */
export function createBench(opened: OpenDatabase): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'accession-engine-'));
  const clock = createSystemClock();
  const hasher = createSystemHasher();
  const embedder = createFakeEmbedder({ dimensions: 1536 });
  const publisher = createMemoryPublisher();
  const workspaceDir = join(dir, 'workspace');
  const workspace = new SqliteWorkspace(workspaceDir);
  const checker = createThreadedChecker({ threads: 1, hasher, clock });
  const ports: LoadPorts = {
    files: createFileStore({ dir: workspaceDir, openWorkbook: sheetAsCsv }),
    mappings: createMappingStore(join(dir, 'mappings.json'), { clock, onNotice: unexpectedNotice }),
    checker,
    workspace,
    database: opened.database,
    embedder,
    index: new PgvectorIndex(async () => opened.database.vectors),
    publisher,
    rejects: createRejectsCsv(),
    clock,
    random: createSystemRandom(),
    hasher,
  };
  const tuning: LoadTuning = {
    chunkRows: 20,
    embedBatchTexts: 16,
    embedConcurrency: 2,
    leaseMs: 1_000,
    topicNames: DEFAULT_TOPIC_NAMES,
  };
  return {
    opened,
    ports,
    tuning,
    embedder,
    publisher,
    dir,
    file(name, text) {
      const path = join(dir, name);
      writeFileSync(path, text);
      return path;
    },
    load(paths, { options, ports: other, tuning: tuned, onEvent, signals, ...request } = {}) {
      return runLoad(
        { ...ports, ...other },
        { ...tuning, ...tuned },
        {
          paths,
          type: null,
          reading: {},
          mapping: null,
          useRemembered: false,
          dateOrder: null,
          maxRejects: null,
          dryRun: false,
          ...request,
          options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null, ...options },
        },
        (event) => {
          if (event.kind === 'load-failed' && event.error.code === 'internal') throw new Error(event.trace);
          onEvent?.(event);
        },
        { stop: NEVER, abort: NEVER, ...signals },
      );
    },
    resume(loadId, other = {}) {
      return resumeLoad({ ...ports, ...other }, tuning, loadId, () => undefined, {
        stop: NEVER,
        abort: NEVER,
      });
    },
    async rows(sql) {
      return (await opened.connection.query(sql, [], NEVER)).rows;
    },
    async close() {
      await checker.close();
      await workspace.close();
      await opened.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function unexpectedNotice({ message }: { message: string }): never {
  throw new Error(message);
}

/** Books, students and checkouts that are all fit to load; `n` of each. */
export function term(n: number, title = 'Title'): { books: string; students: string; checkouts: string } {
  const numbers = Array.from({ length: n }, (_, i) => i + 1);
  const id = (prefix: string, i: number): string => `${prefix}${String(i).padStart(4, '0')}`;
  return {
    books: `book_id,title,author,page_count,publication_year\n${numbers.map((i) => `${id('B', i)},${title} ${i},Author ${i % 7},${100 + i},2001`).join('\n')}\n`,
    students: `student_id,grade_level,age,homeroom_teacher,lunch_period\n${numbers.map((i) => `${id('S', i)},${i % 13},${5 + (i % 13)},Teacher,${1 + (i % 9)}`).join('\n')}\n`,
    checkouts: `student_id,book_id,checkout_date,student_rating\n${numbers.map((i) => `${id('S', i)},${id('B', i)},2026-09-${String(1 + (i % 28)).padStart(2, '0')},${1 + (i % 5)}`).join('\n')}\n`,
  };
}
