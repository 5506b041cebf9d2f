import { Client, type ClientConfig, type PoolClient, type QueryResult } from 'pg';
import { translateSqlError } from '../sql/sql-errors.ts';

/** How long a cancelled statement may take to stop before its connection is cut instead. */
const CANCEL_GRACE_MS = 5_000;

/** One connection in our hands. Never used by two statements at a time. */
export class HeldClient {
  readonly #client: PoolClient;
  readonly #config: ClientConfig;
  readonly #giveBack: () => void;
  #broken = false;
  #released = false;

  constructor(client: PoolClient, config: ClientConfig, giveBack: () => void) {
    this.#client = client;
    this.#config = config;
    this.#giveBack = giveBack;
    // A pool does not listen to a client that is checked out, and an 'error' nobody hears ends the process.
    // The statement in hand fails with the same error.
    client.on('error', ignore);
  }

  /**
   * Without `params` the text may hold several statements. An abort cancels the statement on the server, so that
   * its locks are free when this rejects with the signal's reason; `null` stands for a statement that must not be
   * cancelled.
   */
  async run(
    text: string,
    params: readonly unknown[] | null,
    signal: AbortSignal | null,
  ): Promise<QueryResult> {
    signal?.throwIfAborted();
    let cancelling: Promise<void> | null = null;
    let cut: NodeJS.Timeout | undefined;
    const onAbort = () => {
      this.#broken = true;
      cut = setTimeout(() => this.release(), CANCEL_GRACE_MS);
      cancelling = this.#cancel();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await (params === null ? this.#client.query(text) : this.#client.query(text, [...params]));
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw translateSqlError(thrown);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(cut);
      // A cancel still on its way could hit whatever this connection does next.
      await cancelling;
    }
  }

  /** Ends the transaction in hand, or failing that the connection, which ends it too. */
  async rollBack(): Promise<void> {
    await this.#client.query('ROLLBACK').catch(() => {
      this.#broken = true;
    });
  }

  /** Forgets TEMP tables and settings, or failing that the connection. */
  async forget(): Promise<void> {
    await this.rollBack();
    await this.#client.query('DISCARD ALL').catch(() => {
      this.#broken = true;
    });
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#client.off('error', ignore);
    this.#client.release(this.#broken);
    this.#giveBack();
  }

  /**
   * A connection of its own, because the pool may have none left, and SQL rather than the wire's cancel message,
   * because `pg` cannot send that over TLS. Where the server cannot be reached the connection is cut instead.
   */
  async #cancel(): Promise<void> {
    const canceller = new Client(this.#config);
    canceller.on('error', ignore);
    try {
      await canceller.connect();
      await canceller.query('SELECT pg_cancel_backend($1)', [backendPid(this.#client)]);
    } catch {
      this.release();
    } finally {
      await canceller.end().catch(ignore);
    }
  }
}

function ignore(): void {}

/** From the server's BackendKeyData message, which `pg` keeps but does not declare. */
function backendPid(client: PoolClient): unknown {
  return 'processID' in client ? client.processID : null;
}
