import type { DraftRowView } from '../../../../shared/contract/drafts.ts';

export const NARROWEST = 56;
export const WIDEST = 1_200;
/** No column takes more than that by itself; a person may draw it wider. */
const WIDEST_AT_FIRST = 288;
const NARROWEST_AT_FIRST = 88;
/** Of a sign of the grid's 13-px text, on the average, and of both paddings with room for a mark. */
const SIGN = 7.4;
const AROUND = 36;
/** The heading has a menu button beside it. */
const AROUND_HEADING = 44;

/** Widths in CSS pixels at which headings and nearly all of these rows' cells can be read. */
export function fittingWidths(
  header: readonly string[],
  labels: ReadonlyMap<number, string>,
  rows: readonly DraftRowView[],
): number[] {
  return header.map((heading, position) => {
    const lengths = rows.map(({ cells }) => cells[position]?.length ?? 0).sort((a, b) => a - b);
    const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
    const coerced = Math.max(
      0,
      ...rows.map((row) => row.coerced.find((one) => one.position === position)?.text.length ?? 0),
    );
    const shown = usual + (coerced === 0 ? 0 : Math.min(coerced, 12) + 3);
    const head = Math.max(heading.length, (labels.get(position)?.length ?? 0) * 0.92);
    const wanted = Math.max(shown * SIGN + AROUND, head * SIGN + AROUND_HEADING);
    return Math.round(Math.min(Math.max(wanted, NARROWEST_AT_FIRST), WIDEST_AT_FIRST));
  });
}
