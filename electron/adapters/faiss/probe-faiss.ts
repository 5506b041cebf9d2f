import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SavedProfile } from '../../../shared/settings/profile.ts';
import type { ConnectionProbe, ProbeFindings } from '../../engine/connection-test-port.ts';
import type { Clock } from '../../engine/ports.ts';
import { LOCK_FILE, lockDirectory } from './directory-lock.ts';
import { createFaissIndex, faissIsInstalled } from './faiss-index.ts';
import { lockHolder } from './lock-holder.ts';
import { FAISS_FILE, PKL_FILE } from './manifest.ts';
import { freeBytes, nearestFolder, trialWrite, writeProblem } from './probe-write.ts';

export interface FaissProbeOptions {
  /** Holds `vector_store/` of the profile. */
  dataDirOf: (profile: SavedProfile) => string;
  /** ACCESSION_HOME. */
  homeDir: string;
  clock: Clock;
}

/** A publication holds the index that stands, the one before it and the one that is being made, at once. */
const COPIES = 3;
/** Some ten thousand books, three times over. */
const LEAST_FREE_BYTES = 256 * 1_048_576;
const LOCK_WAIT_MS = 500;

/** Problems that do not keep a load from getting through. */
const BEARABLE: ReadonlySet<ProbeProblem['code']> = new Set(['busy', 'disk-nearly-full', 'lock-missing']);

/**
 * Writes beside the search index as a publication does, takes its lock, and reads what stands there. What it
 * wrote is gone afterwards; the index itself is never touched.
 */
export function createFaissProbe(options: FaissProbeOptions): ConnectionProbe {
  return {
    part: 'vector-store',
    async run({ profile }, signal) {
      const dataDir = options.dataDirOf(profile);
      const dir = join(dataDir, 'vector_store');
      const problems: ProbeProblem[] = [];
      const facts: string[] = [];
      if (!faissIsInstalled()) problems.push(faissMissing());

      const startedAt = options.clock.monotonicMs();
      // The index lives in the folder, its staging beside it: both must take files.
      const folders = new Set([await nearestFolder(dataDir), await nearestFolder(dir)]);
      let tookLock = false;
      for (const folder of folders) {
        const problem = await trialWrite(folder, async (trialDir) => {
          if (tookLock) return;
          tookLock = true;
          // A lock file that stands is the real one. Of a missing one a trial tells: made there and removed again, it
          // could be the very file that another program is just waiting for.
          const real = existsSync(join(dir, LOCK_FILE));
          const lock = await lockProblem(real ? dir : trialDir, options.clock, signal);
          if (lock === null)
            facts.push(real ? 'The lock of the index was taken and given back.' : 'Locks work there.');
          else problems.push(lock);
        });
        if (problem !== null) problems.push(problem);
        signal.throwIfAborted();
      }
      if (!problems.some(({ code }) => WRITE_PROBLEMS.has(code))) {
        const ms = Math.round(options.clock.monotonicMs() - startedAt);
        facts.unshift(`A file was written to ${dataDir}, renamed, read again and removed (${ms} ms).`);
        const space = await examineSpace(dir, [...folders][0] ?? dir);
        facts.push(space.fact);
        if (space.problem !== null) problems.push(space.problem);
      }
      await examineIndex(options, dir, facts, problems, signal);
      return { state: stateOf(problems), version: await faissVersion(), facts, problems };
    },
  };
}

const WRITE_PROBLEMS: ReadonlySet<ProbeProblem['code']> = new Set(['disk-full', 'not-writable', 'no-folder']);

async function lockProblem(dir: string, clock: Clock, signal: AbortSignal): Promise<ProbeProblem | null> {
  const notices: string[] = [];
  try {
    const lock = await lockDirectory(
      dir,
      { clock, waitMs: LOCK_WAIT_MS, wasThere: false, onNotice: (notice) => notices.push(notice) },
      signal,
    );
    await lock.release();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    if (thrown.code !== 'index.locked') return writeProblem(thrown.cause, dir);
    const holder = await lockHolder((await stat(join(dir, LOCK_FILE))).ino);
    return {
      code: 'busy',
      message: `The search index in ${dir} is being written by ${holder}.`,
      hint: 'Nothing to do: a load waits until it is done. Test again then.',
      fix: null,
    };
  }
  const [notice] = notices;
  if (notice === undefined) return null;
  return {
    code: 'lock-missing',
    message: notice,
    hint: 'Load from one computer at a time, and not while other services write the index.',
    fix: null,
  };
}

async function examineSpace(
  dir: string,
  folder: string,
): Promise<{ fact: string; problem: ProbeProblem | null }> {
  const sizes = await Promise.all(
    [FAISS_FILE, PKL_FILE].map((name) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const needed = Math.max(LEAST_FREE_BYTES, COPIES * sizes.reduce((sum, size) => sum + size, 0));
  const free = await freeBytes(folder);
  return {
    fact: `${size(free)} free on its disk`,
    problem:
      free >= needed
        ? null
        : {
            code: 'disk-nearly-full',
            message: `Only ${size(free)} are free on the disk of ${dir}; while an index is published, up to ${size(needed)} are needed.`,
            hint: 'Make room on this disk, or choose a folder on another one in the profile.',
            fix: null,
          },
  };
}

async function examineIndex(
  { homeDir, clock }: FaissProbeOptions,
  dir: string,
  facts: string[],
  problems: ProbeProblem[],
  signal: AbortSignal,
): Promise<void> {
  const index = createFaissIndex({ dir, homeDir, clock });
  try {
    const { state, vectors } = await index.status(signal);
    if (state === 'damaged') problems.push(unusable(dir));
    else if (state === 'absent') facts.push('No index yet: the first load makes it.');
    else
      facts.push(`The index holds ${vectors.toLocaleString('en-US')} ${vectors === 1 ? 'book' : 'books'}.`);
  } catch (thrown) {
    signal.throwIfAborted();
    const problem = writeProblem(thrown, dir);
    // Said already where writing failed for the same reason.
    if (problem === null) throw thrown;
    if (!problems.some(({ code }) => code === problem.code)) problems.push(problem);
  } finally {
    await index.close();
  }
}

async function faissVersion(): Promise<string | null> {
  try {
    const main = createRequire(import.meta.url).resolve('faiss-node');
    const text = await readFile(join(dirname(main), '..', 'package.json'), 'utf8');
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'string' ? `faiss-node ${version}` : null;
  } catch {
    return null;
  }
}

function unusable(dir: string): ProbeProblem {
  return {
    code: 'index-unusable',
    message: `The search index in ${dir} is damaged.`,
    hint: 'Move index.faiss and index.pkl away; the next load makes them anew from the database.',
    fix: null,
  };
}

function faissMissing(): ProbeProblem {
  return {
    code: 'faiss-missing',
    message: 'FAISS, which builds and searches the index, is not installed here.',
    hint: 'Install Accession again (in a checkout: npm install, then npm start), or choose the index in the database (pgvector) in the profile.',
    fix: null,
  };
}

function stateOf(problems: readonly ProbeProblem[]): ProbeFindings['state'] {
  if (problems.length === 0) return 'ok';
  return problems.every(({ code }) => BEARABLE.has(code)) ? 'attention' : 'failed';
}

/** 1.2 GB · 340 MB */
function size(bytes: number): string {
  const mb = bytes / 1e6;
  return mb >= 1_000 ? `${(mb / 1_000).toFixed(1)} GB` : `${Math.floor(mb)} MB`;
}
