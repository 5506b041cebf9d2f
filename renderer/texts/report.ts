import { amount, figure, verb } from '../../shared/amounts.ts';
import { type EndStatus, isEndStatus } from '../lib/load-status.ts';
import { dollars } from './amounts.ts';

const STATUS: Readonly<Record<EndStatus, string>> = {
  loaded: 'Loaded',
  partial: 'Partly loaded',
  failed: 'Failed',
  stopped: 'Stopped',
  rehearsed: 'Rehearsed',
  undone: 'Undone',
};

/** Words of a load's report, on the page, on paper and as text. */
export const reportTexts = {
  label: 'Report of the load',
  /** Of the ledger's words those that are no end say that it is on its way. */
  status: (status: string) => (isEndStatus(status) ? STATUS[status] : 'Not finished'),
  headlines: {
    loaded: 'Everything is loaded',
    nothingNew: 'Nothing to do: every row was there already, just as in the files',
    partial: STATUS.partial,
    failed: 'The load has failed',
    stopped: 'The load was stopped',
    rehearsed: 'This was a rehearsal: nothing was written',
    undone: 'This load was undone',
    unfinished: 'This load has not finished',
  },
  written: (rows: number, target: string | null) =>
    `${amount(rows, 'row')} ${verb(rows, 'was', 'were')} written${target === null ? '' : ` into ${target}`}.`,
  nothingWritten: (target: string | null) =>
    `Nothing was written${target === null ? '' : ` into ${target}`}.`,
  wouldWrite: (rows: number) => `A load would write ${amount(rows, 'row')}.`,
  rejected: (rows: number) => `${amount(rows, 'row')} ${verb(rows, 'was', 'were')} rejected.`,
  kept: 'What is whole was kept.',
  resumable: 'It can go on where it stopped.',
  noReport: 'It ended before it had anything to report.',
  facts: { started: 'Started', ended: 'Ended', into: 'Into', number: 'Number' },
  actions: {
    copy: 'Copy',
    copied: 'The report is copied.',
    notCopied: 'Copying is not allowed here. Save the report instead.',
    print: 'Print',
    save: 'Save',
    saveText: 'As text (.txt)',
    saveJson: 'For programs (.json)',
    resume: 'Resume',
    resuming: 'Resuming…',
    resumeFailed: 'It could not be resumed',
  },
  files: {
    title: 'Rows',
    label: 'Rows by file',
    file: 'File',
    rows: 'Rows',
    inserted: 'New',
    updated: 'Changed',
    unchanged: 'Unchanged',
    rejected: 'Rejected',
    skipped: 'Left out',
    warnings: 'Warnings',
    total: 'All files',
    zeros: (count: number) =>
      `${amount(count, 'ISBN')} had lost a leading zero, which the check digit proves; ${verb(count, 'it was', 'they were')} restored.`,
  },
  embeddings: {
    title: 'Embeddings',
    none: 'No book was embedded.',
    generated: (count: number, model: string) => `${amount(count, 'text')} embedded with ${model}`,
    reused: (count: number) => `${figure(count)} unchanged or known already: nothing to do`,
    failed: (count: number) => `${figure(count)} given up for now; “Resume” tries them again`,
    pending: (count: number) => `${figure(count)} not embedded yet`,
    cost: (tokens: number, usd: number | null) =>
      usd === null ? amount(tokens, 'token') : `${amount(tokens, 'token')}, ${dollars(usd)}`,
    vecPending: (count: number) =>
      `${amount(count, 'vector')} still to be copied into the table of the database; search does not wait for ${verb(count, 'it', 'them')}`,
  },
  index: {
    title: 'Search index',
    none: 'The index was not touched.',
    vectors: (count: number) => `${amount(count, 'book')} can be found`,
    added: (added: number, replaced: number) => `${figure(added)} added, ${figure(replaced)} replaced`,
    kind: (kind: string, metric: string, generation: number) =>
      `For whoever looks after it: ${kind}, ${metric}, generation ${figure(generation)}`,
  },
  events: {
    title: 'Events',
    none: 'No other service was told.',
    published: (count: number) => `${figure(count)} sent`,
    pending: (count: number) => `${figure(count)} waiting to be sent`,
    dead: (count: number) => `${figure(count)} refused by the broker: see Events`,
  },
  time: {
    title: 'Time',
    steps: {
      checkMs: 'Check',
      stageMs: 'Hand over',
      commitMs: 'Write',
      embedMs: 'Embed',
      indexMs: 'Index',
      publishMs: 'Tell others',
    },
    total: 'In all',
  },
  problems: { title: 'What needs your eye' },
  rejectedRows: {
    title: 'Rejected rows',
    text: (rows: number) =>
      `${amount(rows, 'row')} ${verb(rows, 'stays', 'stay')} open with the files: mend ${verb(rows, 'it', 'them')} and load again, or save ${verb(rows, 'it', 'them')} to be mended elsewhere and dropped back in.`,
    fix: 'Mend them now',
    save: 'Save as a file',
    saveNamed: (name: string) => `Save as a file: the rejected rows of ${name}`,
    workbook: 'Workbook (.xlsx), bad cells red',
    csv: 'CSV, with the reasons',
    file: (name: string, rows: number) => `${name}: ${amount(rows, 'rejected row')}`,
    preparing: (name: string) => `Writing the rejected rows of ${name}…`,
    fetching: (name: string, percent: number) => `${name}: ${percent} % fetched`,
    stop: 'Stop',
    saved: (name: string) => `${name} is saved.`,
    stopped: 'Nothing was saved.',
    nothing: (name: string) => `No row of ${name} is rejected any more, so there is nothing to save.`,
    failed: (name: string) => `The rejected rows of ${name} could not be saved`,
  },
  fileName: (loadId: string, ending: string) => `load-${loadId.slice(0, 8)}.${ending}`,
} as const;
