import type { DraftFileView } from '../../../../shared/contract/drafts.ts';
import { isOfHeader } from '../../../texts/grid-issues.ts';

/** How many problems rows of a file have; those of its columns, which no row shows, do not count. */
export function rowProblems(
  { issueCounts }: Pick<DraftFileView, 'issueCounts'>,
  severity: 'error' | 'warning' | null = null,
): number {
  return issueCounts.reduce(
    (sum, one) =>
      isOfHeader(one.code) || (severity !== null && one.severity !== severity) ? sum : sum + one.count,
    0,
  );
}
