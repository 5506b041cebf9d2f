import { compose } from '../../electron/compose/compose.ts';
import { chooseProfile } from '../../electron/compose/profile.ts';
import { planBulkEdit } from '../../electron/engine/bulk-edits.ts';
import { checkOpened, openForCheck } from '../../electron/engine/check.ts';
import type { CheckedFile } from '../../electron/engine/check-file.ts';
import { createEditSession, type EditSession } from '../../electron/engine/edit-session.ts';
import type { CheckResult } from './check-result.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Our side of `bench:check`: opens the file, checks all of it, then pages, edits, edits in bulk and takes that
 * back; prints a `CheckResult` (check-result.ts) as one line of JSON. `node check-once.ts FILE`, in an
 * ACCESSION_HOME that the caller made for it.
 */
const PAGE_ROWS = 100;
const PAGES = 100;
const EDITS = 50;
const BULK_CELLS = 100_000;

const [path = ''] = process.argv.slice(2);
const composition = compose(chooseProfile(process.env, 'sandbox'), (notice) => process.stderr.write(notice));
const never = new AbortController().signal;
const signals = { stop: never, abort: never };
const random = seededRandom(11, 0);

const startedMs = performance.now();
const opened = await openForCheck(
  composition.checkPorts(),
  composition.tuning,
  { paths: [path], type: null, reading: {}, mapping: null, useRemembered: false, dateOrder: null },
  () => undefined,
  signals,
);
const checking = checkOpened(opened, null);
await opened.files[0]?.opened.page(1, PAGE_ROWS, never);
const firstPageMs = performance.now() - startedMs;
const { context, files, close } = await checking;
const ms = performance.now() - startedMs;

const [file] = files;
if (file === undefined) throw new Error('No file was checked.');
const session = createEditSession(context, files, () => null);
const { rows, accepted, rejected } = file.facts.counts();
const result: CheckResult = {
  rows,
  accepted,
  rejected,
  ms,
  firstPageMs,
  middlePageMs: await times(PAGES, async () => {
    await session.page(file.fileNo, 1 + random.below(rows - PAGE_ROWS), PAGE_ROWS);
  }),
  recheckMs: await times(EDITS, (i) => editOne(session, file, i)),
  ...(await editMany(session, file)),
};
await close();
await composition.close();
process.stdout.write(`${JSON.stringify(result)}\n`);

async function times(count: number, work: (i: number) => Promise<void>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const beganMs = performance.now();
    await work(i);
    all.push(performance.now() - beganMs);
  }
  return all;
}

/** By turns a new id, an impossible page count and a possible one, each in another row. */
async function editOne(editing: EditSession, { fileNo, mapping }: CheckedFile, i: number): Promise<void> {
  const row = 1 + random.below(rows - 1);
  const [column, text] = [
    ['book_id', `EDITED-${i}`],
    ['page_count', 'many'],
    ['page_count', '212'],
  ][i % 3] as [string, string];
  const source = mapping.sources[column];
  const position = source?.kind === 'cells' ? (source.positions[0] ?? 0) : 0;
  await editing.edit(`Edit ${i}`, [{ fileNo, row, position, text }]);
}

async function editMany(
  editing: EditSession,
  edited: CheckedFile,
): Promise<Pick<CheckResult, 'bulkEditMs' | 'bulkEditCells' | 'undoMs'>> {
  const source = edited.mapping.sources.difficulty_band;
  const position = source?.kind === 'cells' ? (source.positions[0] ?? 0) : 0;
  const beganMs = performance.now();
  // Every sixth row or so has this band: what is found beyond the hundred thousand is left alone.
  const rule = {
    kind: 'replace',
    find: 'middle_school',
    replacement: 'medium',
    whole: true,
    matchCase: true,
  } as const;
  const plan = await planBulkEdit(context, edited, { kind: 'change', position, rule });
  const outcome = await editing.edit(plan.label, plan.edits.slice(0, BULK_CELLS));
  const bulkEditMs = performance.now() - beganMs;
  const undoneMs = performance.now();
  await editing.undo();
  return { bulkEditMs, bulkEditCells: outcome?.cells ?? 0, undoMs: performance.now() - undoneMs };
}
