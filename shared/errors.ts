/**
 * The one error that crosses a layer or a door. A bad row is never an AppError (it is a RowIssue): an
 * AppError says that a system or a request is broken.
 *
 * `message` says what is wrong and where, in a librarian's words; `hint` says how to mend it; `cause` keeps
 * the vendor's error for the log and never travels to a screen. None of the three may hold cell values of
 * students, or secrets.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  /** True where the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** How long the other side asked us to wait, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;

  constructor(fields: AppErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'AppError';
    this.code = fields.code;
    this.hint = fields.hint;
    this.retryable = fields.retryable ?? false;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

export interface AppErrorFields {
  code: ErrorCode;
  message: string;
  hint: string;
  retryable?: boolean;
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** What an error looks like on a wire, in JSON output and in the ledger. */
export interface ErrorReport {
  code: ErrorCode;
  message: string;
  hint: string;
  retryable: boolean;
}

export type ErrorCode =
  | 'usage.invalid'
  | 'settings.invalid'
  | 'settings.unreadable'
  | 'settings.unwritable'
  | 'settings.newer'
  | 'profile.unknown'
  | 'profile.changed'
  | 'profile.refused'
  | 'profile.read-only'
  | 'secrets.exposed'
  | 'secrets.unreadable'
  | 'secrets.unavailable'
  | 'secrets.consent'
  | 'stopped'
  | 'internal'
  | 'serve.unavailable'
  | 'connection.lost'
  | 'connection.refused'
  | 'file.missing'
  | 'file.unreadable'
  | 'file.is-directory'
  | 'file.empty'
  | 'file.unknown-type'
  | 'file.missing-column'
  | 'file.no-header'
  | 'mapping.invalid'
  | 'mapping.unreadable'
  | 'mapping.unwritable'
  | 'file.not-a-table'
  | 'file.compressed'
  | 'file.no-sheet'
  | 'file.workbook-damaged'
  | 'file.encrypted'
  | 'file.not-calculated'
  | 'file.too-large'
  | 'draft.unknown'
  | 'draft.busy'
  | 'draft.file-unknown'
  | 'draft.view-gone'
  | 'draft.edits-lost'
  | 'draft.review-first'
  | 'draft.review-gone'
  | 'draft.not-confirmed'
  | 'draft.corrections-foreign'
  | 'draft.corrections-mixed'
  | 'load.unknown'
  | 'load.not-resumable'
  | 'load.too-many-rejects'
  | 'load.all-or-nothing'
  | 'load.lease-lost'
  | 'load.nothing-accepted'
  | 'db.unreachable'
  | 'db.login'
  | 'db.permission'
  | 'db.not-prepared'
  | 'db.missing-extension'
  | 'db.missing-table'
  | 'db.incompatible'
  | 'db.conflict'
  | 'db.row-refused'
  | 'db.full'
  | 'db.failed'
  | 'sandbox.locked'
  | 'embedding.unreachable'
  | 'embedding.login'
  | 'embedding.quota'
  | 'embedding.spend-limit'
  | 'embedding.rate-limited'
  | 'embedding.refused'
  | 'embedding.dimensions'
  | 'embedding.failed'
  | 'index.unavailable'
  | 'index.damaged'
  | 'index.foreign'
  | 'index.empty'
  | 'index.locked'
  | 'index.failed'
  | 'events.unreachable'
  | 'events.login'
  | 'events.permission'
  | 'events.missing-topic'
  | 'events.refused'
  | 'events.failed'
  | 'workspace.failed';

/** Anything thrown, as an AppError: what is not one yet becomes `internal`, its text kept in `cause` only. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError({
    code: 'internal',
    message: 'Something went wrong inside Accession.',
    hint: 'Run the command again with LOG_LEVEL=debug and send us the log.',
    cause: thrown,
  });
}

/**
 * Where an error came from: its code, the vendor's error name and code, and the stack's frames. Never the
 * vendor's message, which may quote a row.
 */
export function traceOf(error: AppError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return [error.code, ...framesOf(error)].join('\n');
  const code = 'code' in cause ? String(cause.code) : '';
  const shown = VENDOR_CODE.test(code) ? ` (${code})` : '';
  return [`${error.code} from ${cause.name}${shown}`, ...framesOf(cause)].join('\n');
}

/** SQLSTATEs, errno names, OpenSSL's names and the like; anything longer or freer might quote somebody. */
const VENDOR_CODE = /^[\w.-]{1,60}$/;

/** V8's frames: `    at name (file:line:column)` or `    at file:line:column` (https://v8.dev/docs/stack-trace-api). */
const FRAME = /^\s+at (?:[\w$.<>[\]# ]+ \()?[^()]+:\d+:\d+\)?$/;

/**
 * The lines of an error's stack that say where it happened. Its message stands in the stack, too, may span lines,
 * quote anything and look like a frame: it is cut off first.
 */
export function framesOf({ stack = '', message }: Error): string[] {
  const from = stack.indexOf(message);
  const behind = from < 0 ? stack : stack.slice(from + message.length);
  return behind.split('\n').filter((line) => FRAME.test(line));
}

export function reportOf(error: AppError): ErrorReport {
  return { code: error.code, message: error.message, hint: error.hint, retryable: error.retryable };
}
