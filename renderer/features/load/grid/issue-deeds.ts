import type { DraftFileView, RowFilter } from '../../../../shared/contract/drafts.ts';

export type IssueCount = DraftFileView['issueCounts'][number];

/** What can be done with all problems of one kind. */
export interface IssueDeeds {
  show: (filter: RowFilter) => void;
  goToFirst: (count: IssueCount) => void;
  apply: (count: IssueCount) => void;
  blank: (count: IssueCount) => void;
  skip: (count: IssueCount) => void;
}
