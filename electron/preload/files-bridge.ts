import { ipcRenderer, webUtils } from 'electron';

// Said again in main/page-files.ts, for the reason given in preload.ts.
const takeFilesChannel = 'accession:take-files';
const chooseFilesChannel = 'accession:choose-files';
const openedFilesChannel = 'accession:opened-files';
const filesWaitingChannel = 'accession:files-waiting';

/**
 * How files come to the page: as `{ files: [{ id, name, sizeBytes }], refused: [{ name, error }] }`. Their paths
 * are looked up here and go to main; the page never has one.
 */
export const filesBridge = Object.freeze({
  /** For files that were dropped on the page. One that a script made up has no path, and is left out. */
  take(files: readonly File[]): Promise<unknown> {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke(takeFilesChannel, paths);
  },

  /** Shows the system's dialog for opening files. */
  choose(): Promise<unknown> {
    return ipcRenderer.invoke(chooseFilesChannel);
  },

  /**
   * Calls `listener` with files that were opened from outside the page (a double click, the menu), those that came
   * before it was called included, until the returned function is called.
   */
  onOpened(listener: (opened: unknown) => void): () => void {
    const takeWaiting = async (): Promise<void> => {
      const opened = (await ipcRenderer.invoke(openedFilesChannel)) as { files: []; refused: [] };
      if (opened.files.length + opened.refused.length > 0) listener(opened);
    };
    ipcRenderer.on(filesWaitingChannel, takeWaiting);
    void takeWaiting();
    return () => {
      ipcRenderer.removeListener(filesWaitingChannel, takeWaiting);
    };
  },
});
