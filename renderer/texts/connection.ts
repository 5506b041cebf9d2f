/** What the page says when the way to its backend fails. Each is a whole message with its mend. */
export const connectionTexts = {
  lost: {
    message: 'This page has lost its connection to Accession.',
    hint: 'It connects again by itself. If it does not, see whether Accession is still running.',
  },
  lostMeanwhile: {
    message: 'The connection to Accession was lost before the answer came.',
    hint: 'See whether it was done after all, then try again.',
  },
  noWelcome: {
    message: 'Accession does not answer.',
    hint: 'It is asked again by itself. If that goes on, close Accession and start it again.',
  },
  silent: {
    message: 'Accession has fallen silent.',
    hint: 'This page connects again by itself. See whether this computer is still on the network.',
  },
  otherVersion: {
    message: 'This page and the Accession behind it are of different versions.',
    hint: 'Reload the page. If that does not help, close Accession and start it again.',
  },
  signedOut: {
    message: 'You are no longer signed in.',
    hint: 'Reload the page to sign in again: with the password, or with a new address that Accession shows where it was started.',
  },
  unreadable: {
    message: 'Accession gave an answer that this page does not understand.',
    hint: 'Reload the page, so that it is of the same version as Accession.',
  },
  closed: {
    message: 'This page is being closed.',
    hint: 'Open it again to go on.',
  },
} as const;
