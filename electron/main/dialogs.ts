import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { TABLE_FILE_KINDS } from '../../shared/table-files.ts';
import type { CloseQuestion } from './close-question.ts';
import type { LinkQuestion } from './external-links.ts';

/** Lets a person choose files, several at once. Nothing chosen is no files. */
export async function chooseFiles(window: BrowserWindow | null): Promise<string[]> {
  const options = {
    title: 'Open files',
    buttonLabel: 'Open',
    properties: ['openFile', 'multiSelections'] as ('openFile' | 'multiSelections')[],
    filters: [
      { name: 'Tables (CSV, Excel)', extensions: [...TABLE_FILE_KINDS] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const chosen = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return chosen.canceled ? [] : chosen.filePaths;
}

/** Resolves with true for "Open in the browser". The safe answer is the default one and Escape's. */
export async function askToOpenLink(window: BrowserWindow | null, question: LinkQuestion): Promise<boolean> {
  return (await ask(window, { ...question, type: 'question', defaultId: 1, cancelId: 1 })) === 0;
}

/** Resolves with true for the answer that closes. The safe one is the default and Escape's. */
export async function askToClose(window: BrowserWindow | null, question: CloseQuestion): Promise<boolean> {
  const { message, detail, buttons } = question;
  return (
    (await ask(window, {
      message,
      detail,
      buttons: [...buttons],
      type: 'warning',
      defaultId: 0,
      cancelId: 0,
    })) === 1
  );
}

export async function showAbout(window: BrowserWindow | null, version: string): Promise<void> {
  const { electron, chrome, node } = process.versions;
  await ask(window, {
    type: 'info',
    message: `Accession ${version}`,
    detail: `Electron ${electron ?? '-'}, Chromium ${chrome ?? '-'}, Node ${node}`,
    buttons: ['Close'],
  });
}

async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<number> {
  const shown = { noLink: true, ...options };
  const { response } = await (window === null
    ? dialog.showMessageBox(shown)
    : dialog.showMessageBox(window, shown));
  return response;
}
