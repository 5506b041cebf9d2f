import type { ClientFiles } from '../../shared/contract/handlers.ts';
import type { RelayFromBackend, RelayToBackend } from '../../shared/contract/relay.ts';
import type { EventSource } from './event-hub.ts';
import type { Router } from './router.ts';
import { openSession, type Session } from './session.ts';

/** All pages of the desktop are one client: there is one window, and its files outlive a reload of its page. */
export const DESKTOP_CLIENT = 'desktop';

/**
 * The desktop's pages, whose messages main passes on. Returns what to do with each message of main's that
 * isRelayed; others are not touched. A page's session begins with its first message and ends with `page-gone`.
 */
export function createPageSessions(options: {
  router: Router;
  events: EventSource;
  files: ClientFiles;
  version: string;
  toMain: (message: RelayFromBackend) => void;
}): (message: RelayToBackend) => void {
  const { router, events, files, version, toMain } = options;
  const sessions = new Map<string, Session>();

  function sessionOf(page: string): Session {
    const known = sessions.get(page);
    if (known !== undefined) return known;
    const session = openSession({
      client: DESKTOP_CLIENT,
      router,
      events,
      version,
      files,
      port: {
        send: (message) => toMain({ kind: 'page-message', page, message }),
        close: () => {
          sessions.delete(page);
          toMain({ kind: 'page-closed', page });
        },
      },
    });
    sessions.set(page, session);
    return session;
  }

  return (message) => {
    if (message.kind === 'page-message') {
      sessionOf(message.page).receive(message.message);
      return;
    }
    sessions.get(message.page)?.closed();
    sessions.delete(message.page);
  };
}

/** Whether a message of main's is one of a page; main and backend have other things to tell each other too. */
export function isRelayed(message: unknown): message is RelayToBackend {
  if (typeof message !== 'object' || message === null || !('kind' in message) || !('page' in message))
    return false;
  return (
    typeof message.page === 'string' && (message.kind === 'page-message' || message.kind === 'page-gone')
  );
}
