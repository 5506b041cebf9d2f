import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type AppEvents, followLifecycle } from '../../../electron/main/lifecycle.ts';

class AppStandIn extends EventEmitter {
  ready = true;
  quits = 0;
  isReady(): boolean {
    return this.ready;
  }
  quit(): void {
    this.quits += 1;
  }
}

function followed(platform: NodeJS.Platform) {
  const app = new AppStandIn();
  const done: string[] = [];
  const state = { hasWindow: true, mayLeave: true };
  const isQuitting = followLifecycle(
    app as unknown as AppEvents,
    {
      showWindow: () => done.push('show'),
      hasWindow: () => state.hasWindow,
      openFiles: (paths) => done.push(...paths),
      mayLeave: () => state.mayLeave,
      release: () => done.push('release'),
    },
    platform,
  );
  const event = () => {
    const made = { prevented: false, preventDefault: () => (made.prevented = true) };
    return made;
  };
  return { app, done, state, isQuitting, event };
}

test('a second start brings the window to the front and opens its files there', () => {
  const { app, done } = followed('linux');
  app.emit('second-instance', {}, ['accession', '--flag', 'books.csv'], '/home/a');
  expect(done).toEqual(['show', '/home/a/books.csv']);
});

test('a file that macOS hands over before the application is ready is opened too', () => {
  const { app, done, event } = followed('darwin');
  app.ready = false;
  const handed = event();
  app.emit('open-file', handed, '/a/books.csv');
  expect(done).toEqual(['/a/books.csv']);
  expect(handed.prevented).toBe(true);
});

test('without a window the application ends, except on a Mac', () => {
  for (const [platform, quits] of [
    ['linux', 1],
    ['win32', 1],
    ['darwin', 0],
  ] as const) {
    const { app } = followed(platform);
    app.emit('window-all-closed');
    expect(app.quits, platform).toBe(quits);
  }
});

test('the dock icon opens a window where there is none', () => {
  const { app, done, state } = followed('darwin');
  app.emit('activate');
  expect(done).toEqual([]);
  state.hasWindow = false;
  app.emit('activate');
  expect(done).toEqual(['show']);
});

test('leaving is put off while it may not', () => {
  const { app, state, isQuitting, event } = followed('linux');
  state.mayLeave = false;
  const refused = event();
  app.emit('before-quit', refused);
  expect([refused.prevented, isQuitting()]).toEqual([true, false]);
  state.mayLeave = true;
  const allowed = event();
  app.emit('before-quit', allowed);
  expect([allowed.prevented, isQuitting()]).toEqual([false, true]);
});

test('what was started is ended last', () => {
  const { app, done } = followed('linux');
  app.emit('will-quit');
  expect(done).toEqual(['release']);
});
