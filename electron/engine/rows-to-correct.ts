import type { FileOfDraft } from '../../shared/records/own-files.ts';
import { withEdit } from '../../shared/records/row-edits.ts';
import type { RejectedRow } from '../../shared/records/types.ts';
import { correctionColumns } from './correction-columns.ts';
import { issuePosition } from './issue-position.ts';
import type { CheckContext } from './load-context.ts';
import type { MappedFile } from './open-files.ts';
import type { ColumnToCorrect, RowToCorrect } from './ports.ts';
import { rowsRejected } from './rejects.ts';
import { CUT, fileMark, fingerprint, rowMark } from './row-mark.ts';

/** Rejected rows as a CorrectionsSink writes them. */
export interface RowsToCorrect {
  columns: ColumnToCorrect[];
  /** To be read once. */
  rows: AsyncIterable<RowToCorrect>;
}

/** Characters of a cell that Excel keeps ("Excel specifications and limits"); it cuts the rest of a CSV's cell, too. */
const CELL_CHARS = 32_767;
/** What is exported of a longer one; the rest is room for the words behind it. */
const KEPT_CHARS = 32_000;
/** Cells behind the last heading that get a column: more come of a file read with the wrong delimiter. */
const MOST_SURPLUS = 100;
const WIDE_ROWS_AT_ONCE = 2_000;

/**
 * The rejected rows of a draft's file as they are now, edits included; rows that were left out of the load have no
 * errors and are not among them. `draftId` is what `correctionsIn` finds again. Throws what the workspace throws.
 */
export async function rowsToCorrect(
  context: CheckContext,
  file: MappedFile,
  draftId: string,
): Promise<RowsToCorrect> {
  const from: FileOfDraft = { draftId, fileNo: file.fileNo };
  const { header } = file.opened;
  const width = await widestRow(context, file);
  return { columns: correctionColumns(header, width, from), rows: rows(context, file, from, width) };
}

async function* rows(
  context: CheckContext,
  file: MappedFile,
  from: FileOfDraft,
  width: number,
): AsyncGenerator<RowToCorrect> {
  const mark = fileMark(from, file.opened);
  for await (const rejected of rowsRejected(context, file.fileNo, file.opened)) {
    const cells = Array.from({ length: width }, (_, position) => rejected.cells[position] ?? '');
    const prints = cells.map((cell) => (isCut(cell) ? CUT : fingerprint(cell)));
    const { reasons, notes } = whatIsWrong(file, rejected, width);
    const shown = [...cells.map(shownCell), shownCell(reasons)];
    yield { cells: [...shown, rowMark({ row: rejected.row, file: mark, prints })], notes };
  }
}

/** Errors only: what a warning says does not have to be mended. */
function whatIsWrong({ mapping }: MappedFile, { cells, issues }: RejectedRow, width: number) {
  const texts = new Map<number | null, string[]>();
  const reasons: string[] = [];
  for (const issue of issues) {
    if (issue.severity !== 'error') continue;
    const found = issuePosition(mapping, issue, cells);
    const position = found === null || found >= width ? null : found;
    texts.set(position, [...(texts.get(position) ?? []), issue.message]);
    const heading = position === null ? '' : (mapping.header[position]?.trim() ?? '');
    reasons.push(heading === '' ? issue.message : `${heading}: ${issue.message}`);
  }
  const notes: RowToCorrect['notes'][number][] = [];
  const whole = texts.get(null) ?? [];
  const positions = new Set([...(whole.length > 0 ? [0] : []), ...texts.keys()]);
  for (const position of positions) {
    if (position === null) continue;
    const own = texts.get(position) ?? [];
    // What is said of the whole row stands at its first cell, which may be wrong itself.
    const said = position === 0 ? [...whole, ...own] : own;
    notes.push({ position, text: said.join('\n'), bad: own.length > 0 });
  }
  return { reasons: reasons.join(' | '), notes };
}

/** Cells of the widest row that is wrong for being too wide, at least those of the header. */
async function widestRow(
  { ports, loadId, signals, edits }: CheckContext,
  { fileNo, opened }: MappedFile,
): Promise<number> {
  const kind = { code: 'csv.cells-surplus' } as const;
  const wide = [...(await ports.workspace.issueRows(loadId, fileNo, kind, signals.abort))];
  const { length } = opened.header;
  let widest = length;
  for (let at = 0; at < wide.length; at += WIDE_ROWS_AT_ONCE) {
    const some = wide.slice(at, at + WIDE_ROWS_AT_ONCE);
    const edited = edits(fileNo, some[0] ?? 0, some.at(-1) ?? 0);
    for (const record of await opened.pick(some, signals.abort))
      widest = Math.max(widest, withEdit(record, edited.get(record.row)).cells.length);
  }
  return Math.min(widest, length + MOST_SURPLUS);
}

function isCut(cell: string): boolean {
  return cell.length > CELL_CHARS;
}

/** A cell as it is exported: as it is, or its beginning where no spreadsheet could hold all of it. */
export function shownCell(cell: string): string {
  if (!isCut(cell)) return cell;
  const end = /[\ud800-\udbff]/.test(cell.charAt(KEPT_CHARS - 1)) ? KEPT_CHARS - 1 : KEPT_CHARS;
  return `${cell.slice(0, end)}… [${cell.length} characters, cut here: too long for a spreadsheet. Correct this cell in Accession; what is changed here is not taken over.]`;
}
