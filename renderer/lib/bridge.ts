/** What the desktop shell puts on the page; a browser tab has none. */
export interface Bridge {
  request(route: string, input: unknown): Promise<unknown>;
  on(event: string, listener: (payload: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly accession?: Bridge;
  }
}

export function findBridge(): Bridge | null {
  return window.accession ?? null;
}
