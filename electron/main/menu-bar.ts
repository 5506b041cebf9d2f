import { existsSync } from 'node:fs';
import { app, type BrowserWindow, dialog, Menu, shell } from 'electron';
import { showAbout } from './dialogs.ts';
import { menuTemplate } from './menu.ts';

/** Gives the application its menus and does what they say. */
export function installMenu(options: {
  window: () => BrowserWindow | null;
  crashLogPath: string;
  openFiles: () => Promise<void>;
}): void {
  const template = menuTemplate({
    platform: process.platform,
    packaged: app.isPackaged,
    actions: {
      openFiles: () => void options.openFiles(),
      showCrashLog() {
        if (existsSync(options.crashLogPath)) shell.showItemInFolder(options.crashLogPath);
        else void dialog.showMessageBox({ type: 'info', message: 'Nothing has crashed so far.' });
      },
      about: () => void showAbout(options.window(), app.getVersion()),
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
