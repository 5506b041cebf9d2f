/** What the status bar says of a load, in front of the load's own words. */
export const loadNoticeTexts = {
  waiting: (reason: string) => `A load is waiting: ${reason}`,
  problem: (message: string) => `A load has a problem: ${message}`,
} as const;
