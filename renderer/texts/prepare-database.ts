export const prepareTexts = {
  action: 'Prepare the database',
  readOnly:
    'This profile is read-only, so nothing is created through it. Switch that off under Safety, or give the SQL to whoever looks after the database.',
  title: (profile: string) => `Prepare the database of ${profile}?`,
  production: (profile: string) => `${profile} is a production profile: this is the database that is in use.`,
  creates:
    'Accession creates what is missing: the extension pgvector, the tables students, catalog, checkout and book_embeddings, and two schemas of its own for loads and jobs. The SQL beside the button says it exactly.',
  leaves:
    'Tables and rows that are there are left alone; a table without the column content_hash gets it, and that is all.',
  cancel: 'Cancel',
  working: 'Preparing…',
  failed: 'The database was not prepared',
  doneTitle: (profile: string) => `The database of ${profile} is prepared`,
  did: 'This was done:',
  nothing: 'Nothing was missing any more.',
  testedAgain: 'The part is being tested again.',
  said: (profile: string, steps: number) =>
    steps === 0
      ? `Nothing was missing in the database of ${profile}.`
      : `The database of ${profile} is prepared: ${steps === 1 ? 'one step' : `${steps} steps`} done.`,
  close: 'Close',
} as const;
