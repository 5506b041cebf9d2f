import { z } from 'zod';
import { RECORD_TYPES } from '../records/types.ts';

/* What a load would do now: worked out by a rehearsal over temporary tables, which leaves nothing behind. */

const count = z.int().nonnegative();

export const CHANGES = ['insert', 'update', 'unchanged', 'rejected'] as const;
export type Change = (typeof CHANGES)[number];

/** Something about a file that a person should look at before it is loaded. */
export const alarmSchema = z.strictObject({
  /**
   * `fewer-rows`, `more-rows`: against the last loads of its kind. `all-new`: no id is in the database, though that
   * has some. `many-rejected`: a fifth or more of its rows.
   */
  kind: z.enum(['fewer-rows', 'more-rows', 'all-new', 'many-rejected']),
  fileNo: count,
  /** In words: "Usually 1,240 students; this file has 310." */
  message: z.string(),
  /** What may have happened, and what to look at. */
  hint: z.string(),
});
export type Alarm = z.output<typeof alarmSchema>;

export const forecastSchema = z.strictObject({
  model: z.string(),
  /** The sandbox's embedder, which matches words: costs nothing. */
  approximate: z.boolean(),
  /** Books whose text is new or changed. */
  texts: count,
  tokens: count,
  /** Null where the model's price is unknown. */
  usd: z.number().nonnegative().nullable(),
  seconds: z.number().nonnegative(),
  /** The profile's limit would stop the load's embeddings before their end. */
  overLimit: z.boolean(),
});
export type Forecast = z.output<typeof forecastSchema>;

export const reviewSchema = z.strictObject({
  /** The draft's revision that was reviewed. */
  revision: count,
  files: z.array(
    z.strictObject({
      fileNo: count,
      name: z.string(),
      type: z.enum(RECORD_TYPES),
      rows: count,
      inserted: count,
      updated: count,
      unchanged: count,
      rejected: count,
      skipped: count,
      /** By column: in how many of the updated rows it changes; most frequent first. */
      changedColumns: z.array(z.strictObject({ column: z.string(), rows: count })),
    }),
  ),
  alarms: z.array(alarmSchema),
  /** Null where no book is loaded, or nothing would be embedded. */
  forecast: forecastSchema.nullable(),
  /** Inserted and updated rows. */
  written: count,
  /**
   * What a person has to type before this may be loaded (the profile's name); null: the button is enough. Asked
   * for in production only: above the profile's threshold, or with an alarm.
   */
  confirmation: z.string().nullable(),
});
export type Review = z.output<typeof reviewSchema>;

export const reviewRowSchema = z.strictObject({
  row: z.int().positive(),
  line: count,
  /** The record's key as people write it. */
  key: z.string(),
  /** A book's title; `''` where there is none to show. */
  title: z.string(),
  /** Of an update: what changes, old → new; null is no value. */
  fields: z.array(
    z.strictObject({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type ReviewRow = z.output<typeof reviewRowSchema>;
