/** Why a file did not come to Accession. Each is a whole message with its mend; other refusals bring their own words. */
export const pageFilesTexts = {
  signedOut: {
    message: 'You are no longer signed in, so the file was not sent.',
    hint: 'Sign in again and choose the file again.',
  },
  unsent: {
    message: 'The file could not be sent.',
    hint: 'See whether the file is still where it was, and whether Accession is still running; then choose it again.',
  },
  unreadable: {
    message: 'Accession gave an answer about this file that this page does not understand.',
    hint: 'Reload the page, so that it is of the same version as Accession, and choose the file again.',
  },
  unreadableFolder: {
    message: 'This folder cannot be read.',
    hint: 'See whether you may open it, or choose the files in it.',
  },
} as const;
