import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import type { LoadEvent } from '../../engine/load-events.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

type Field = string | number | boolean | null | undefined;

/** One JSON object a line: `level`, `time`, `event`, and the fields that belong to it. */
export interface JsonLog {
  debug(event: string, fields: object): void;
  info(event: string, fields: object): void;
  warn(event: string, fields: object): void;
  error(event: string, fields: object): void;
  /** A step of a load, under its `loadId` and `correlationId`. */
  load(event: LoadEvent): void;
}

/**
 * The only fields that are written, so that nothing else can come into the log by mistake: ids, codes, sizes, times,
 * and the messages of AppErrors, which hold neither cell values nor secrets (shared/errors.ts).
 */
const FIELDS: ReadonlySet<string> = new Set([
  'correlationId',
  'loadId',
  'client',
  'address',
  'host',
  'port',
  'method',
  'route',
  'status',
  'reason',
  'code',
  'message',
  'where',
  'trace',
  'step',
  'files',
  'total',
  'ms',
  'bytes',
  'version',
  'signal',
]);

/** Writes to stderr at once: what was logged before a crash is there after it. `to` is there for tests. */
export function createJsonLog(
  level: LogLevel,
  to: DestinationStream = destination({ dest: 2, sync: true }),
): JsonLog {
  const logger = pino(
    {
      level,
      base: { name: 'accession', pid: process.pid },
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  );
  const correlationIds = new Map<string, string>();
  const write =
    (name: LogLevel) =>
    (event: string, fields: object): void =>
      logger[name](allowed(fields), event);
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };

  return {
    ...log,
    load(event) {
      if (event.kind === 'load-started') correlationIds.set(event.loadId, event.correlationId);
      const { kind, ...rest } = event;
      const fields = { ...rest, correlationId: correlationIds.get(event.loadId) };
      if (kind === 'load-finished') correlationIds.delete(event.loadId);
      if ('error' in fields) {
        const { code, message } = fields.error;
        const level = code === 'stopped' ? 'info' : kind === 'load-failed' ? 'error' : 'warn';
        log[level](kind, { ...fields, code, message });
      } else log[kind === 'step-progress' ? 'debug' : 'info'](kind, fields);
    },
  };
}

function allowed(fields: object): Record<string, Field> {
  const entries = Object.entries(fields).filter(
    ([name, value]) => FIELDS.has(name) && (value === null || typeof value !== 'object'),
  );
  return Object.fromEntries(entries);
}
