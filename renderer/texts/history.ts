import { amount, figure } from '../../shared/amounts.ts';

/** Words of the list of past loads. */
export const historyTexts = {
  title: 'History',
  lead: (target: string) => `Every load into ${target}, newest first.`,
  loading: 'Reading the past loads…',
  failed: 'The past loads could not be read',
  refresh: 'Read again',
  empty: {
    title: 'Nothing has been loaded here yet',
    text: (target: string) =>
      `Each load into ${target} is listed here: what it brought, what it changed, and what it rejected.`,
    start: 'Load files',
  },
  running: { title: 'Running now' },
  list: {
    label: 'Past loads',
    when: 'When',
    files: 'Files',
    status: 'Result',
    more: (shown: number) => `The newest ${figure(shown)} are shown.`,
    showMore: 'Show more',
    otherFiles: (count: number) => `and ${amount(count, 'other file')}`,
  },
  one: {
    title: (loadId: string) => `Load ${loadId.slice(0, 8)}`,
    back: 'All loads',
    filesOpen: 'The files of this load are still open:',
    openFiles: 'mend rejected rows there, and load them again.',
  },
} as const;
