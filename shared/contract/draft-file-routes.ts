import { z } from 'zod';
import { savedMappingSchema } from '../records/saved-mapping.ts';
import { DATE_ORDERS, RECORD_TYPES } from '../records/types.ts';
import { defineRoute } from './define.ts';
import {
  damageFindingSchema,
  draftRowSchema,
  draftSchema,
  rowFilterSchema,
  rowIssueSchema,
} from './drafts.ts';

/** A message has to hold it: more comes as a file. */
export const PASTED_CHARS = 1_000_000;

const count = z.int().nonnegative();
const draftId = z.uuid();
const fileNo = z.int().nonnegative();
const profileId = z.uuid().nullable();
const row = z.int().positive();
const position = z.int().nonnegative();
const fileIds = z.array(z.string().min(1).max(200)).min(1).max(100);
const inDraft = z.strictObject({ draftId });
const inFile = z.strictObject({ draftId, fileNo });
const code = rowIssueSchema.shape.code;
const draft = z.strictObject({ draft: draftSchema });
/** `kept`: what of a corrected file was not taken over, and why, in words. */
const merged = z.array(
  z.strictObject({
    name: z.string(),
    into: z.string(),
    cells: count,
    rows: count,
    kept: z.array(z.string()),
  }),
);

export const draftFileRoutes = [
  // ------------------------------------------------------------ the draft

  /** Those of this client, and those that nobody holds any more (their page was of an earlier run). Newest first. */
  defineRoute({
    name: 'drafts.list',
    input: z.strictObject({}),
    output: z.strictObject({
      drafts: z.array(
        z.strictObject({
          draftId,
          createdAt: z.iso.datetime(),
          /** Names. */
          files: z.array(z.string()),
          /** Loads made from it, oldest first. */
          loads: z.array(z.uuid()),
        }),
      ),
    }),
  }),
  /**
   * Answers at once; how far the files have come is told by `drafts.changed`. Corrected rows of a draft that is
   * still there are merged into that one, which is then the answer.
   */
  defineRoute({
    name: 'drafts.open',
    input: z.strictObject({ profileId, files: fileIds }),
    output: z.strictObject({ draft: draftSchema, merged }),
  }),
  /** As `drafts.open`, with the sample term that comes with Accession. `profileId` as a page would send it: the sandbox. */
  defineRoute({ name: 'drafts.openSamples', input: z.strictObject({ profileId }), output: draft }),
  /**
   * Cells that were pasted from a spreadsheet, as a file of their own: into a draft, or (null) into a new one. The
   * text is as spreadsheets copy it: tabs between cells, a line for each row.
   */
  defineRoute({
    name: 'drafts.paste',
    input: z.strictObject({
      draftId: draftId.nullable(),
      profileId,
      text: z.string().min(1).max(PASTED_CHARS),
    }),
    output: draft,
  }),
  /** Takes up a draft after a restart, too. Throws draft.unknown. */
  defineRoute({ name: 'drafts.show', input: inDraft, output: draft }),
  /** Deletes it with its copies of the files, for good. */
  defineRoute({ name: 'drafts.discard', input: inDraft, output: z.strictObject({}) }),
  /**
   * More files. A file of rejected rows that came from this draft is not added: its corrected cells are merged into
   * the file it came from, as one operation.
   */
  defineRoute({
    name: 'drafts.add',
    input: z.strictObject({ draftId, files: fileIds }),
    output: z.strictObject({
      draft: draftSchema,
      merged,
    }),
  }),
  defineRoute({ name: 'drafts.remove', input: inFile, output: draft }),
  /** Where it would be loaded; references are looked for there. */
  defineRoute({
    name: 'drafts.target',
    input: z.strictObject({ draftId, profileId }),
    output: draft,
  }),

  // ------------------------------------------------------------ how a file is read

  /**
   * Reads a file in another way; what is left out stays as it is. Another type or mapping keeps the edits; another
   * encoding, delimiter, sheet or header makes other cells, so `loseEdits` has to say that they may go (else
   * draft.edits-lost is thrown where there are any).
   */
  defineRoute({
    name: 'drafts.read',
    input: inFile.extend({
      type: z.enum(RECORD_TYPES).optional(),
      /** Null: found out again. */
      encoding: z.string().min(1).max(40).nullable().optional(),
      delimiter: z.string().length(1).nullable().optional(),
      sheet: z.string().min(1).max(200).nullable().optional(),
      header: z.boolean().optional(),
      /** Null: forgets what was remembered for files of this shape. */
      mapping: savedMappingSchema.nullable().optional(),
      dateOrders: z.record(z.string(), z.enum(DATE_ORDERS)).optional(),
      loseEdits: z.boolean().default(false),
    }),
    output: draft,
  }),
  /** For the mapping panel: every canonical column and where it comes from, every column of the file. */
  defineRoute({
    name: 'drafts.columns',
    input: inFile,
    output: z.strictObject({
      type: z.enum(RECORD_TYPES),
      canonical: z.array(
        z.strictObject({
          column: z.string(),
          label: z.string(),
          required: z.boolean(),
          source: z.discriminatedUnion('kind', [
            z.strictObject({ kind: z.literal('cells'), positions: z.array(position) }),
            z.strictObject({ kind: z.literal('constant'), value: z.string() }),
            z.strictObject({
              kind: z.literal('derived'),
              position,
              rule: z.string(),
              date: z.string().nullable(),
            }),
            z.strictObject({ kind: z.literal('none') }),
          ]),
        }),
      ),
      /** `samples`: the first few cells that are not blank. */
      columns: z.array(z.strictObject({ position, heading: z.string(), samples: z.array(z.string()) })),
      /** As it would be saved; `drafts.read` takes it back, changed. */
      mapping: savedMappingSchema,
    }),
  }),

  // ------------------------------------------------------------ looking

  /**
   * Rows in file order: those from `from` on (row numbers from 1), or, of a view, those from its place `from` on
   * (from 0).
   */
  defineRoute({
    name: 'drafts.rows',
    input: inFile.extend({
      view: z.string().max(100).nullable().default(null),
      from: count,
      count: z.int().min(1).max(500),
    }),
    output: z.strictObject({ rows: z.array(draftRowSchema) }),
  }),
  /** A fixed list of row numbers: it does not change while rows in it are mended. Throws draft.view-gone later on. */
  defineRoute({
    name: 'drafts.filter',
    input: inFile.extend({ filter: rowFilterSchema }),
    output: z.strictObject({ view: z.string(), rows: count }),
  }),
  /** The nearest cell that holds `text`, in any case, from behind the given cell on; null: none to the end. */
  defineRoute({
    name: 'drafts.find',
    input: inFile.extend({
      text: z.string().min(1).max(1_000),
      after: z.strictObject({ row: count, position: z.int().min(-1) }),
      backwards: z.boolean().default(false),
    }),
    output: z.strictObject({ found: z.strictObject({ row, position }).nullable() }),
  }),
  /** The place of a row in a view: the first that is not before it. */
  defineRoute({
    name: 'drafts.place',
    input: inFile.extend({ view: z.string().max(100), row }),
    output: z.strictObject({ place: count }),
  }),
  defineRoute({
    name: 'drafts.issues',
    input: inFile.extend({
      code: code.nullable().default(null),
      column: z.string().nullable().optional(),
      severity: z.enum(['error', 'warning']).nullable().default(null),
      offset: count,
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ issues: z.array(rowIssueSchema) }),
  }),
  /** The next issue (F8) behind a place, in row order then by column; null: none. `position` null: the whole row. */
  defineRoute({
    name: 'drafts.nextProblem',
    input: inFile.extend({
      after: z.strictObject({ row: count, position: z.int().min(-1) }),
      backwards: z.boolean().default(false),
      severity: z.enum(['error', 'warning']).nullable().default(null),
    }),
    output: z.strictObject({
      found: z.strictObject({ row, position: position.nullable(), issue: rowIssueSchema }).nullable(),
    }),
  }),
  defineRoute({
    name: 'drafts.damage',
    input: inFile,
    output: z.strictObject({ findings: z.array(damageFindingSchema) }),
  }),
  /** Everything done to the draft, oldest first. */
  defineRoute({
    name: 'drafts.operations',
    input: inDraft,
    output: z.strictObject({
      operations: z.array(z.strictObject({ label: z.string(), undone: z.boolean() })),
    }),
  }),
] as const;
