import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { RelayFromPage, RelayToPage } from '../../shared/contract/relay.ts';
import { filesBridge } from './files-bridge.ts';

// Said again in main/ipc.ts and main/unsaved-changes.ts: a preload that can load nothing but `electron` shares no file
// with its other side.
const fromPageChannel = 'accession:from-page';
const toPageChannel = 'accession:to-page';
const unsavedChannel = 'accession:unsaved';

// A preload runs once for each document, so this tells a page from the one it was before a reload. It is no secret.
const page = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/**
 * The page's only way out. It is generic on purpose: what may be asked is decided behind it, where the page
 * cannot reach, by the contract and by the check of the sender.
 */
const bridge = Object.freeze({
  /** Sends a message of shared/contract/protocol.ts. What nobody wants is dropped without a word. */
  post(message: unknown): void {
    ipcRenderer.send(fromPageChannel, { page, message } satisfies RelayFromPage);
  },

  /**
   * Calls `onMessage` with each message to this page, and `onClosed` with an ErrorReport or null each time there
   * is nobody left to answer what was posted, until the returned function is called.
   */
  listen(onMessage: (message: unknown) => void, onClosed: (error: unknown) => void): () => void {
    // The Electron event object stays on this side: it carries the sender, and with it the way to send anything.
    const forward = (_event: IpcRendererEvent, relayed: RelayToPage): void => {
      if (relayed.page !== page) return;
      if (relayed.kind === 'closed') onClosed(relayed.error);
      else onMessage(relayed.message);
    };
    ipcRenderer.on(toPageChannel, forward);
    return () => {
      ipcRenderer.removeListener(toPageChannel, forward);
    };
  },

  files: filesBridge,

  /** Names what would be lost if the window were closed now, so that it is asked about first; null: nothing. */
  tellUnsaved(what: string | null): void {
    ipcRenderer.send(unsavedChannel, what);
  },
});

contextBridge.exposeInMainWorld('accession', bridge);
