import { UPLOAD_PATH, uploadedFile, uploadRefused } from '../../shared/contract/upload.ts';
import { pageFilesTexts } from '../texts/page-files.ts';
import type { RefusedFile, TakenFile } from './page-files.ts';

/** Sends one file. Rejects with the signal's reason and nothing else. `onBytes`: how much of it is under way. */
export type SendFile = (
  file: File,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<TakenFile | RefusedFile>;

/** XMLHttpRequest, because `fetch` tells nothing of how far it has come; the browser reads the file as it goes. */
export const sendFile: SendFile = (file, onBytes, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    const stop = (): void => {
      reject(signal.reason);
      // Only now: it calls `loadend` at once.
      request.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', ({ loaded }) => onBytes(loaded));
    // After `load`, `error` and `abort` alike.
    request.addEventListener('loadend', () => {
      signal.removeEventListener('abort', stop);
      resolve(outcomeOf(file.name, request.status, request.responseText));
    });
    request.open('POST', `${UPLOAD_PATH}?${new URLSearchParams({ name: file.name })}`);
    // What the server insists on, whatever the file says of itself.
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });

/** What the server made of a file. `status` 0: no answer came. */
export function outcomeOf(name: string, status: number, body: string): TakenFile | RefusedFile {
  if (status === 0) return { name, ...pageFilesTexts.unsent };
  if (status === 401) return { name, ...pageFilesTexts.signedOut };
  const answer = parsed(body);
  const taken = uploadedFile.safeParse(answer);
  if (status === 201 && taken.success) return taken.data;
  const refused = uploadRefused.safeParse(answer);
  if (!refused.success) return { name, ...pageFilesTexts.unreadable };
  const { message, hint } = refused.data.error;
  return { name, message, hint };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
