import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ChosenFiles } from '../../shared/desktop/notices.ts';
import { FOLDER_REFUSALS, isLitter, isTableFile, MOST_IN_FOLDER } from '../../shared/table-files.ts';

/**
 * The tables in a folder, however deep, by name; other things in it are refused. Links to folders are not followed,
 * as they may lead round in a circle. Rejects where the folder itself cannot be read.
 */
export async function filesInFolder(
  folder: string,
): Promise<{ paths: string[]; refused: ChosenFiles['refused'] }> {
  const paths: string[] = [];
  const refused: ChosenFiles['refused'] = [];
  const folders = [folder];
  let seen = 0;
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    for (const entry of await entriesOf(next)) {
      seen += 1;
      if (seen > MOST_IN_FOLDER) {
        refused.push({ name: basename(folder), error: FOLDER_REFUSALS.tooMany });
        return { paths, refused };
      }
      if (entry.isDirectory()) folders.push(join(next, entry.name));
      else if (isTableFile(entry.name)) paths.push(join(next, entry.name));
      else refused.push({ name: entry.name, error: FOLDER_REFUSALS.notATable });
    }
  }
  if (paths.length === 0) refused.push({ name: basename(folder), error: FOLDER_REFUSALS.noTables });
  return { paths, refused };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(({ name }) => !isLitter(name))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
