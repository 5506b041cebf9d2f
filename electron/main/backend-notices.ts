import type { NoticeFromBackend } from '../../shared/desktop/notices.ts';

/** What to do with each kind of notice. */
export type NoticeHandlers = {
  [K in NoticeFromBackend['kind']]: (notice: Extract<NoticeFromBackend, { kind: K }>) => void;
};

/**
 * Gives a message of the backend to the handler of its kind; false where it is of none. The backend is our own
 * program, so the kind alone is looked at.
 */
export function receiveNotice(message: unknown, handlers: NoticeHandlers): boolean {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  if (typeof message.kind !== 'string' || !Object.hasOwn(handlers, message.kind)) return false;
  const handle = handlers[message.kind as NoticeFromBackend['kind']] as (notice: unknown) => void;
  handle(message);
  return true;
}
