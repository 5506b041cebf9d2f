import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type {
  Clock,
  IndexStatus,
  IndexUpdate,
  SearchHit,
  VectorFeed,
  VectorIndex,
} from '../../engine/ports.ts';
import { lockDirectory } from './directory-lock.ts';
import { createFaissChild, type FaissChild } from './faiss-child.ts';
import type { FaissChannel } from './faiss-fork.ts';
import type { FlatShape } from './flat-file.ts';
import { indexStatus } from './index-status.ts';
import { type IndexHome, indexHome, type Manifest, markOf, matches, writeManifest } from './manifest.ts';
import { type Pair, type PublishStep, publish, publishedPair, recover, stagingPair } from './publish.ts';
import { createBookCache, readShape, readStore } from './published-files.ts';
import { searchIndex } from './search-index.ts';
import { type Staged, stageUpdate } from './stage.ts';

export interface FaissIndexOptions {
  /** `<DATA_DIR>/vector_store`. */
  dir: string;
  /** ACCESSION_HOME: manifest, staging and generations live below it. */
  homeDir: string;
  clock: Clock;
  /** Length of the vectors of a new index; by default that of the first one. */
  dimensions?: number;
  /** How long an update waits for another program that writes the index. */
  lockWaitMs?: number;
  /** Told in a sentence for whom an update waits, and what this machine cannot do. */
  onNotice?: (notice: string) => void;
  /** Starts the process that holds FAISS; forked by default. */
  startFaiss?: () => FaissChannel;
  /** For tests: called as a publication passes a step, and may throw there. */
  onPublishStep?: (step: PublishStep) => void;
}

const LOCK_WAIT_MS = 120_000;

const RESTARTED =
  'FAISS, the library that keeps the search index, ended unexpectedly and is started again. Nothing is lost.';

/** The flat L2 index: `index.faiss` and `index.pkl`, which LangChain opens and extends. */
export class FaissIndex implements VectorIndex {
  readonly #options: FaissIndexOptions;
  readonly #dir: string;
  readonly #home: IndexHome;
  readonly #pair: Pair;
  readonly #faiss: FaissChild;
  readonly #readBooks: ReturnType<typeof createBookCache>;
  /** Updates of this object stand in line even where there is no lock to be had. */
  #lastUpdate: Promise<unknown> = Promise.resolve();
  readonly #noticed = new Set<string>();

  constructor(options: FaissIndexOptions) {
    this.#options = options;
    this.#dir = resolve(options.dir);
    this.#home = indexHome(options.homeDir, this.#dir);
    this.#pair = publishedPair(this.#dir);
    this.#faiss = createFaissChild(options.startFaiss);
    this.#readBooks = createBookCache(this.#pair.pkl);
  }

  /**
   * Idempotent. Throws `index.locked` (retryable), `index.foreign` (another database's index, or one of another
   * kind), `index.damaged`, `index.unavailable`, `index.failed`, `embedding.dimensions`, or the signal's reason.
   */
  async update(
    feed: VectorFeed,
    signal: AbortSignal,
    onWait: (reason: string) => void = () => {},
  ): Promise<IndexUpdate> {
    const update = this.#lastUpdate.then(() => this.#update(feed, onWait, signal));
    this.#lastUpdate = update.catch(() => {});
    try {
      return await update;
    } catch (error) {
      throw signal.aborted || error instanceof AppError ? error : failed(error);
    }
  }

  async status(signal: AbortSignal): Promise<IndexStatus> {
    signal.throwIfAborted();
    return indexStatus(this.#home, this.#dir, this.#pair);
  }

  async search(vector: Float32Array, k: number, signal: AbortSignal): Promise<SearchHit[]> {
    return searchIndex(this.#pair, this.#faiss, this.#readBooks, vector, k, signal);
  }

  async close(): Promise<void> {
    await this.#faiss.close();
    await this.#lastUpdate;
    // What an update that was still running has started since.
    await this.#faiss.close();
  }

  async #update(
    feed: VectorFeed,
    onWait: (reason: string) => void,
    signal: AbortSignal,
  ): Promise<IndexUpdate> {
    signal.throwIfAborted();
    const wasThere = existsSync(this.#home.manifest);
    if (!existsSync(this.#pair.faiss) && (await isEmpty(feed, signal)))
      return { added: 0, replaced: 0, vectors: 0, generation: 0 };
    await mkdir(this.#home.dir, { recursive: true });
    const lock = await lockDirectory(
      this.#dir,
      {
        clock: this.#options.clock,
        waitMs: this.#options.lockWaitMs ?? LOCK_WAIT_MS,
        wasThere,
        onNotice: (notice) => this.#notice(notice),
      },
      signal,
    );
    try {
      return await this.#updateLocked(feed, onWait, signal);
    } finally {
      await lock.release();
    }
  }

  async #updateLocked(
    feed: VectorFeed,
    onWait: (reason: string) => void,
    signal: AbortSignal,
  ): Promise<IndexUpdate> {
    const pair = this.#pair;
    const manifest = await recover(this.#home, this.#dir);
    const shape = await readShape(pair.faiss);
    if (shape !== null && manifest !== null && manifest.sourceId !== feed.sourceId) throw otherDatabase();
    const isOurs =
      shape !== null &&
      manifest !== null &&
      (await matches(pair.faiss, manifest.faiss)) &&
      (await matches(pair.pkl, manifest.pkl));
    // An index that somebody else wrote is a generation of its own.
    const standing = (manifest?.generation ?? 0) + (shape !== null && !isOurs ? 1 : 0);
    const staging = await stagingPair(this.#home, this.#dir);
    try {
      const staged = await stageUpdate(
        {
          feed,
          sinceSeq: isOurs ? manifest.appliedSeq : 0,
          base: shape && {
            shape,
            faissPath: pair.faiss,
            readStore: () => readStore(pair.pkl, shape.vectors),
          },
          dimensions: this.#options.dimensions ?? null,
          faissPath: staging.faiss,
          pklPath: staging.pkl,
        },
        signal,
      );
      if (staged === null) {
        if (shape !== null && !isOurs) await this.#adopt(shape, feed.sourceId, standing);
        return { added: 0, replaced: 0, vectors: shape?.vectors ?? 0, generation: standing };
      }
      const about = { sourceId: feed.sourceId, generation: standing + 1 };
      const next = await this.#verified(staging, staged, about, onWait, signal);
      const previous = shape && { generation: standing, manifest: isOurs ? manifest : null };
      await publish(this.#home, this.#dir, staging, next, previous, this.#options.onPublishStep);
      const { added, replaced } = staged;
      return { added, replaced, vectors: staged.shape.vectors, generation: next.generation };
    } catch (error) {
      // Not what a publication that was cut short needs to be ended: `pending` tells.
      if (!existsSync(this.#home.pending))
        await Promise.all([rm(staging.faiss, { force: true }), rm(staging.pkl, { force: true })]);
      throw error;
    }
  }

  /** Has FAISS read the staged pair, brings it to the disk, and says what the manifest will say. */
  async #verified(
    staging: Pair,
    staged: Staged,
    about: Pick<Manifest, 'sourceId' | 'generation'>,
    onWait: (reason: string) => void,
    signal: AbortSignal,
  ): Promise<Manifest> {
    // At once: FAISS reads in its process, the disk writes, and we hash.
    const [read, faiss, pkl] = await Promise.all([
      this.#faiss.verify(staging.faiss, staged.samples, signal, () => onWait(RESTARTED)),
      markOf(staging.faiss),
      markOf(staging.pkl),
      sync(staging.faiss),
      sync(staging.pkl),
    ]);
    signal.throwIfAborted();
    const { vectors, dimensions } = staged.shape;
    if (read.vectors !== vectors || read.dimensions !== dimensions || !read.selfFound)
      throw new AppError({
        code: 'index.failed',
        message: 'The new search index did not pass its check, so the one before it stays in place.',
        hint: 'See whether the disk is full or failing, and continue the load.',
        cause: `${read.vectors} × ${read.dimensions}, found themselves: ${read.selfFound}`,
        retryable: true,
      });
    return this.#manifest(staged.shape, {
      ...about,
      appliedSeq: staged.appliedSeq,
      documents: staged.documents,
      faiss,
      pkl,
    });
  }

  /** Takes over what somebody else wrote as it stands, there being nothing to add to it. */
  async #adopt(shape: FlatShape, sourceId: string, generation: number): Promise<void> {
    const documents = (await readStore(this.#pair.pkl, shape.vectors)).documents.size;
    const [faiss, pkl] = await Promise.all([markOf(this.#pair.faiss), markOf(this.#pair.pkl)]);
    const fields = { sourceId, generation, appliedSeq: 0, documents, faiss, pkl };
    await writeManifest(this.#home.manifest, this.#manifest(shape, fields));
  }

  #manifest(
    shape: FlatShape,
    fields: Omit<Manifest, 'version' | 'dir' | 'updatedAt' | 'vectors' | 'dimensions'>,
  ): Manifest {
    return {
      version: 1,
      dir: this.#dir,
      updatedAt: this.#options.clock.now().toISOString(),
      ...shape,
      ...fields,
    };
  }

  #notice(notice: string): void {
    if (this.#noticed.has(notice)) return;
    this.#noticed.add(notice);
    this.#options.onNotice?.(notice);
  }
}

export function createFaissIndex(options: FaissIndexOptions): FaissIndex {
  return new FaissIndex(options);
}

/** Whether the native library is there; whether it loads is seen in its own process only, as loading may abort. */
export function faissIsInstalled(): boolean {
  try {
    const main = createRequire(import.meta.url).resolve('faiss-node');
    return existsSync(join(dirname(main), '..', 'build', 'Release', 'faiss-node.node'));
  } catch {
    return false;
  }
}

async function isEmpty(feed: VectorFeed, signal: AbortSignal): Promise<boolean> {
  for await (const { entries } of feed.since(0, signal)) if (entries.length > 0) return false;
  return true;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function otherDatabase(): AppError {
  return new AppError({
    code: 'index.foreign',
    message: 'The search index in this folder belongs to another database than the one of this profile.',
    hint: 'Give each database a folder of its own (DATA_DIR), or choose the profile the index belongs to; if the old database is gone, move index.faiss and index.pkl away.',
  });
}

function failed(cause: unknown): AppError {
  const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
  return new AppError({
    code: 'index.failed',
    message: full
      ? 'The disk is full, so the search index could not be written; the one before it stays in place.'
      : 'The search index could not be written; the one before it stays in place.',
    hint: full
      ? 'Make room on the disk and continue the load.'
      : 'See whether the folder of the index may be written, and continue the load.',
    retryable: true,
    cause,
  });
}
