import { figure } from '../../shared/amounts.ts';
import type { Count } from '../lib/report-view.ts';
import { reportTexts } from '../texts/report.ts';

/** The headings over numbers of rows in a table of figures. */
export function CountHeadings({ counts }: { counts: readonly Count[] }) {
  return counts.map((count) => (
    <th key={count} scope="col" className="figure">
      {reportTexts.files[count]}
    </th>
  ));
}

/** Below them the numbers of one line. */
export function CountCells<C extends Count>({
  counts,
  of,
}: {
  counts: readonly C[];
  of: Readonly<Record<C, number>>;
}) {
  return counts.map((count) => (
    <td key={count} className="figure" data-count={count} data-none={of[count] === 0 || undefined}>
      {figure(of[count])}
    </td>
  ));
}
