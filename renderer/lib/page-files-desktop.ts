import { z } from 'zod';
import { errorReportSchema } from '../../shared/contract/envelope.ts';
import { pageFilesTexts } from '../texts/page-files.ts';
import type { FilesBridge } from './bridge.ts';
import type { PageFiles, TakenFiles } from './page-files.ts';

/** `ChosenFiles` of shared/desktop/notices.ts, as it comes over the bridge. */
const chosenFiles = z.object({
  files: z.array(z.object({ id: z.string(), name: z.string(), sizeBytes: z.number() })),
  refused: z.array(z.object({ name: z.string(), error: errorReportSchema })),
});

/** Main takes no more at once (electron/main/page-files.ts). */
const MOST_AT_ONCE = 1_000;

/** Files over the desktop's bridge: nothing is copied, so nothing takes time. */
export function desktopPageFiles(bridge: FilesBridge): PageFiles {
  async function take(files: readonly File[], signal?: AbortSignal): Promise<TakenFiles> {
    const taken: TakenFiles[] = [];
    for (let from = 0; from < files.length; from += MOST_AT_ONCE) {
      signal?.throwIfAborted();
      const some = files.slice(from, from + MOST_AT_ONCE);
      taken.push(takenOf(await bridge.take(some)) ?? refusedAll(some));
    }
    signal?.throwIfAborted();
    return { files: taken.flatMap((some) => some.files), refused: taken.flatMap((some) => some.refused) };
  }

  return {
    take: (files, _onProgress, signal) => take(files, signal),
    // A folder is among the files, and main looks into it.
    takeDropped: (dropped, _onProgress, signal) => take([...dropped.files], signal),
    async choose(_onProgress, signal) {
      const chosen = takenOf(await bridge.choose());
      signal?.throwIfAborted();
      return chosen ?? { files: [], refused: [] };
    },
    onOpened: (listener) =>
      bridge.onOpened((opened) => {
        const taken = takenOf(opened);
        if (taken !== null) listener(taken);
      }),
  };
}

function takenOf(answer: unknown): TakenFiles | null {
  const parsed = chosenFiles.safeParse(answer);
  if (!parsed.success) return null;
  const refused = parsed.data.refused.map(({ name, error: { message, hint } }) => ({ name, message, hint }));
  return { files: parsed.data.files, refused };
}

function refusedAll(files: readonly File[]): TakenFiles {
  return { files: [], refused: files.map(({ name }) => ({ name, ...pageFilesTexts.unreadable })) };
}
