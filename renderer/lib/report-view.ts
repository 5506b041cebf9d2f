import type { LoadReportView } from '../../shared/contract/load-report.ts';
import { type EndStatus, isEndStatus } from './load-status.ts';
import type { ShownLoad } from './use-load-run.ts';

export type FileLine = LoadReportView['files'][number];

export const COUNTS = [
  'rows',
  'inserted',
  'updated',
  'unchanged',
  'rejected',
  'skipped',
  'warnings',
] as const;
export type Count = (typeof COUNTS)[number];

/** Sums over all files; a row counts once. */
export function sums(files: readonly FileLine[]): Record<Count, number> {
  const of = (count: Count): number => files.reduce((sum, file) => sum + file[count], 0);
  return {
    rows: of('rows'),
    inserted: of('inserted'),
    updated: of('updated'),
    unchanged: of('unchanged'),
    rejected: of('rejected'),
    skipped: of('skipped'),
    warnings: of('warnings'),
  };
}

export type Headline = EndStatus | 'nothingNew' | 'unfinished';

/** What the load has come to, in one word. The ledger's status counts: it may be newer than the report. */
export function headlineOf({ load, report }: ShownLoad): Headline {
  if (!isEndStatus(load.status)) return 'unfinished';
  if (load.status === 'loaded' && report !== null) {
    const { inserted, updated, rejected } = sums(report.files);
    if (inserted + updated + rejected === 0) return 'nothingNew';
  }
  return load.status;
}

/** Problems and the error that ended it, each once. */
export function problemsOf({ error, report }: ShownLoad): { message: string; hint: string }[] {
  const problems = report?.problems ?? [];
  return error === null || problems.some(({ code }) => code === error.code) ? problems : [error, ...problems];
}
