import { z } from 'zod';
import { DAMAGE_KINDS } from '../damage/kinds.ts';
import type { IssueCode } from '../records/types.ts';
import { RECORD_TYPES } from '../records/types.ts';
import { defineEvent } from './define.ts';
import { errorReportSchema } from './envelope.ts';

/*
 * A draft is a load in the making: files, what was found in them, what a person changed. It belongs to one client,
 * lives on the backend's machine, survives its death, and stays after it was loaded, so that rejected rows can be
 * mended and sent again. Views are plain and complete: a page asks for one anew whenever `drafts.changed` is told.
 */

const count = z.int().nonnegative();
const fileNo = z.int().nonnegative();
const row = z.int().positive();
/** Of a cell in its row, from 0, as the file has it. */
const position = z.int().nonnegative();
const type = z.enum(RECORD_TYPES);
const severity = z.enum(['error', 'warning']);
const code = z.custom<IssueCode>((value) => typeof value === 'string' && /^[a-z][a-z.-]{1,60}$/.test(value));

export const rowIssueSchema = z.strictObject({
  row: count,
  line: count,
  column: z.string().nullable(),
  code,
  severity,
  value: z.string().nullable(),
  message: z.string(),
  suggestion: z.strictObject({ label: z.string(), value: z.string().nullable() }).nullable(),
});
export type RowIssueView = z.output<typeof rowIssueSchema>;

export const issueCountSchema = z.strictObject({ code, column: z.string().nullable(), severity, count });

export const dateOrderQuestionSchema = z.strictObject({
  column: z.string(),
  heading: z.string(),
  evidence: z.strictObject({ monthFirst: count, dayFirst: count, ambiguous: count }),
});

/** A rule taught earlier that changed something when this file was opened. */
const appliedRules = z.strictObject({ column: z.string(), label: z.string(), cells: count });

export const draftFileSchema = z.strictObject({
  fileNo,
  /** As people call it. */
  name: z.string(),
  bytes: count,
  /**
   * `opening`: being copied, nothing to show yet. `checking`: its first rows can be shown. `checked`: everything is
   * known of it. `failed`: `error` says why; it is left out until it is read in another way or removed.
   */
  state: z.enum(['opening', 'checking', 'checked', 'failed']),
  error: errorReportSchema.nullable(),
  /** Of `bytes`, while it is checked. */
  bytesChecked: count,
  /** Null while it is not known; `drafts.read` says it where nothing tells. */
  type: type.nullable(),
  reading: z
    .strictObject({
      encoding: z.string(),
      /** False: inferred from bytes that are no UTF-8. */
      encodingSure: z.boolean(),
      delimiter: z.string(),
      /** Of a workbook. */
      sheet: z.string().nullable(),
      sheets: z.array(z.string()),
      header: z.boolean(),
    })
    .nullable(),
  /** Headings by position; empty while it is opened, and where it is not understood. */
  header: z.array(z.string()),
  /** Positions that feed a canonical column, with its name: what the grid calls its columns. */
  mapped: z.array(z.strictObject({ position, column: z.string(), label: z.string() })),
  /** Its columns are read as those of an earlier file of the same shape. */
  remembered: z.boolean(),
  dateOrders: z.array(dateOrderQuestionSchema),
  /** Rows that can be shown by now. */
  rows: count,
  accepted: count,
  rejected: count,
  skipped: count,
  /** Issues, not rows. */
  errors: count,
  warnings: count,
  /** Most frequent first; of the header too (row 0). */
  issueCounts: z.array(issueCountSchema),
  /** Cells that differ from the file. */
  editedCells: count,
  rulesApplied: z.array(appliedRules),
  /** Kinds of damage found column-wide: `drafts.damage` tells them. */
  damage: count,
});
export type DraftFileView = z.output<typeof draftFileSchema>;

export const draftSchema = z.strictObject({
  draftId: z.uuid(),
  /** Grows with every change; a review of an older one is stale. */
  revision: count,
  createdAt: z.iso.datetime(),
  /** Null: the sandbox that is always there. */
  profileId: z.uuid().nullable(),
  profile: z.string(),
  profileKind: z.enum(['sandbox', 'test', 'production']),
  readOnly: z.boolean(),
  /** In loading order: books, students, checkouts; failed ones last. */
  files: z.array(draftFileSchema),
  /** Whether missing books and students were looked for in the database; `error`: it did not answer. */
  lookup: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('asked') }),
    z.strictObject({ kind: z.literal('not-asked') }),
    z.strictObject({ kind: z.literal('failed'), error: errorReportSchema }),
  ]),
  /** What undo and redo would turn, in words, and in which file; null: nothing. */
  undo: z.string().nullable(),
  undoFileNo: fileNo.nullable(),
  redo: z.string().nullable(),
  redoFileNo: fileNo.nullable(),
  /** `none`: never. `stale`: something changed since. */
  review: z.enum(['none', 'running', 'ready', 'stale', 'failed']),
  reviewError: errorReportSchema.nullable(),
  /** The load that runs from it now: until it has ended nothing can be changed. */
  loading: z.uuid().nullable(),
  /** Loads made from it, oldest first. */
  loads: z.array(z.uuid()),
});
export type DraftView = z.output<typeof draftSchema>;

export const draftRowSchema = z.strictObject({
  row,
  line: count,
  cells: z.array(z.string()),
  /** Null while it has not been checked. */
  state: z.enum(['accepted', 'rejected', 'skipped']).nullable(),
  /** Cells that differ from the file, with the file's own text. */
  edited: z.array(z.strictObject({ position, original: z.string() })),
  /** What would be loaded where that is not simply the cell's text (`4.0` → 4). */
  coerced: z.array(z.strictObject({ position, text: z.string() })),
  issues: z.array(rowIssueSchema),
});
export type DraftRowView = z.output<typeof draftRowSchema>;

/** What narrows the grid; null fields: any. */
export const rowFilterSchema = z.strictObject({
  /** `rejected`: rows that would not be loaded; `problems`: with an error or a warning. */
  show: z.enum(['problems', 'errors', 'warnings', 'rejected', 'edited', 'skipped']),
  code: code.nullable().default(null),
  column: z.string().nullable().default(null),
});
export type RowFilter = z.output<typeof rowFilterSchema>;

export const bulkEditSchema = z.discriminatedUnion('kind', [
  /** The suggestion that issues of this code in this column carry; `value`: only where the cell reads so. */
  z.strictObject({
    kind: z.literal('suggestions'),
    code,
    column: z.string(),
    value: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('replace'),
    position,
    find: z.string().max(32_767),
    replacement: z.string().max(32_767),
    /** Only where it is the whole cell. */
    whole: z.boolean(),
    matchCase: z.boolean(),
  }),
  /** A finding of the damage doctor. */
  z.strictObject({ kind: z.literal('repair'), position, damage: z.enum(DAMAGE_KINDS) }),
  /** Leaves out every row that has an error now, or only those with this code (in this column). */
  z.strictObject({ kind: z.literal('skip'), code: code.nullable(), column: z.string().nullable() }),
]);
export type BulkEditView = z.output<typeof bulkEditSchema>;

export const outcomeSchema = z.strictObject({
  /** In words: "Write it as a plain number: 12 cells of Grade". */
  label: z.string(),
  cells: count,
  /** Rows checked again, dependents included. */
  rows: count,
  draft: draftSchema,
});

export const damageFindingSchema = z.strictObject({
  kind: z.enum(DAMAGE_KINDS),
  column: z.string().nullable(),
  position,
  heading: z.string(),
  cells: count,
  certainty: z.enum(['proved', 'suggested', 'lost']),
  title: z.string(),
  explanation: z.string(),
  advice: z.string(),
  examples: z.array(z.strictObject({ row, before: z.string(), after: z.string().nullable() })),
  /** Whether a `repair` bulk edit can put it right. */
  repairable: z.boolean(),
  /** Proved repairs of ISBNs are made while loading anyway: nothing is left to do. */
  onItsOwn: z.boolean(),
});

/** The draft is another than before: ask for it anew. Scope: its id. */
export const draftChangedEvent = defineEvent({
  name: 'drafts.changed',
  delivery: 'latest',
  payload: z.strictObject({ draftId: z.uuid(), revision: count }),
});

export const draftEvents = [draftChangedEvent] as const;
