import { expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/main/menu.ts';

type Template = ReturnType<typeof menuTemplate>;

function menu(platform: NodeJS.Platform, packaged = true) {
  const done: string[] = [];
  const template = menuTemplate({
    platform,
    packaged,
    actions: {
      openFiles: () => done.push('open'),
      showCrashLog: () => done.push('crash log'),
      about: () => done.push('about'),
    },
  });
  return { template, done };
}

const titles = (template: Template) => template.map(({ label, role }) => role ?? label?.replace('&', ''));
const items = (template: Template) => template.flatMap(({ submenu }) => (submenu ?? []) as Template);

test('a Mac has the application’s own menu first and the one of windows, others have neither', () => {
  expect(titles(menu('darwin').template)).toEqual([
    'appMenu',
    'File',
    'editMenu',
    'View',
    'windowMenu',
    'help',
  ]);
  expect(titles(menu('linux').template)).toEqual(['File', 'editMenu', 'View', 'help']);
  expect(titles(menu('win32').template)).toEqual(['File', 'editMenu', 'View', 'help']);
});

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s files are opened with the key that others use',
  (platform) => {
    const { template, done } = menu(platform);
    const open = items(template).find(({ id }) => id === 'open-files');
    expect(open?.accelerator).toBe('CmdOrCtrl+O');
    open?.click?.call(open, {} as never, undefined, {} as never);
    expect(done).toEqual(['open']);
  },
);

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s the application can be left by its menu',
  (platform) => {
    expect(items(menu(platform).template).filter(({ role }) => role === 'quit')).toHaveLength(1);
  },
);

test('reloading and developer tools are for developers', () => {
  const forDevelopers = (packaged: boolean) =>
    items(menu('linux', packaged).template)
      .map(({ role }) => role)
      .filter((role) => role === 'reload' || role === 'toggleDevTools');
  expect(forDevelopers(true)).toEqual([]);
  expect(forDevelopers(false)).toEqual(['reload', 'toggleDevTools']);
});
