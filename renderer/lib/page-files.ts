/** A file that Accession has: `id` stands for it in requests. Its path is known to nobody here. */
export interface TakenFile {
  id: string;
  /** Without folders. */
  name: string;
  sizeBytes: number;
}

/** A file that Accession does not have, and why, in words for whoever brought it. */
export interface RefusedFile {
  name: string;
  message: string;
  hint: string;
}

/** What became of files that were dropped, chosen or opened; each is in one of the two. */
export interface TakenFiles {
  files: readonly TakenFile[];
  refused: readonly RefusedFile[];
}

export interface FilesProgress {
  doneBytes: number;
  totalBytes: number;
  /** Taken or refused. */
  doneFiles: number;
  totalFiles: number;
}

/**
 * How files come from a person to Accession, the same at both doors: the desktop hands over where they are, a
 * browser sends them. Nothing here rejects for a file's sake: what cannot be taken is refused in words. With an
 * aborted `signal` a promise rejects with the signal's reason; what had been sent until then is not used.
 * `onProgress` is called where it takes time, which is in a browser only.
 */
export interface PageFiles {
  /** Takes files as a page has them, such as of an `<input type=file>`. */
  take(
    files: readonly File[],
    onProgress?: (progress: FilesProgress) => void,
    signal?: AbortSignal,
  ): Promise<TakenFiles>;
  /**
   * Takes what was dropped. Of folders, however deep, the tables (shared/table-files.ts); other things in them are
   * named as refused. To be called in the handler of `drop` itself: afterwards a browser has emptied the DataTransfer.
   */
  takeDropped(
    dropped: DataTransfer,
    onProgress?: (progress: FilesProgress) => void,
    signal?: AbortSignal,
  ): Promise<TakenFiles>;
  /**
   * Lets the person choose, several at once; nothing chosen is no files and none refused. To be called in the
   * handler of a press: browsers show no dialog otherwise.
   */
  choose(onProgress?: (progress: FilesProgress) => void, signal?: AbortSignal): Promise<TakenFiles>;
  /**
   * Calls `listener` with files that were opened from outside the page (a double click, the menu of the desktop),
   * those that wait already included, until the returned function is called. In a browser there are none.
   */
  onOpened(listener: (opened: TakenFiles) => void): () => void;
}
