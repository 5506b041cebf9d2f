import type { ErrorReport } from '../errors.ts';

/*
 * How the desktop's main process carries messages between its window's page and the backend process without
 * understanding them. `page` names one loaded document: after a reload it is another one, and the old one's
 * answers are nobody's.
 */

/** Main process → backend process, over its parent port. Other kinds may pass there too. */
export type RelayToBackend =
  | { kind: 'page-message'; page: string; message: unknown }
  | { kind: 'page-gone'; page: string };

/** Backend process → main process. `page-closed`: the backend wants no more of this page's messages. */
export type RelayFromBackend =
  | { kind: 'page-message'; page: string; message: unknown }
  | { kind: 'page-closed'; page: string };

/** Main process → preload. `closed`: nobody answers this page any more; a new `hello` is welcome. */
export type RelayToPage =
  | { kind: 'message'; page: string; message: unknown }
  | { kind: 'closed'; page: string; error: ErrorReport | null };

/** Preload → main process. */
export interface RelayFromPage {
  page: string;
  message: unknown;
}
