import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openFiles(): void;
  showCrashLog(): void;
  about(): void;
}

/**
 * The menus, in each system's own order. Keys that the systems agree on come with their roles; `CmdOrCtrl` is
 * Command on a Mac. Reloading and developer tools are for developers: a reload loses what is half typed.
 */
export function menuTemplate(options: {
  platform: NodeJS.Platform;
  packaged: boolean;
  actions: MenuActions;
}): MenuItemConstructorOptions[] {
  const { actions } = options;
  const mac = options.platform === 'darwin';
  const separator = { type: 'separator' } as const;
  const about: MenuItemConstructorOptions = {
    id: 'about',
    label: 'About Accession',
    click: () => actions.about(),
  };

  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      about,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      {
        id: 'open-files',
        label: '&Open Files…',
        accelerator: 'CmdOrCtrl+O',
        click: () => actions.openFiles(),
      },
      separator,
      mac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(options.packaged
        ? []
        : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { id: 'crash-log', label: 'Show the &Crash Log', click: () => actions.showCrashLog() },
      ...(mac ? [] : [separator, about]),
    ],
  };
  return [
    ...(mac ? [application] : []),
    file,
    { role: 'editMenu' },
    view,
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    help,
  ];
}
