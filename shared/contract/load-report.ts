import { z } from 'zod';
import { RECORD_TYPES } from '../records/types.ts';
import { errorReportSchema } from './envelope.ts';

const count = z.number().nonnegative();

/** What a load said when it ended, as the ledger keeps it: engine/load-report.ts, without paths. */
export const loadReportSchema = z.object({
  status: z.enum(['loaded', 'partial', 'failed', 'rehearsed', 'stopped']),
  files: z.array(
    z.object({
      name: z.string(),
      type: z.enum(RECORD_TYPES),
      rows: count,
      accepted: count,
      rejected: count,
      skipped: count,
      warnings: count,
      inserted: count,
      updated: count,
      unchanged: count,
      isbnZerosRestored: count,
    }),
  ),
  embeddings: z.object({
    model: z.string().nullable(),
    generated: count,
    reused: count,
    failed: count,
    pending: count,
    tokens: count,
    costUsd: count.nullable(),
    vecPending: count,
  }),
  index: z
    .object({
      kind: z.string(),
      metric: z.string(),
      vectors: count,
      added: count,
      replaced: count,
      generation: count,
    })
    .nullable(),
  events: z.object({ published: count, pending: count, dead: count }),
  timings: z.object({
    totalMs: count,
    checkMs: count,
    stageMs: count,
    commitMs: count,
    embedMs: count,
    indexMs: count,
    publishMs: count,
  }),
  /** What did not stop the load but needs somebody's eye. */
  problems: z.array(errorReportSchema),
});
export type LoadReportView = z.output<typeof loadReportSchema>;
