import { TABLE_FILE_KINDS } from '../../shared/table-files.ts';
import { droppedFiles } from './dropped-files.ts';
import type { FilesProgress, PageFiles, RefusedFile, TakenFile, TakenFiles } from './page-files.ts';
import { createPlaces } from './places.ts';
import { type SendFile, sendFile } from './send-file.ts';

/** One fewer than the server takes of one person (electron/server/uploads.ts), who may have a second page open. */
const AT_ONCE = 3;

/** Files of a browser: each is sent to the server that the page came from. `send` is there for tests. */
export function browserPageFiles(send: SendFile = sendFile): PageFiles {
  // Of all that this page sends, in whatever portions it was brought.
  const places = createPlaces(AT_ONCE);

  async function take(
    files: readonly File[],
    onProgress: (progress: FilesProgress) => void = () => {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<TakenFiles> {
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
    const sent = files.map(() => 0);
    let doneFiles = 0;
    const tell = (): void =>
      onProgress({
        doneBytes: sent.reduce((sum, bytes) => sum + bytes, 0),
        totalBytes,
        doneFiles,
        totalFiles: files.length,
      });
    signal.throwIfAborted();
    // In the order in which they were brought, whichever is done first.
    const outcomes = await Promise.all(
      files.map((file, at) =>
        places.use(signal, async () => {
          const onBytes = (bytes: number): void => {
            // A request is a little more than its file, and a file may have grown.
            sent[at] = Math.min(bytes, file.size);
            tell();
          };
          const outcome = await send(file, onBytes, signal);
          doneFiles += 1;
          onBytes(file.size);
          return outcome;
        }),
      ),
    );
    const taken: TakenFile[] = [];
    const refused: RefusedFile[] = [];
    for (const outcome of outcomes) {
      if ('id' in outcome) taken.push(outcome);
      else refused.push(outcome);
    }
    return { files: taken, refused };
  }

  return {
    take,
    async takeDropped(dropped, onProgress, signal) {
      const found = await droppedFiles(dropped);
      const taken = await take(found.files, onProgress, signal);
      return { files: taken.files, refused: [...taken.refused, ...found.refused] };
    },
    async choose(onProgress, signal) {
      return take(await chosenFiles(), onProgress, signal);
    },
    onOpened: () => () => {},
  };
}

function chosenFiles(): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = TABLE_FILE_KINDS.map((kind) => `.${kind}`).join(',');
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}
