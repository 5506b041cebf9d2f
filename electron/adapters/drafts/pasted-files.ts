import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PastedFiles } from '../../engine/draft-port.ts';
import { notKept } from './not-kept.ts';

/** What people see on the file's card. */
const NAME = 'Pasted cells.tsv';

/** In the draft's own folder of the workspace at `workspaceDir`, each in a folder for its name's sake. */
export function createPastedFiles(workspaceDir: string): PastedFiles {
  return {
    async write(draftId, text) {
      const folder = join(workspaceDir, draftId, `pasted-${randomUUID()}`);
      const path = join(folder, NAME);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(path, text, { mode: 0o600 });
      } catch (cause) {
        throw notKept(folder, cause);
      }
      return path;
    },
  };
}
