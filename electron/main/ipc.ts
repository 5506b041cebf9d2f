import type { RelayFromPage, RelayToBackend, RelayToPage } from '../../shared/contract/relay.ts';
import type { ErrorReport } from '../../shared/errors.ts';

/** The two ways through the wall between the page and this process; preload.ts names the same. */
export const fromPageChannel = 'accession:from-page';
export const toPageChannel = 'accession:to-page';

/** What of an IPC event is looked at before anything else is. */
export interface MessageSender {
  /** Null once the frame has navigated away or is gone. */
  readonly senderFrame: { readonly url: string } | null;
}

/** Scheme and host of an address: what `URL.origin` is for http, and what it is not for `app:`, whose origin is "null". */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '' : `${parsed.protocol}//${parsed.host}`;
}

/** Only the main frame of our own window, showing our own page, is heard. */
export function isTrusted(sender: MessageSender, mainFrame: unknown, trustedOrigin: string): boolean {
  const frame = sender.senderFrame;
  return frame !== null && frame === mainFrame && originOf(frame.url) === trustedOrigin;
}

export interface PageRelay {
  /** The listener of `accession:from-page`. What a stranger sends (another frame, another origin) is dropped. */
  fromPage(sender: MessageSender, message: unknown): void;
  /** Takes a message of the backend; one that is not for the page is left alone, and false comes back. */
  fromBackend(message: unknown): boolean;
  /** The window closed or its renderer is gone: what the backend does for the page is stopped. */
  pageGone(): void;
  /** The backend has ended: the page is told why, and connects anew when it is ready to. */
  backendStopped(error: ErrorReport): void;
}

/**
 * Carries messages between the page and the backend without understanding them: what may be asked is decided in
 * the backend, by the contract. A document that comes in place of another (a reload) is a client of its own.
 */
export function createPageRelay(options: {
  /** The frame that may speak, or null while there is no window. */
  mainFrame: () => unknown;
  trustedOrigin: string;
  toBackend: (message: RelayToBackend) => void;
  toPage: (message: RelayToPage) => void;
}): PageRelay {
  const { mainFrame, trustedOrigin, toBackend, toPage } = options;
  let page: string | null = null;
  let formerPage: string | null = null;

  function pageGone(): void {
    if (page === null) return;
    formerPage = page;
    page = null;
    toBackend({ kind: 'page-gone', page: formerPage });
  }

  return {
    fromPage(sender, message) {
      if (!isTrusted(sender, mainFrame(), trustedOrigin) || !isFromPage(message)) return;
      // The last words of a document that has been replaced must not bring it back.
      if (message.page === formerPage) return;
      if (message.page !== page) pageGone();
      page = message.page;
      toBackend({ kind: 'page-message', page, message: message.message });
    },
    fromBackend(message) {
      if (!isForPage(message)) return false;
      if (message.page !== page) return true;
      if (message.kind === 'page-closed') toPage({ kind: 'closed', page, error: null });
      else toPage({ kind: 'message', page, message: message.message });
      return true;
    },
    pageGone,
    backendStopped(error) {
      if (page !== null) toPage({ kind: 'closed', page, error });
    },
  };
}

function isFromPage(message: unknown): message is RelayFromPage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'message' in message &&
    'page' in message &&
    typeof message.page === 'string' &&
    message.page.length <= 100
  );
}

function isForPage(message: unknown): message is { kind: string; page: string; message?: unknown } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    (message.kind === 'page-message' || message.kind === 'page-closed') &&
    'page' in message
  );
}
