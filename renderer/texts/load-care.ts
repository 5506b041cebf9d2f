import { amount, figure } from '../../shared/amounts.ts';
import { gridTexts } from './grid.ts';

/** Words of what looks after a file: the question about dates, the damage doctor, the rules that were taught. */
export const careTexts = {
  dates: {
    title: (heading: string) => `How are the dates in “${heading}” written?`,
    example: (text: string, monthFirst: string, dayFirst: string) =>
      `Is ${text} ${monthFirst} or ${dayFirst}?`,
    evidence: ({
      monthFirst,
      dayFirst,
      ambiguous,
    }: {
      monthFirst: number;
      dayFirst: number;
      ambiguous: number;
    }) => {
      const both = `${amount(ambiguous, 'date')} can be read both ways`;
      if (monthFirst === 0 && dayFirst === 0) return `${both}, and no other date of the column tells.`;
      if (dayFirst === 0) return `${both}; ${figure(monthFirst)} can only have the month first.`;
      if (monthFirst === 0) return `${both}; ${figure(dayFirst)} can only have the day first.`;
      return `${both}. Of the others ${figure(monthFirst)} have the month first and ${figure(dayFirst)} the day: it looks as if two sources were put together, so some stay wrong either way.`;
    },
    monthFirst: (date: string) => `Month first: ${date}`,
    dayFirst: (date: string) => `Day first: ${date}`,
    probably: 'probably',
    remembered: 'Asked once. It is remembered for the next file with these headings.',
    count: (of: number) => (of === 1 ? '' : `1 of ${of} questions`),
    answered: (heading: string) => `The dates in “${heading}” are read that way now.`,
  },
  doctor: {
    title: (name: string) => `Damage doctor: ${name}`,
    lead: 'What spreadsheets and conversions did to this file, by whole columns. Only what can be proved or is likely is offered; nothing is guessed.',
    looking: 'Looking for damage…',
    failedTitle: 'The file could not be examined',
    healthyTitle: 'No damage found',
    healthyText:
      'No column shows lost zeros, rounded numbers, dates turned into numbers, or garbled letters.',
    certainty: { proved: 'Proved', suggested: 'Likely', lost: 'Cannot be restored' },
    row: 'Row',
    before: 'Now',
    after: 'Then',
    lost: 'Lost',
    examples: 'Examples',
    putRight: (cells: number) => `Put right ${amount(cells, 'cell')}`,
    counting: 'Counting…',
    nothingLeft: 'Nothing is left to put right.',
    onItsOwn: 'Happens by itself when the file is loaded.',
    nothing: 'Nothing can be restored.',
    advice: 'Next time',
    done: (cells: number) => `${amount(cells, 'cell')} put right.`,
    undo: 'Undo',
    undone: 'Undone.',
    undoHint: 'It can be undone, here or with Undo above the table.',
    close: 'Close',
    failed: 'It was not put right',
  },
  rules: {
    title: 'What Accession has learnt',
    lead: 'Rules that were kept from earlier fixes. They are applied to every new file of their kind; each change is shown.',
    reading: 'Reading the rules…',
    failedTitle: 'The rules could not be read',
    emptyTitle: 'Nothing has been taught yet',
    emptyText: `When you apply a fix to all cells alike, choose “${gridTexts.plan.teach}”. The next file then opens with it applied.`,
    group: (type: string, column: string) => `${type} · ${column}`,
    taught: (day: string) => `Taught ${day}`,
    remove: 'Remove',
    removeNamed: (label: string) => `Remove: ${label}`,
    removeAll: (count: number) => `Remove all ${figure(count)}`,
    removed: (count: number) =>
      `${amount(count, 'rule')} removed. To have ${count === 1 ? 'it' : 'them'} back, apply the fix once more and choose “${gridTexts.plan.teach}”.`,
    stays: 'Cells that a rule has changed in open files stay as they are.',
    close: 'Close',
  },
} as const;
