/**
 * What the job queue needs of a database beyond a caller's own session. The shape is the one pg-boss asks of a
 * database adapter (its `IDatabase`), so that a connection can offer it without knowing pg-boss.
 */
export interface QueueDatabase {
  /** Without values the text may hold several statements; then the rows of all of them are returned together. Throws the driver's own errors. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Calls back with each notification's payload, and `onReconnect` after every (re)subscription. */
  listen?(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }>;
}
