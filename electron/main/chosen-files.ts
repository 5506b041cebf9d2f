import { type BigIntStats, constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChosenFile, ChosenFiles, NoticeToBackend } from '../../shared/desktop/notices.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { filesInFolder } from './files-in-folder.ts';

/** The paths behind the ids that the page was given. They live in this process and in the backend only. */
export interface FileIds {
  /**
   * Issues an id for each path that is a readable file and tells the backend of it first, so that a request which
   * names the id finds it known. Of a folder the tables in it are taken. The same file keeps its id. Never rejects.
   */
  take(paths: readonly string[]): Promise<ChosenFiles>;
  /** Tells a backend that has just been started of every id issued so far. */
  announceAll(): void;
}

export function createFileIds(options: {
  newId: () => string;
  post: (notice: NoticeToBackend) => void;
}): FileIds {
  const ids = new Map<string, string>();

  async function takeFile(path: string): Promise<ChosenFile> {
    const real = await realpath(path);
    const stats = await stat(real, { bigint: true });
    if (!stats.isFile()) throw notAFile(stats);
    await access(real, constants.R_OK);
    const id = ids.get(real) ?? options.newId();
    ids.set(real, id);
    options.post({ kind: 'file-chosen', fileId: id, path: real });
    return { id, name: basename(path), sizeBytes: Number(stats.size) };
  }

  /** Adds to `taken` what becomes of one path. */
  async function takeOne(path: string, taken: ChosenFiles, inFolder: boolean): Promise<void> {
    try {
      if (!inFolder && (await stat(path)).isDirectory()) {
        const { paths, refused } = await filesInFolder(path);
        for (const each of paths) await takeOne(each, taken, true);
        taken.refused.push(...refused);
      } else taken.files.push(await takeFile(path));
    } catch (error) {
      taken.refused.push({ name: basename(path), error: refusal(error) });
    }
  }

  return {
    async take(paths) {
      const taken: ChosenFiles = { files: [], refused: [] };
      for (const path of new Set(paths)) await takeOne(path, taken, false);
      return taken;
    },
    announceAll() {
      for (const [path, fileId] of ids) options.post({ kind: 'file-chosen', fileId, path });
    },
  };
}

function notAFile(stats: BigIntStats): NodeJS.ErrnoException {
  return Object.assign(new Error('not a file'), { code: stats.isDirectory() ? 'EISDIR' : 'ENODEV' });
}

function refusal(error: unknown): ErrorReport {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return {
      code: 'file.missing',
      message: 'This file is not there any more.',
      hint: 'It may have been moved or renamed. Choose it again where it is now.',
      retryable: false,
    };
  if (code === 'EISDIR')
    return {
      code: 'file.is-directory',
      message: 'This is a folder.',
      hint: 'Open the folder and choose the files in it.',
      retryable: false,
    };
  return {
    code: 'file.unreadable',
    message: 'This file cannot be read.',
    hint: 'See whether you may read it, and whether another program holds it open; or copy it and choose the copy.',
    retryable: true,
  };
}
