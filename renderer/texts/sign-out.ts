export const signOutTexts = {
  action: 'Sign out',
  title: 'Sign out of Accession?',
  text: 'Loads that are running go on. Files that you brought and did not load may have to be brought again.',
  unsaved: (what: string) => `The changes to ${what} that are not saved are lost.`,
  stay: 'Stay signed in',
  failed: 'You are still signed in',
  unreached: {
    message: 'Accession could not be reached.',
    hint: 'Try again when the connection is back; or delete the cookies of this address in the browser.',
  },
  refused: {
    message: 'Accession did not take it.',
    hint: 'Reload the page and try again; or delete the cookies of this address in the browser.',
  },
} as const;
