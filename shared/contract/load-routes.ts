import { z } from 'zod';
import { RECORD_TYPES } from '../records/types.ts';
import { defineRoute } from './define.ts';
import { errorReportSchema } from './envelope.ts';
import { loadReportSchema } from './load-report.ts';
import { problemSchema, waitingSchema } from './loads.ts';

const loadId = z.uuid();
/** Null: the sandbox that is always there. */
const profileId = z.uuid().nullable();
const fileId = z.string().min(1).max(200);
const count = z.int().nonnegative();

const runningLoad = z.strictObject({
  loadId,
  profileId,
  profile: z.string(),
  startedAt: z.iso.datetime(),
  /** It was cut off and is gone on with. */
  takenUp: z.boolean(),
  /** What it waits for just now. */
  waiting: waitingSchema.nullable(),
  /** What went wrong so far, for whoever did not hear of it. */
  problems: z.array(problemSchema),
});

const summary = z.strictObject({
  loadId,
  status: z.string(),
  startedAt: z.iso.datetime(),
  files: z.array(z.strictObject({ name: z.string(), type: z.enum(RECORD_TYPES) })),
  counts: z.strictObject({
    rows: count,
    accepted: count,
    rejected: count,
    inserted: count,
    updated: count,
    unchanged: count,
  }),
});

/** Checks files and loads what fits. Answers as soon as the load has a name; what happens then is told by events. */
export const startLoadRoute = defineRoute({
  name: 'loads.start',
  input: z.strictObject({
    profileId,
    /** Ids that were issued to this client. */
    files: z.array(fileId).min(1).max(100),
    type: z.enum(RECORD_TYPES).nullable().default(null),
    dryRun: z.boolean().default(false),
    allOrNothing: z.boolean().default(false),
    embed: z.boolean().default(true),
    publish: z.boolean().default(true),
  }),
  output: z.strictObject({ loadId }),
});

/** Goes on with a load that was stopped or cut off. */
export const resumeLoadRoute = defineRoute({
  name: 'loads.resume',
  input: z.strictObject({ profileId, loadId }),
  output: z.strictObject({ loadId }),
});

/** Asks a running load to stop after the chunk in hand. Harmless where it has ended. */
export const stopLoadRoute = defineRoute({
  name: 'loads.stop',
  input: z.strictObject({ loadId }),
  output: z.strictObject({ running: z.boolean() }),
});

export const runningLoadsRoute = defineRoute({
  name: 'loads.running',
  input: z.strictObject({}),
  output: z.strictObject({ loads: z.array(runningLoad) }),
});

/** Newest first. */
export const loadHistoryRoute = defineRoute({
  name: 'loads.history',
  input: z.strictObject({ profileId, limit: z.int().min(1).max(500).default(50) }),
  output: z.strictObject({ loads: z.array(summary) }),
});

/** Of a load that failed before its database knew of it, the reason is what this is refused with. */
export const showLoadRoute = defineRoute({
  name: 'loads.show',
  input: z.strictObject({ profileId, loadId: z.string().min(4).max(36) }),
  output: z.strictObject({
    load: summary,
    endedAt: z.iso.datetime().nullable(),
    error: errorReportSchema.nullable(),
    resumable: z.boolean(),
    /** Null before it has come far enough to say anything. */
    report: loadReportSchema.nullable(),
  }),
});

export const loadRoutes = [
  startLoadRoute,
  resumeLoadRoute,
  stopLoadRoute,
  runningLoadsRoute,
  loadHistoryRoute,
  showLoadRoute,
] as const;

export type RunningLoadView = z.output<typeof runningLoad>;
