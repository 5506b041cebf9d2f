/** What a screen that is still to be built says of itself: what it will hold, and what does the same today. */
export interface ScreenTexts {
  title: string;
  lead: string;
  will: readonly string[];
  meanwhile: string;
  commands: readonly { does: string; line: string }[];
}

const accession = 'npm run -s accession --';

export const screenTexts = {
  soon: 'Not built yet',
  willLabel: 'What this screen will do',
  meanwhileLabel: 'Until then',
  search: {
    title: 'Search',
    lead: 'Ask the recommendation index the way a reader would.',
    will: [
      'Find the books nearest to a few words.',
      'Compare the index before and after a load.',
      'Say whether the index agrees with the database, and mend it.',
    ],
    meanwhile: 'The command line can ask the index today:',
    commands: [
      { does: 'Find books by words', line: `${accession} index search "a pig and a spider"` },
      { does: 'Does the index agree with the database?', line: `${accession} index status` },
    ],
  },
  events: {
    title: 'Events',
    lead: 'What Accession has told the services downstream.',
    will: [
      'Show what was published, what waits, and what was refused.',
      'Send refused events again, one or all.',
      'Show in plain words how far behind the other services are.',
    ],
    meanwhile: 'The command line counts them today:',
    commands: [{ does: 'Published, waiting, refused', line: `${accession} events status` }],
  },
  health: {
    title: 'Health',
    lead: 'Whether every part is working.',
    will: [
      'Show database, index, events and disk space at a glance.',
      'Say what is wrong in plain words, and offer to mend it.',
    ],
    meanwhile: 'The command line looks at every part of a profile today:',
    commands: [{ does: 'Look at every part and say what is wrong', line: `${accession} doctor` }],
    programTitle: 'This program',
    facts: { state: 'State', version: 'Version', runsOn: 'Runs on', node: (v: string) => `Node ${v}` },
  },
} as const;

export const codeTexts = {
  copy: 'Copy',
  copyNamed: (what: string) => `Copy: ${what}`,
  copied: 'Copied.',
  notCopied: 'Copying is not allowed here. Select the text and press Ctrl+C.',
} as const;
