import { AppError, type AppErrorFields } from '../../../shared/errors.ts';

/**
 * Anything a Postgres driver throws, as an AppError `db.*`. Decides by SQLSTATE (the five characters in `code`,
 * https://www.postgresql.org/docs/current/errcodes-appendix.html), which `pg` and PGlite both carry, or by Node's
 * own code for a failed connection. The server's message and detail may quote cell values, so neither is copied:
 * the text is ours, and only names of tables, columns and constraints are taken over.
 */
export function translateSqlError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = vendorError(thrown);
  return new AppError({ ...(byState(error) ?? byConnection(error) ?? FAILED), cause: thrown });
}

/** The driver's own error again, for a library that reads its message. */
export function vendorErrorOf(thrown: unknown): unknown {
  return thrown instanceof AppError && thrown.cause !== undefined ? thrown.cause : thrown;
}

interface VendorError {
  code: string;
  message: string;
  table: string | null;
  column: string | null;
  constraint: string | null;
}

type Fields = Omit<AppErrorFields, 'cause'>;

const FAILED: Fields = {
  code: 'db.failed',
  message: 'The database could not do what was asked of it.',
  hint: 'Run the command again with LOG_LEVEL=debug and show the log to whoever looks after the database.',
};

function vendorError(thrown: unknown): VendorError {
  const fields: Record<string, unknown> = typeof thrown === 'object' && thrown !== null ? { ...thrown } : {};
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  // Connecting to a name with several addresses fails as one AggregateError, whose code is that of the first.
  const first = thrown instanceof AggregateError ? thrown.errors[0] : undefined;
  const firstCode = first instanceof Error && 'code' in first ? String(first.code) : '';
  return {
    code: text('code') ?? firstCode,
    message: thrown instanceof Error ? thrown.message : '',
    table: text('table'),
    column: text('column'),
    constraint: text('constraint'),
  };
}

function byState(error: VendorError): Fields | null {
  if (!/^[0-9A-Z]{5}$/.test(error.code)) return null;
  return BY_STATE[error.code]?.(error) ?? BY_CLASS[error.code.slice(0, 2)]?.(error) ?? null;
}

const unreachable = (): Fields => ({
  code: 'db.unreachable',
  message: 'The connection to the database was lost, or the database is not taking connections now.',
  hint: 'Check that the database server is running, then try again; nothing half-written was kept.',
  retryable: true,
});

const conflict = (): Fields => ({
  code: 'db.conflict',
  message: 'Another program was writing the same rows of the database at the same moment.',
  hint: 'Try again; if it happens often, load at a quieter time.',
  retryable: true,
});

const full = (): Fields => ({
  code: 'db.full',
  message: 'The database server has run out of disk space or memory.',
  hint: 'Ask whoever looks after the database to make room, then continue the load with "accession resume".',
});

const refused =
  (what: string) =>
  (error: VendorError): Fields => ({
    code: 'db.row-refused',
    message: `The database refused a row${place(error)}: ${what}.`,
    hint: 'Correct the row in the file and load it again.',
  });

const missingExtension = (): Fields => ({
  code: 'db.missing-extension',
  message: 'The database lacks the pgvector extension, in which the vectors of the books are kept.',
  hint: 'Ask whoever looks after the database to install pgvector and run: CREATE EXTENSION vector;',
});

const BY_STATE: Readonly<Record<string, (error: VendorError) => Fields | null>> = {
  '22001': refused('a text is too long for its column'),
  '22003': refused('a number is too large for its column'),
  '22021': refused('it holds a character that the database cannot store'),
  '22P05': refused('it holds a character that the database cannot store'),
  '23502': refused('a value that must be there is missing'),
  '23503': refused('it refers to a book or student that the database does not have'),
  '23505': refused('another row already has the same key'),
  '25006': () => ({
    code: 'db.permission',
    message: 'The database is read-only: it is a replica, or it has been set to take no changes.',
    hint: 'Use the address of the database that takes changes.',
  }),
  '3D000': () => ({
    code: 'db.login',
    message: 'The server has no database of the name that the address gives.',
    hint: 'Correct the name after the last "/" of the database address, or create the database.',
  }),
  '3F000': missingTable,
  '40001': conflict,
  '40P01': conflict,
  '55P03': conflict,
  '42501': (error) => ({
    code: 'db.permission',
    message: `The database user lacks the right to do this${place(error)}.`,
    hint: 'Ask whoever looks after the database to grant it; "accession db prepare --print" shows what is needed.',
  }),
  '42703': (error) => ({
    code: 'db.incompatible',
    message: `A column that Accession needs is missing${place(error)}.`,
    hint: 'Run "accession db prepare", which adds what is missing or says what stands in the way.',
  }),
  '42704': (error) => (/"vector"|\bvector\b/.test(error.message) ? missingExtension() : null),
  '42P01': missingTable,
  '0A000': (error) => (/extension "vector"/.test(error.message) ? missingExtension() : null),
  '58P01': (error) => (/vector/.test(error.message) ? missingExtension() : null),
  '53300': () => ({
    code: 'db.unreachable',
    message: 'The database has no connection left to give.',
    hint: 'Try again in a moment, or make DB_POOL_SIZE smaller.',
    retryable: true,
  }),
  '54000': refused('a value is too large for the database'),
  '57014': () => ({
    code: 'db.failed',
    message: 'The database stopped the work because it took too long or because somebody cancelled it.',
    hint: 'Try again; if it happens again, ask whoever looks after the database about statement_timeout.',
    retryable: true,
  }),
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '57P05': unreachable,
  '25P03': unreachable,
};

const BY_CLASS: Readonly<Record<string, (error: VendorError) => Fields | null>> = {
  '08': unreachable,
  '22': refused('a value does not fit its column'),
  '23': refused('a rule of the database forbids it'),
  '28': login,
  '53': full,
};

function login(): Fields {
  return {
    code: 'db.login',
    message: 'The database did not accept the user name or the password.',
    hint: 'Correct them in the database address; special characters of a password are written as %40 and the like.',
  };
}

function missingTable(error: VendorError): Fields {
  return {
    code: 'db.missing-table',
    message: `A table that Accession needs is missing${place(error)}.`,
    hint: 'Run "accession db prepare", which creates what is missing.',
  };
}

/** Names of the schema are no data; everything else the server says about a row may be. */
function place(error: VendorError): string {
  const table = isName(error.table) ? ` of table ${error.table}` : '';
  const column = isName(error.column) ? ` (column ${error.column})` : '';
  const rule = isName(error.constraint) ? ` (rule ${error.constraint})` : '';
  return `${table}${column}${rule}`;
}

/** A trigger may put anything there (RAISE … USING COLUMN); only what looks like the name of a thing is repeated. */
function isName(text: string | null): boolean {
  return text !== null && /^[a-z_][a-z0-9_$]{0,62}$/.test(text);
}

const NETWORK_CODES: ReadonlySet<string> = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN ENOENT EACCES'.split(
    ' ',
  ),
);

function byConnection(error: VendorError): Fields | null {
  if (error.code === 'ENOTFOUND') {
    return {
      code: 'db.unreachable',
      message: 'There is no server of the name that the database address gives.',
      hint: 'Check the spelling of the server name, and that this computer is on the right network.',
      retryable: true,
    };
  }
  if (
    NETWORK_CODES.has(error.code) ||
    /^(connection terminated|timeout (exceeded|expired)|client has encountered a connection error)/i.test(
      error.message,
    )
  ) {
    return {
      code: 'db.unreachable',
      message: 'The database server does not answer at its address.',
      hint: 'Check server name and port, that the server is running, and that no firewall stands between.',
      retryable: true,
    };
  }
  if (/does not support SSL connections/i.test(error.message)) {
    return {
      code: 'db.unreachable',
      message: 'The database server does not offer an encrypted connection.',
      hint: 'Add ?sslmode=disable to the database address if the network between is trusted.',
    };
  }
  if (/CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_(GET|VERIFY)/.test(error.code)) {
    return {
      code: 'db.unreachable',
      message: 'The database server could not prove who it is: its certificate is not trusted here.',
      hint: 'Name the certificate authority with ?sslrootcert=FILE in the database address.',
    };
  }
  return /^SASL/.test(error.message) ? login() : null;
}

/** For a COMMIT that Postgres answered with ROLLBACK: a statement had failed, and the work went on as if it had not. */
export function rolledBackInstead(): AppError {
  return new AppError({
    code: 'db.failed',
    message: 'The database took a whole step back because one statement of it had failed.',
    hint: 'Try again; if it happens again, run it with LOG_LEVEL=debug and send us the log.',
  });
}
