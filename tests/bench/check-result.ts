import { z } from 'zod';

const ms = z.number().nonnegative();

/** What `check-once.ts` prints as the last line of its standard output. All times in milliseconds. */
export const CheckResult = z.object({
  /** Records in the file, without the header. */
  rows: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  /** From opening the file until every record is checked, and every issue can be asked for. */
  ms,
  /** From opening the file until its first page of rows can be shown. */
  firstPageMs: ms,
  /** One for each page asked for at a random place of the checked file; 100 are wanted. */
  middlePageMs: z.array(ms).min(1),
  /** One for each cell edited, until its row is checked anew; 50 are wanted. */
  recheckMs: z.array(ms).min(1),
  /** One edit of `bulkEditCells` cells, until all their rows are checked anew. */
  bulkEditMs: ms,
  bulkEditCells: z.int(),
  /** Taking that bulk edit back. */
  undoMs: ms,
});

export type CheckResult = z.infer<typeof CheckResult>;

/** What `bare-papa.ts` prints. `rows` differs a little from the file's: PapaParse runs rows with a lost quote together. */
export const BareResult = z.object({ rows: z.int(), ms });

export type BareResult = z.infer<typeof BareResult>;
