import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Results } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { AppError } from '../../../shared/errors.ts';
import type { QueueDatabase } from '../sql/queue-database.ts';
import type { SqlConnection, SqlResult, SqlSession } from '../sql/session.ts';
import { createSlots } from '../sql/slots.ts';
import { rolledBackInstead, translateSqlError, vendorErrorOf } from '../sql/sql-errors.ts';
import { lockFolder } from './folder-lock.ts';
import { AS_PREPARED, PARSERS, toWire } from './wire-values.ts';

/**
 * A folder of one's own, made where it is missing, or memory, which forgets everything at `close` and may begin as
 * the copy of another (`PgliteConnection.copy`).
 */
export type PgliteOptions = { dir: string } | { memory: true; copyOf?: Blob };

/**
 * The first time takes about three seconds, then a quarter of one. What is not closed keeps the process alive.
 * Throws AppError `sandbox.locked` where another program has the folder open.
 */
export async function openPglite(options: PgliteOptions): Promise<PgliteConnection> {
  const unlock = 'dir' in options ? prepareFolder(options.dir) : () => undefined;
  try {
    const engine = await PGlite.create({
      dataDir: 'dir' in options ? join(options.dir, 'data') : 'memory://',
      extensions: { vector },
      parsers: PARSERS,
      ...('copyOf' in options && options.copyOf !== undefined ? { loadDataDir: options.copyOf } : {}),
    });
    return new PgliteConnection(engine, unlock);
  } catch (cause) {
    unlock();
    throw new AppError({
      code: 'db.failed',
      message: 'The database of the sandbox cannot be opened.',
      hint: 'Check the free space on the disk; if it stays so, move the folder "sandbox" of ACCESSION_HOME away to begin with an empty one.',
      cause,
    });
  }
}

function prepareFolder(dir: string): () => void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new AppError({
      code: 'db.failed',
      message: `The folder of the sandbox cannot be made: ${dir}.`,
      hint: 'Check that the folder above it may be written to, or set ACCESSION_HOME to another one.',
      cause,
    });
  }
  return lockFolder(dir);
}

const BEGINS = /^\s*(BEGIN|START\s+TRANSACTION)\b/i;
const ENDS = /^\s*(COMMIT|END|ROLLBACK(?!\s+TO)|ABORT)\b/i;

/**
 * Postgres inside this process. There is a single session, so everything takes its turn: a statement alone, a
 * transaction as a whole. A statement in progress cannot be aborted, since it occupies the thread; aborting takes
 * effect before the next one.
 */
export class PgliteConnection implements SqlConnection {
  readonly #engine: PGlite;
  readonly #unlock: () => void;
  readonly #turns = createSlots(1);
  readonly #reservations = createSlots(1);

  constructor(engine: PGlite, unlock: () => void) {
    this.#engine = engine;
    this.#unlock = unlock;
  }

  async query<Row = Record<string, unknown>>(
    text: string,
    params: readonly unknown[],
    signal: AbortSignal,
  ): Promise<SqlResult<Row>> {
    return this.#inTurn(signal, () => this.#run<Row>(text, params, signal));
  }

  async transaction<T>(work: (session: SqlSession) => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#inTurn(signal, async () => {
      await this.#run('BEGIN', [], signal);
      try {
        const value = await work({ query: (text, params = []) => this.#run(text, params, signal) });
        signal.throwIfAborted();
        await this.#commit();
        return value;
      } catch (thrown) {
        await this.#rollBack();
        throw thrown;
      }
    });
  }

  /**
   * Does not keep others out between its statements, or a load that rehearses could not read anything else: TEMP
   * tables are safe without that, as long as there is one reservation at a time. A transaction that it begins by
   * hand is its own until it ends.
   */
  async reserve(signal: AbortSignal): Promise<{ session: SqlSession; release(): Promise<void> }> {
    const giveBack = await this.#reservations.take(signal);
    let endTurn: (() => void) | null = null;
    const session: SqlSession = {
      query: async (text, params = []) => {
        if (endTurn === null && !BEGINS.test(text)) {
          return this.#inTurn(signal, () => this.#run(text, params, signal));
        }
        endTurn ??= await this.#turns.take(signal);
        const result = await this.#run(text, params, signal);
        if (ENDS.test(text)) {
          endTurn();
          endTurn = null;
        }
        return result as SqlResult<never>;
      },
    };
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      endTurn ??= await this.#turns.take(NEVER);
      await this.#rollBack();
      await this.#engine.exec('DISCARD ALL');
      endTurn();
      giveBack();
    };
    return { session, release };
  }

  async script(sql: string, signal: AbortSignal): Promise<void> {
    await this.#inTurn(signal, () => this.#exec(sql));
  }

  async close(): Promise<void> {
    const endTurn = await this.#turns.take(NEVER);
    try {
      if (!this.#engine.closed) await this.#engine.close();
    } finally {
      this.#unlock();
      endTurn();
    }
  }

  /** All files of the database, to begin another one with. */
  async copy(): Promise<Blob> {
    return this.#inTurn(NEVER, () => this.#engine.dumpDataDir('none'));
  }

  /** The queue's own statements take their turn like all others, which PGlite's own adapter would not let them. */
  queueDatabase(): QueueDatabase {
    const execute = async (text: string, values: unknown[]): Promise<Record<string, unknown>[]> => {
      if (values.length > 0) return (await this.#run<Record<string, unknown>>(text, values, NEVER)).rows;
      const results = await this.#exec(text);
      return results.flatMap((result) => result.rows as Record<string, unknown>[]);
    };
    return {
      executeSql: async (text, values = []) => {
        try {
          return { rows: await this.#inTurn(NEVER, () => execute(text, values)) };
        } catch (thrown) {
          throw vendorErrorOf(thrown);
        }
      },
      listen: async (channel, onNotification, onReconnect) => {
        const unlisten = await this.#inTurn(NEVER, () => this.#engine.listen(channel, onNotification));
        onReconnect();
        return { close: () => this.#inTurn(NEVER, () => unlisten()) };
      },
    };
  }

  async #inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const endTurn = await this.#turns.take(signal);
    try {
      return await work();
    } finally {
      endTurn();
    }
  }

  async #run<Row>(text: string, params: readonly unknown[], signal: AbortSignal): Promise<SqlResult<Row>> {
    signal.throwIfAborted();
    try {
      const result = await this.#engine.query<Row>(text, params.map(toWire), { serializers: AS_PREPARED });
      return { rows: result.rows, count: result.rowCount ?? result.affectedRows ?? 0 };
    } catch (thrown) {
      throw translateSqlError(withoutValues(thrown));
    }
  }

  async #exec(sql: string): Promise<Results[]> {
    try {
      return await this.#engine.exec(sql);
    } catch (thrown) {
      // The statements may have begun a transaction before one of them failed.
      await this.#rollBack();
      throw translateSqlError(withoutValues(thrown));
    }
  }

  async #commit(): Promise<void> {
    const [end] = await this.#exec('COMMIT');
    if (end?.command !== undefined && end.command !== 'COMMIT') throw rolledBackInstead();
  }

  async #rollBack(): Promise<void> {
    await this.#engine.exec('ROLLBACK').catch(() => undefined);
  }
}

const NEVER = new AbortController().signal;

/** PGlite hangs the statement's parameters on its errors; those are cell values, which no error may carry. */
function withoutValues(thrown: unknown): unknown {
  if (typeof thrown === 'object' && thrown !== null && 'params' in thrown) thrown.params = undefined;
  return thrown;
}
