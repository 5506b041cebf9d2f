import type { ErrorReport } from '../errors.ts';

/*
 * What the desktop's main process and its backend tell each other over the parent port, beside what they relay for
 * the page (shared/contract/relay.ts). None of it reaches a page as it stands.
 */

/** A file as a page knows it: by an id that was issued for it, never by its path. */
export interface ChosenFile {
  id: string;
  /** Without its folders. */
  name: string;
  sizeBytes: number;
}

/** What became of files that were dropped, chosen or opened: those that may be read, and why others may not. */
export interface ChosenFiles {
  files: ChosenFile[];
  refused: { name: string; error: ErrorReport }[];
}

/** Main process → backend. */
export type NoticeToBackend =
  /** From now on `fileId` stands for `path`. Told again to every backend that is started. */
  | { kind: 'file-chosen'; fileId: string; path: string }
  | { kind: 'faiss-reply'; channel: number; reply: unknown }
  /** The FAISS process of this channel is gone; `how` is for the log. */
  | { kind: 'faiss-ended'; channel: number; how: string };

/** Backend → main process. */
export type NoticeFromBackend =
  /** For the taskbar, the notification and the question before closing: each event of each load, in order. */
  | { kind: 'load-event'; event: LoadNotice }
  /** Where an error that ends the backend came from. Main keeps its frames and its name, and nothing else of it. */
  | { kind: 'crashing'; name: string; stack: string }
  /** Asks for a FAISS process. The backend counts the channels. */
  | { kind: 'faiss-start'; channel: number }
  | { kind: 'faiss-send'; channel: number; request: unknown }
  | { kind: 'faiss-kill'; channel: number };

/** What the desktop follows of a load; the engine's LoadEvent is one of these as it is. */
export type LoadNotice =
  | { kind: 'load-started'; loadId: string; files: number }
  | { kind: 'step-started'; loadId: string; step: string; file: string | null; total: number | null }
  | {
      kind: 'step-progress';
      loadId: string;
      step: string;
      file: string | null;
      done: number;
      total: number | null;
    }
  | { kind: 'step-finished'; loadId: string; step: string; file: string | null }
  | { kind: 'waiting' | 'problem'; loadId: string }
  | { kind: 'load-failed'; loadId: string }
  | { kind: 'load-finished'; loadId: string; status: string };
