import { FOLDER_REFUSALS, isLitter, isTableFile, MOST_IN_FOLDER } from '../../shared/table-files.ts';
import { pageFilesTexts } from '../texts/page-files.ts';
import type { RefusedFile } from './page-files.ts';

export interface DroppedFiles {
  files: File[];
  refused: RefusedFile[];
}

/**
 * The files that were dropped, and those in the folders that were dropped. Reads `dropped` before it returns, as
 * that is empty afterwards. Never rejects.
 */
export function droppedFiles(dropped: DataTransfer): Promise<DroppedFiles> {
  const things = [...dropped.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return collect(things);
}

async function collect(
  things: readonly { entry: FileSystemEntry | null; file: File | null }[],
): Promise<DroppedFiles> {
  const found: DroppedFiles = { files: [], refused: [] };
  for (const { entry, file } of things) {
    if (entry !== null && isFolder(entry)) await lookInto(entry, found);
    else if (file !== null) found.files.push(file);
  }
  return found;
}

async function lookInto(folder: FileSystemDirectoryEntry, found: DroppedFiles): Promise<void> {
  const before = found.files.length;
  const folders = [folder];
  let seen = 0;
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const entries = await entriesOf(next);
    if (entries === null) found.refused.push({ name: next.name, ...pageFilesTexts.unreadableFolder });
    for (const entry of entries ?? []) {
      seen += 1;
      if (seen > MOST_IN_FOLDER) {
        found.refused.push(refusedBecause(folder.name, 'tooMany'));
        return;
      }
      if (isFolder(entry)) folders.push(entry);
      else if (!isTableFile(entry.name)) found.refused.push(refusedBecause(entry.name, 'notATable'));
      else await addFile(entry, found);
    }
  }
  if (found.files.length === before) found.refused.push(refusedBecause(folder.name, 'noTables'));
}

async function addFile(entry: FileSystemEntry, found: DroppedFiles): Promise<void> {
  const file = await new Promise<File | null>((resolve) => {
    if (isFile(entry)) entry.file(resolve, () => resolve(null));
    else resolve(null);
  });
  if (file === null) found.refused.push({ name: entry.name, ...pageFilesTexts.unsent });
  else found.files.push(file);
}

/** What is in one folder, by name. A browser hands it over in portions, of which the last is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[] | null> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[] | null>((resolve) =>
      reader.readEntries(resolve, () => resolve(null)),
    );
    if (some === null) return null;
    entries.push(...some.filter(({ name }) => !isLitter(name)));
    if (some.length === 0 || entries.length > MOST_IN_FOLDER) break;
  }
  return entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function refusedBecause(name: string, why: keyof typeof FOLDER_REFUSALS): RefusedFile {
  const { message, hint } = FOLDER_REFUSALS[why];
  return { name, message, hint };
}
