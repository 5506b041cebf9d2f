import { z } from 'zod';
import { defineEvent } from './define.ts';
import { errorReportSchema } from './envelope.ts';

/** The steps of a load in their order; the engine's own list, and a test holds the two together. */
const step = z.enum(['check', 'stage', 'review', 'commit', 'embed', 'index', 'publish']);
const loadId = z.string().min(1).max(100);
const count = z.number().nonnegative();
const file = z.string().nullable();

/** What a load waits for. */
export const waitingSchema = z.strictObject({
  step,
  reason: z.string(),
  /** Milliseconds since 1970; null: nobody knows. */
  untilMs: z.number().nullable(),
});

/** What went wrong in a load without ending it. */
export const problemSchema = z.strictObject({ step, error: errorReportSchema });

/** How far a step has come. Scope: the load's id. Only the newest is worth anything. */
export const loadProgressEvent = defineEvent({
  name: 'loads.progress',
  delivery: 'latest',
  payload: z.strictObject({
    kind: z.literal('step-progress'),
    loadId,
    step,
    file,
    done: count,
    total: count.nullable(),
  }),
});

/**
 * What happened in a load, in order. Scope: the load's id; or null for all loads, which misses nothing of one whose
 * id is not known yet. Counts, codes and messages; never a cell's value.
 */
export const loadHappenedEvent = defineEvent({
  name: 'loads.happened',
  delivery: 'every',
  payload: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('load-started'), loadId, correlationId: z.string(), files: count }),
    z.strictObject({
      kind: z.literal('step-started'),
      loadId,
      step,
      file,
      total: count.nullable(),
      unit: z.enum(['bytes', 'rows', 'texts', 'vectors', 'events']),
    }),
    z.strictObject({ kind: z.literal('step-finished'), loadId, step, file, ms: count }),
    waitingSchema.extend({ kind: z.literal('waiting'), loadId }),
    problemSchema.extend({ kind: z.literal('problem'), loadId }),
    // Without the engine's `trace`: where in the program it happened is for the log.
    z.strictObject({ kind: z.literal('load-failed'), loadId, error: errorReportSchema }),
    z.strictObject({ kind: z.literal('load-finished'), loadId, status: z.string(), ms: count }),
  ]),
});

export const loadEvents = [loadProgressEvent, loadHappenedEvent] as const;
