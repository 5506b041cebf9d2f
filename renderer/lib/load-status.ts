const ENDS = ['loaded', 'partial', 'failed', 'stopped', 'rehearsed', 'undone'] as const;

/** What a load's status is at its end; the ledger's other words are steps on the way. */
export type EndStatus = (typeof ENDS)[number];

export function isEndStatus(status: string): status is EndStatus {
  return ENDS.some((end) => end === status);
}
