import { z } from 'zod';
import { RECORD_TYPES } from '../records/types.ts';
import { defineRoute } from './define.ts';
import { CHANGES, reviewRowSchema, reviewSchema } from './draft-review.ts';
import { bulkEditSchema, draftSchema, outcomeSchema } from './drafts.ts';

const count = z.int().nonnegative();
const draftId = z.uuid();
const row = z.int().positive();
const position = z.int().nonnegative();
const inDraft = z.strictObject({ draftId });
const inFile = z.strictObject({ draftId, fileNo: z.int().nonnegative() });
/** Null where nothing was changed. */
const outcome = z.strictObject({ outcome: outcomeSchema.nullable(), draft: draftSchema });

export const draftMendingRoutes = [
  // ------------------------------------------------------------ mending

  /** One operation. Null: as it stands in the file. */
  defineRoute({
    name: 'drafts.edit',
    input: inFile.extend({
      edits: z
        .array(z.strictObject({ row, position, text: z.string().max(1_000_000).nullable() }))
        .min(1)
        .max(100_000),
    }),
    output: outcome,
  }),
  defineRoute({
    name: 'drafts.skip',
    input: inFile.extend({ rows: z.array(row).min(1).max(100_000), skipped: z.boolean() }),
    output: outcome,
  }),
  /** What a bulk edit would do. Changes nothing. */
  defineRoute({
    name: 'drafts.plan',
    input: inFile.extend({ bulk: bulkEditSchema }),
    output: z.strictObject({
      label: z.string(),
      cells: count,
      examples: z.array(z.strictObject({ row, before: z.string(), after: z.string() })),
      /** Whether it can be kept as rules, and in what words ("In Grade, "Grade 4" means 4"). */
      rules: z.array(z.string()),
    }),
  }),
  /** `teach`: keeps it as rules for files of this kind from now on. */
  defineRoute({
    name: 'drafts.apply',
    input: inFile.extend({ bulk: bulkEditSchema, teach: z.boolean().default(false) }),
    output: outcome,
  }),
  defineRoute({ name: 'drafts.undo', input: inDraft, output: outcome }),
  defineRoute({ name: 'drafts.redo', input: inDraft, output: outcome }),

  // ------------------------------------------------------------ review and load

  /** Rehearses the load as the draft is now; a second call joins the first. Long. */
  defineRoute({ name: 'drafts.review', input: inDraft, output: z.strictObject({ review: reviewSchema }) }),
  /** Rows of the last review. Throws draft.review-gone. */
  defineRoute({
    name: 'drafts.reviewRows',
    input: inFile.extend({ change: z.enum(CHANGES), offset: count, limit: z.int().min(1).max(500) }),
    output: z.strictObject({ rows: z.array(reviewRowSchema) }),
  }),
  /**
   * Loads what is accepted. `confirmation`: what the review asked to be typed. Throws draft.review-first where the
   * profile or its kind wants one of this very revision, draft.not-confirmed, profile.read-only.
   */
  defineRoute({
    name: 'drafts.load',
    input: inDraft.extend({
      confirmation: z.string().max(200).nullable().default(null),
      allOrNothing: z.boolean().default(false),
      embed: z.boolean().default(true),
      publish: z.boolean().default(true),
    }),
    output: z.strictObject({ loadId: z.uuid() }),
  }),

  // ------------------------------------------------------------ rejected rows as a file

  /** Writes rejected rows of a file, as a CSV or a workbook, to be fetched in pieces. `rows` 0: there are none. */
  defineRoute({
    name: 'drafts.export',
    input: inFile.extend({ format: z.enum(['csv', 'xlsx']) }),
    output: z.strictObject({ exportId: z.string(), name: z.string(), bytes: count, rows: count }),
  }),
  defineRoute({
    name: 'drafts.exportPiece',
    input: z.strictObject({ draftId, exportId: z.string().max(100), offset: count }),
    output: z.strictObject({ base64: z.base64(), end: z.boolean() }),
  }),

  // ------------------------------------------------------------ rules that were taught

  defineRoute({
    name: 'rules.list',
    input: z.strictObject({}),
    output: z.strictObject({
      rules: z.array(
        z.strictObject({
          ruleId: z.string(),
          type: z.enum(RECORD_TYPES),
          column: z.string(),
          label: z.string(),
          from: z.string(),
          to: z.string(),
          taughtAt: z.iso.datetime(),
        }),
      ),
    }),
  }),
  defineRoute({
    name: 'rules.remove',
    input: z.strictObject({ ruleIds: z.array(z.string().max(100)).min(1).max(1_000) }),
    output: z.strictObject({}),
  }),
] as const;
