import type { ChosenFile, ChosenFiles } from '../../shared/desktop/notices.ts';
import type { FileIds } from './chosen-files.ts';
import type { MessageSender } from './ipc.ts';

/** The ways a file takes into the page; preload/files-bridge.ts names the same. */
export const takeFilesChannel = 'accession:take-files';
export const chooseFilesChannel = 'accession:choose-files';
export const openedFilesChannel = 'accession:opened-files';
/** Main → page, without a payload: there are files to be had from `openedFilesChannel`. */
export const filesWaitingChannel = 'accession:files-waiting';

type Handler = (event: MessageSender, input?: unknown) => Promise<ChosenFiles>;

export interface PageFiles {
  /** For files that came from outside the page: a double click, a second instance, the menu. */
  opened(paths: readonly string[]): Promise<void>;
  /** One handler for each of the channels above that a page may invoke. Strangers get no files and no error. */
  handlers: Readonly<Record<string, Handler>>;
}

/** Nobody drops more at once; a page that names more is not ours. */
const mostPaths = 1000;

export function pageFiles(options: {
  isTrusted: (event: MessageSender) => boolean;
  ids: FileIds;
  /** Shows the dialog; nothing chosen is no files. */
  choose: () => Promise<readonly string[]>;
  /** Tells the page, if there is one, that files wait. */
  nudge: () => void;
}): PageFiles {
  const nothing: ChosenFiles = { files: [], refused: [] };
  // They wait here until a page takes them: it may not be loaded yet, or be loading again.
  let waiting: ChosenFiles = nothing;

  const onlyTrusted =
    (handle: (input: unknown) => Promise<ChosenFiles>): Handler =>
    (event, input) =>
      options.isTrusted(event) ? handle(input) : Promise.resolve(nothing);

  return {
    async opened(paths) {
      if (paths.length === 0) return;
      const taken = await options.ids.take(paths);
      waiting = {
        files: eachOnce([...waiting.files, ...taken.files]),
        refused: [...waiting.refused, ...taken.refused],
      };
      options.nudge();
    },
    handlers: {
      [takeFilesChannel]: onlyTrusted(async (input) => (isPaths(input) ? options.ids.take(input) : nothing)),
      [chooseFilesChannel]: onlyTrusted(async () => options.ids.take(await options.choose())),
      [openedFilesChannel]: onlyTrusted(async () => {
        const taken = waiting;
        waiting = nothing;
        return taken;
      }),
    },
  };
}

function isPaths(input: unknown): input is string[] {
  return (
    Array.isArray(input) &&
    input.length <= mostPaths &&
    input.every((path) => typeof path === 'string' && path !== '')
  );
}

function eachOnce(files: readonly ChosenFile[]): ChosenFile[] {
  return [...new Map(files.map((file) => [file.id, file])).values()];
}
