/** What the desktop shell puts on the page (electron/preload); a browser tab has none. */
export interface Bridge {
  post(message: unknown): void;
  listen(onMessage: (message: unknown) => void, onClosed: (error: unknown) => void): () => void;
  readonly files: FilesBridge;
  /** What would be lost if the window were closed now; null: nothing. */
  tellUnsaved(what: string | null): void;
}

/** How files come to the page, as `ChosenFiles` (shared/desktop/notices.ts): by ids, never by paths. */
export interface FilesBridge {
  take(files: readonly File[]): Promise<unknown>;
  choose(): Promise<unknown>;
  onOpened(listener: (opened: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly accession?: Bridge;
  }
}

export function findBridge(): Bridge | null {
  return window.accession ?? null;
}
