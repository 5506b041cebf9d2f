import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';

/** What the files of a draft come to together; failed ones are counted apart. */
export interface DraftSums {
  rows: number;
  accepted: number;
  rejected: number;
  skipped: number;
  errors: number;
  warnings: number;
  /** Files that are still being opened or checked. */
  unfinished: number;
  failed: number;
}

export function sumsOf({ files }: Pick<DraftView, 'files'>): DraftSums {
  const read = files.filter(({ state }) => state !== 'failed');
  const sum = (of: (file: DraftFileView) => number): number => read.reduce((all, file) => all + of(file), 0);
  return {
    rows: sum(({ rows }) => rows),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
    skipped: sum(({ skipped }) => skipped),
    errors: sum(({ errors }) => errors),
    warnings: sum(({ warnings }) => warnings),
    unfinished: read.filter(({ state }) => state !== 'checked').length,
    failed: files.length - read.length,
  };
}

/** Whether there is something whose review makes sense: all is checked, and a row at least can be loaded. */
export function canReview(draft: DraftView): boolean {
  const { unfinished, accepted } = sumsOf(draft);
  return unfinished === 0 && accepted > 0 && draft.loading === null;
}
