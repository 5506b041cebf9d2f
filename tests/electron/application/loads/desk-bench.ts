import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { createChunkJobs } from '../../../../electron/adapters/pg-boss/chunk-jobs.ts';
import { openPglite } from '../../../../electron/adapters/pglite/pglite-connection.ts';
import { createSqlDatabase } from '../../../../electron/adapters/sql/sql-database.ts';
import {
  createLoadDesk,
  type LoadDesk,
  type NewLoadRequest,
} from '../../../../electron/application/loads/load-desk.ts';
import type { LoadDeskPorts, LoadTarget } from '../../../../electron/application/loads/load-target.ts';
import type { LoadPorts } from '../../../../electron/engine/load-context.ts';
import type { LoadEvent } from '../../../../electron/engine/load-events.ts';
import { findLoad } from '../../../../electron/engine/resume.ts';
import type { RunningLoadNote } from '../../../../electron/engine/running-loads-port.ts';
import { createMemoryRunningLoads, type MemoryRunningLoads } from '../../../fakes/memory-running-loads.ts';
import { type Bench, createBench, term } from '../../engine/load-harness.ts';

export const NEVER = new AbortController().signal;

/** The engine over a database in memory, for all tests of a file: opening one takes longer than they do. */
export async function openDeskBench(): Promise<Bench> {
  const connection = await openPglite({ memory: true });
  const jobs = createChunkJobs({ database: connection.queueDatabase() });
  const database = createSqlDatabase({ connection, jobs });
  await database.schema.prepare(NEVER);
  return createBench({ connection, jobs, database, url: null, close: () => database.close() });
}

let lastBooks = 0;
/** A small file of books that no test has loaded yet. */
export function someBooks(bench: Bench): string {
  lastBooks += 1;
  const text = term(3, `Shelf ${lastBooks}`).books.replaceAll(/^B/gm, `B${lastBooks}-`);
  return bench.file(`books-${lastBooks}.csv`, text);
}

export function requestOf(...paths: string[]): NewLoadRequest {
  return {
    profileId: null,
    paths,
    type: null,
    dryRun: false,
    allOrNothing: false,
    embed: true,
    publish: true,
  };
}

export interface TestDesk {
  desk: LoadDesk;
  running: MemoryRunningLoads;
  events: LoadEvent[];
  notices: string[];
  /** How often a target was taken, and how often it was let go of. */
  taken(): number;
  released(): number;
  /** Resolves with the first event of this kind, whether or not it has been told already. */
  heard<K extends LoadEvent['kind']>(kind: K): Promise<Extract<LoadEvent, { kind: K }>>;
}

export interface TestDeskOptions {
  left?: readonly RunningLoadNote[];
  ports?: Partial<LoadPorts>;
  target?: Partial<LoadTarget>;
  desk?: Partial<LoadDeskPorts>;
}

export function createTestDesk(bench: Bench, options: TestDeskOptions = {}): TestDesk {
  const running = createMemoryRunningLoads(options.left);
  const notices: string[] = [];
  const events: LoadEvent[] = [];
  const waiting: { kind: string; resolve: (event: never) => void }[] = [];
  let taken = 0;
  let released = 0;
  const desk = createLoadDesk({
    running,
    workspace: bench.ports.workspace,
    clock: bench.ports.clock,
    notify: (message) => void notices.push(message),
    async target(profileId) {
      taken += 1;
      return {
        profileId,
        place: 'sandbox',
        name: 'sandbox',
        safety: { kind: 'sandbox', readOnly: false, rehearseFirst: false, confirmAboveRows: 1_000 },
        tuning: bench.tuning,
        ports: async (needs) => ({
          ...bench.ports,
          embedder: needs.embed ? bench.embedder : null,
          publisher: needs.publish ? bench.publisher : null,
          ...options.ports,
        }),
        optionsOf: async (loadId, signal) => (await findLoad(bench.ports, loadId, signal)).options,
        ...options.target,
        async release() {
          released += 1;
        },
      };
    },
    ...options.desk,
  });
  desk.onEvent((event) => {
    events.push(event);
    for (const { kind, resolve } of waiting) if (kind === event.kind) resolve(event as never);
  });
  return {
    desk,
    running,
    events,
    notices,
    taken: () => taken,
    released: () => released,
    heard: (kind) =>
      new Promise((resolve) => {
        const told = events.find((event) => event.kind === kind);
        if (told !== undefined) resolve(told as never);
        else waiting.push({ kind, resolve });
      }),
  };
}

/** A gate that a load comes to and waits at until it is opened. */
export function createGate(): { reached: Promise<void>; open(): void; pass(): Promise<void> } {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: () => opened.resolve(),
    pass() {
      reached.resolve();
      return opened.promise;
    },
  };
}

/** The database, whose commits wait at the gate. */
export function gatedCommits(bench: Bench, gate: { pass(): Promise<void> }): Partial<LoadPorts> {
  const { database } = bench.ports;
  const commit: typeof database.commits.commit = async (...given) => {
    await gate.pass();
    return database.commits.commit(...given);
  };
  return { database: { ...database, commits: { ...database.commits, commit } } };
}

/** What a process leaves behind that dies before (`seal`) or after (`commit`) all rows of a load were in the database. */
export async function diedBefore(bench: Bench, at: 'seal' | 'commit'): Promise<RunningLoadNote> {
  const gate = createGate();
  const { database } = bench.ports;
  const staging: typeof database.staging = (...given) => ({
    ...database.staging(...given),
    seal: () => gate.pass(),
  });
  const ports = at === 'commit' ? gatedCommits(bench, gate) : { database: { ...database, staging } };
  let loadId = '';
  void bench.load([someBooks(bench)], {
    ports,
    onEvent: (event) => {
      loadId = event.loadId;
    },
  });
  await gate.reached;
  // A dead process writes nothing any more.
  const meta = join(bench.dir, 'workspace', loadId, 'file-0.json');
  await vi.waitFor(() => expect(existsSync(meta)).toBe(true));
  return noteOf(loadId);
}

export function noteOf(loadId: string): RunningLoadNote {
  return {
    loadId,
    profileId: null,
    place: 'sandbox',
    startedAt: '2026-11-25T10:20:30.000Z',
    stopping: false,
  };
}

export function hasWorkspace(bench: Bench, loadId: string): boolean {
  return existsSync(join(bench.dir, 'workspace', loadId));
}
