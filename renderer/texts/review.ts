import { amount, figure, verb } from '../../shared/amounts.ts';
import type { Change } from '../../shared/contract/draft-review.ts';
import type { RecordType } from '../../shared/records/types.ts';
import type { ProfileKind } from '../../shared/settings/profile.ts';
import { dollars, roughTime } from './amounts.ts';
import { countedRecords, recordWord, typeHeading } from './records.ts';
import { targetInWords } from './targets.ts';

const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  insert: 'new',
  update: 'changed',
  unchanged: 'unchanged',
  rejected: 'rejected',
};

/** Words of the review: what a load would do, and the button that does it. */
export const reviewTexts = {
  title: 'Review',
  lead: (target: string) => `What loading would change in ${target}. Nothing is written yet.`,
  target: (draft: { profileId: string | null; profile: string; profileKind: ProfileKind }) =>
    draft.profileId === null ? targetInWords(draft) : `${draft.profile} – ${draft.profileKind}`,
  comparing: {
    title: 'Comparing with the database…',
    text: (rows: number, target: string) =>
      `Every row that can be loaded, ${figure(rows)} in all, is compared with what ${target} holds. Nothing is written.`,
    stop: 'Stop comparing',
    running: (time: string) => `${time} so far`,
  },
  stopped: {
    title: 'Not compared',
    text: 'The comparison was stopped, so it is not known what would change.',
  },
  failed: { title: 'The files could not be compared with the database' },
  again: 'Compare again',
  back: 'Back to the files',
  stale: {
    title: 'Something has changed since this comparison',
    text: 'The numbers below are from before. Compare again before you load.',
  },
  alarmsLabel: 'Look at these before you load',
  alarmOf: (file: string, message: string) => `${file}: ${message}`,
  table: {
    label: 'What would change, by file',
    file: 'File',
    insert: 'New',
    update: 'Changed',
    unchanged: 'Unchanged',
    rejected: 'Rejected',
    skipped: 'Left out',
    total: 'All files',
    of: (rows: number, type: RecordType) => `${typeHeading(type)} · ${amount(rows, 'row')}`,
    show: (count: number, change: Change, name: string) =>
      `${figure(count)} ${CHANGE_WORDS[change]} in ${name}: show the rows`,
    changedColumns: 'What changes:',
    changedColumn: (column: string, rows: number) => `${column} ${figure(rows)}`,
    hint: 'Press a number to see its rows.',
  },
  rows: {
    title: (count: number, change: Change, type: RecordType) =>
      `${figure(count)} ${CHANGE_WORDS[change]} ${recordWord(count, type)}`,
    in: (name: string) => `in ${name}`,
    close: 'Close the rows',
    row: 'Row',
    title_: 'Title',
    keys: { books: 'Book id', students: 'Student id', checkouts: 'Checkout' },
    changes: 'What changes',
    before: 'Now in the database',
    after: 'After the load',
    column: 'Column',
    nothing: 'nothing',
    becomes: 'becomes',
    longText: 'has another text',
    loading: 'Reading…',
    failed: 'These rows could not be read',
    detail: (row: number, key: string) => `Row ${figure(row)}, ${key}`,
    rejectedHint: 'Why each was rejected stands beside its cells in the file’s grid, where you can mend it.',
    fix: 'Mend them in the grid',
  },
  forecast: {
    title: 'Embeddings',
    nothing: 'No book’s text is new or changed, so there is nothing to embed and nothing to pay.',
    texts: (texts: number) =>
      `${amount(texts, 'book')} ${verb(texts, 'has', 'have')} a text that is new or changed.`,
    paid: (tokens: number, usd: number | null, seconds: number, model: string) =>
      usd === null
        ? `Embedding ${verb(tokens, 'it', 'them')} sends ${amount(tokens, 'token')} to ${model} and takes ${roughTime(seconds * 1_000)}. What that model costs is not known here.`
        : `Embedding sends ${amount(tokens, 'token')} to ${model}, costs ${usd === 0 ? 'nothing' : `about ${dollars(usd)}`.replace('about less', 'less')} and takes ${roughTime(seconds * 1_000)}.`,
    approximate: (seconds: number) =>
      `They are embedded on this computer in ${roughTime(seconds * 1_000)}. It costs nothing; search then matches words only, not what they mean.`,
    overTitle: 'This is more than the profile’s spending limit',
    overText:
      'All rows would be loaded, but embedding would stop at the limit. The rest waits until you raise the limit in the profile and resume the load.',
    off: 'Switched off for this load. The new and changed books cannot be found by meaning until they are embedded.',
  },
  options: {
    more: 'More options',
    allOrNothing: 'All or nothing',
    allOrNothingHint: 'If a single row cannot be written, none is.',
    noEmbeddings: 'Without embeddings',
    noEmbeddingsHint: 'Books are loaded, but not embedded. A later load or “Resume” catches up.',
    noEvents: 'Without events',
    noEventsHint: 'The services that follow this database are not told of the changes.',
  },
  load: {
    label: 'Load',
    button: (rows: number, target: string) => `Load ${amount(rows, 'row')} into ${target}`,
    starting: 'Starting the load…',
    failed: 'The load was not started',
    whatStays: (unchanged: number, rejected: number, skipped: number) => {
      const parts = [
        unchanged > 0 ? `${figure(unchanged)} unchanged` : null,
        rejected > 0 ? `${figure(rejected)} rejected` : null,
        skipped > 0 ? `${figure(skipped)} left out` : null,
      ].filter((part) => part !== null);
      return parts.length === 0 ? 'Every row of the files is written.' : `Not written: ${parts.join(', ')}.`;
    },
    why: {
      readOnly: (name: string) => `${name} is read-only, so nothing can be loaded into it.`,
      nothing: 'Nothing to load: every row is in the database already, just as it is here.',
      nothingFit: 'Nothing to load: every row of the files is rejected or left out.',
      stale: 'Compare again first: something has changed since.',
      loading: 'A load of these files is running.',
      allOrNothing: (rejected: number) =>
        `With “All or nothing”, ${amount(rejected, 'rejected row')} would stop everything. Mend ${verb(rejected, 'it', 'them')} or leave ${verb(rejected, 'it', 'them')} out first.`,
    },
    follow: 'Show it',
  },
  confirm: {
    title: (rows: number, target: string) => `Load ${amount(rows, 'row')} into ${target}?`,
    production: 'This is the live database. What you load is used at once.',
    what: 'This will be written',
    file: (name: string, inserted: number, updated: number, type: RecordType) => {
      const parts = [
        inserted > 0 ? `${countedRecords(inserted, type)} new` : null,
        updated > 0 ? `${countedRecords(updated, type)} changed` : null,
      ].filter((part) => part !== null);
      return `${name}: ${parts.length === 0 ? 'nothing' : parts.join(', ')}`;
    },
    alarms: 'And look at this again',
    type: (name: string) => `Type “${name}” to load into it`,
    cancel: 'Do not load',
  },
} as const;
