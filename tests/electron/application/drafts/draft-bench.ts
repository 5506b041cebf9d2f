import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { z } from 'zod';
import type { DraftPorts } from '../../../../electron/application/drafts/draft-ports.ts';
import { draftHandlers } from '../../../../electron/application/drafts/handlers.ts';
import type { LoadTarget } from '../../../../electron/application/loads/load-target.ts';
import type { Database } from '../../../../electron/engine/database-port.ts';
import { draftRoutes } from '../../../../shared/contract/draft-routes.ts';
import type { DraftFileView, DraftRowView, DraftView } from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/errors.ts';
import { type Process, startProcess, type World } from './draft-parts.ts';

export const NEVER = new AbortController().signal;
export const PAGE = 'page';
export const BOOKS = 'book_id,title,page_count\n';
export const STUDENTS = 'student_id,grade_level,age,homeroom_teacher,lunch_period\n';
export const CHECKOUTS = 'student_id,book_id,checkout_date\n';

type Routes = (typeof draftRoutes)[number];
type Name = Routes['name'];
type RouteOf<N extends Name> = Extract<Routes, { name: N }>;
export type Asked<N extends Name> = z.input<RouteOf<N>['input']>;
export type Told<N extends Name> = z.output<RouteOf<N>['output']>;

/** Drafts behind their handlers, as a page sees them; questions and answers are held to the contract. */
export interface DraftBench {
  readonly world: World;
  readonly process: Process;
  ask<N extends Name>(route: N, input: Asked<N>, client?: string): Promise<Told<N>>;
  /** The code of what a question fails with; empty where it does not. */
  refusal<N extends Name>(route: N, input: Asked<N>, client?: string): Promise<string>;
  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Opens files and waits until everything is known of them. */
  open(files: Readonly<Record<string, string>>, client?: string): Promise<DraftView>;
  /** Adds a file and waits likewise. */
  add(draftId: string, files: Readonly<Record<string, string>>): Promise<DraftView>;
  /** The draft when nothing is under way any more. */
  ready(draftId: string, client?: string): Promise<DraftView>;
  rows(draftId: string, fileNo: number, from?: number, count?: number): Promise<DraftRowView[]>;
  edit(draftId: string, fileNo: number, row: number, position: number, text: string | null): Promise<void>;
  /** `row code column` of every issue of a file. */
  issues(draftId: string, fileNo: number): Promise<string[]>;
  /** As after the end of the process and a new start. */
  restart(): Promise<void>;
  /** As after the death of the process: it lets go of nothing, and the next one starts. */
  kill(): void;
}

/** Of a bench whose drafts are never loaded: it says which ids it has, and nothing else. */
export function onlyKnownIds(known: Database['knownIds']): Database {
  return new Proxy({} as Database, {
    get(_, name) {
      if (name === 'knownIds') return known;
      throw new Error(`Nobody should ask the database for ${String(name)} here.`);
    },
  });
}

export interface DraftBenchOptions {
  database?: () => Database;
  targetOf?: (profileId: string | null) => Partial<LoadTarget>;
  /** Laid over the ports of each process that the test starts. */
  change?: (ports: DraftPorts) => DraftPorts;
}

/** For the tests of one file, each in a folder of its own. Nothing may be told that no test expects. */
export function draftBench(options: DraftBenchOptions = {}): DraftBench {
  let world: World;
  let process: Process;
  let dead: Process[];
  beforeEach(() => {
    world = {
      dir: mkdtempSync(join(tmpdir(), 'accession-drafts-')),
      database: options.database?.() ?? onlyKnownIds(async () => new Set()),
      targetOf: options.targetOf ?? (() => ({})),
      needed: () => undefined,
      change: options.change ?? ((ports) => ports),
      ahead: 0,
      changes: [],
      notices: [],
      held: 0,
    };
    dead = [];
    process = startProcess(world);
  });
  afterEach(async () => {
    for (const each of [...dead, process]) await each.close();
    rmSync(world.dir, { recursive: true, force: true });
    expect(world.notices).toEqual([]);
    expect(world.held).toBe(0);
  });

  const ask = async <N extends Name>(name: N, input: Asked<N>, client = PAGE): Promise<Told<N>> => {
    const { ports, desk } = process;
    const tokens = { count: async (texts: readonly string[]) => texts.map((text) => text.length) };
    const handlers = draftHandlers({ desk, ports, tokens });
    const route = draftRoutes.find((one) => one.name === name);
    if (route === undefined) throw new Error(`There is no route ${name}.`);
    const context = { client, files: { pathOf: (id: string) => id }, signal: NEVER };
    const answer = await handlers[name](route.input.parse(input) as never, context);
    return route.output.parse(answer) as Told<N>;
  };
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(world.dir, name);
    writeFileSync(path, content);
    return path;
  };
  const pathsOf = (files: Readonly<Record<string, string>>): string[] =>
    Object.entries(files).map(([name, text]) => file(name, text));
  const ready = async (draftId: string, client = PAGE): Promise<DraftView> => {
    const draft = await process.desk.get(client, draftId);
    // What a turn puts behind itself is waited for, too.
    for (let i = 0; i < 3; i += 1) await draft.settled();
    return (await ask('drafts.show', { draftId }, client)).draft;
  };
  return {
    get world() {
      return world;
    },
    get process() {
      return process;
    },
    ask,
    async refusal(name, input, client) {
      try {
        await ask(name, input, client);
        return '';
      } catch (thrown) {
        if (thrown instanceof AppError) return thrown.code;
        throw thrown;
      }
    },
    file,
    async open(files, client = PAGE) {
      const { draft } = await ask('drafts.open', { profileId: null, files: pathsOf(files) }, client);
      return ready(draft.draftId, client);
    },
    async add(draftId, files) {
      await ask('drafts.add', { draftId, files: pathsOf(files) });
      return ready(draftId);
    },
    ready,
    rows: async (draftId, fileNo, from = 1, count = 500) =>
      (await ask('drafts.rows', { draftId, fileNo, view: null, from, count })).rows,
    async edit(draftId, fileNo, row, position, text) {
      await ask('drafts.edit', { draftId, fileNo, edits: [{ row, position, text }] });
    },
    async issues(draftId, fileNo) {
      const { issues } = await ask('drafts.issues', { draftId, fileNo, offset: 0, limit: 500 });
      return issues.map(({ row, code, column }) => `${row} ${code} ${column}`);
    },
    async restart() {
      await process.close();
      process = startProcess(world);
    },
    kill() {
      dead.push(process);
      process = startProcess(world);
    },
  };
}

export function fileOf(draft: DraftView, name: string): DraftFileView {
  const found = draft.files.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The draft has no file ${name}.`);
  return found;
}
