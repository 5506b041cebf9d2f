export const failureTexts = {
  tryAgain: 'Try again',
  unknown: {
    message: 'Something went wrong in this page.',
    hint: 'Try again; if it stays so, reload the page and tell us what you did.',
  },
} as const;
