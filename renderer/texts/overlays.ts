/** Words of what opens over the page. */
export const overlayTexts = {
  close: 'Close',
} as const;
