/** What a person is asked before a browser opens: the whole address where it is short enough to be read. */
export interface LinkQuestion {
  message: string;
  detail: string;
  buttons: [open: string, cancel: string];
}

/** Longer than what browsers put in their address bar is no address that a person could judge. */
const longestAddress = 2048;
const shownLength = 300;

/**
 * The address to open outside, or null for one that must not leave: anything but https, one that carries a name
 * or a password (which are made to look like hosts), or one that nobody could read.
 */
export function externalAddress(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== 'https:' || parsed.hostname === '') return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  return parsed.href.length <= longestAddress ? parsed.href : null;
}

export function linkQuestion(address: string): LinkQuestion {
  const shown = address.length > shownLength ? `${address.slice(0, shownLength)}…` : address;
  return {
    message: `Open a page of ${new URL(address).hostname} in your browser?`,
    detail: shown,
    buttons: ['Open in the browser', 'Stay here'],
  };
}

/**
 * Opens addresses outside, each only after a person said so. While one question stands, further wishes are dropped:
 * a page must not be able to bury the screen in questions. Never rejects.
 */
export function externalLinks(options: {
  /** Resolves with true where the person chose to open it. */
  ask: (question: LinkQuestion) => Promise<boolean>;
  open: (address: string) => Promise<void>;
}): (url: string) => Promise<void> {
  let asking = false;
  return async (url) => {
    const address = externalAddress(url);
    if (address === null || asking) return;
    asking = true;
    try {
      if (await options.ask(linkQuestion(address))) await options.open(address);
    } catch {
      // No browser, or the window went while the question stood: there is nothing to be opened then.
    } finally {
      asking = false;
    }
  };
}
