import { createJsonLog, type JsonLog } from '../adapters/log/json-log.ts';
import { writeWhole } from '../adapters/mappings/write-file.ts';
import { createMetrics, type Metrics } from '../adapters/metrics/metrics.ts';
import { checkReadiness } from '../application/health/readiness.ts';
import type { WriteWhole } from '../engine/profile-port.ts';
import { type Composition, compose } from './compose.ts';
import type { Profile } from './profile.ts';

/** A profile as a server holds it open, and what it shows of itself. */
export interface Serving {
  log: JsonLog;
  metrics: Metrics;
  /** The server's own profile: loads that name no other go there, over the same connections. */
  composition: Composition;
  readiness: () => ReturnType<typeof checkReadiness>;
  /** Lets go of what was opened. */
  close(): Promise<void>;
}

/** A part that takes longer is not ready. */
const LOOK_MS = 5_000;

/** `profile`: where the server's loads go when nobody names another. Nothing is opened before it is asked for. */
export function openServing(profile: Profile, version: string): Serving {
  const log = createJsonLog(profile.environment.LOG_LEVEL ?? 'info');
  const composition = compose(profile, (message) => log.warn('notice', { message }));
  return {
    composition,
    log,
    metrics: createMetrics({
      version,
      outbox: async () => (await composition.database()).outbox.counts(null, AbortSignal.timeout(LOOK_MS)),
    }),
    readiness: () => checkReadiness(composition, composition.tuning, LOOK_MS),
    close: composition.close,
  };
}

/** For the one file that the server keeps itself, its password's. */
export const writePasswordFile: WriteWhole = writeWhole;
