import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';

// Said again in main/ipc.ts: a preload that can load nothing but `electron` shares no file with its other side.
const requestChannel = 'accession:request';
const eventChannel = 'accession:event';

/**
 * The page's only way out. It is generic on purpose: what may be asked is decided behind it, where the page
 * cannot reach, by the contract and by the check of the sender.
 */
const bridge = Object.freeze({
  /** Resolves with `{ ok: true, value }` or `{ ok: false, error }`; it does not reject for a refused request. */
  request(route: string, input: unknown): Promise<unknown> {
    return ipcRenderer.invoke(requestChannel, { route, input });
  },

  /** Calls `listener` with the payload of each such event until the returned function is called. */
  on(event: string, listener: (payload: unknown) => void): () => void {
    // The Electron event object stays on this side: it carries the sender, and with it the way to send anything.
    const forward = (_event: IpcRendererEvent, message: { event: string; payload: unknown }): void => {
      if (message.event === event) listener(message.payload);
    };
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.removeListener(eventChannel, forward);
    };
  },
});

contextBridge.exposeInMainWorld('accession', bridge);
