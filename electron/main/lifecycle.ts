import type { App, Event } from 'electron';
import { filesInArguments } from './files-in-arguments.ts';

export interface LifecycleActions {
  /** Opens the window, or brings the one there is to the front. */
  showWindow(): void;
  hasWindow(): boolean;
  openFiles(paths: readonly string[]): void;
  /** False puts off leaving; see closing-guard. */
  mayLeave(): boolean;
  /** The last thing that is called. */
  release(): void;
}

/** The part of Electron's app that is listened to. */
export type AppEvents = Pick<App, 'on' | 'quit' | 'isReady'>;

/**
 * Follows the application from its start to its end. To be called before it is ready: macOS tells of the file that
 * was double-clicked before that. Returns whether the application is being quit, as a window that closes wants to know.
 */
export function followLifecycle(
  app: AppEvents,
  actions: LifecycleActions,
  platform = process.platform,
): () => boolean {
  const mac = platform === 'darwin';
  let quitting = false;

  // A second start, with or without files, ends up here: one window, one backend, one owner of the sandbox database.
  app.on('second-instance', (_event: Event, argv: string[], workingDirectory: string) => {
    if (app.isReady()) actions.showWindow();
    actions.openFiles(filesInArguments(argv, workingDirectory));
  });
  app.on('open-file', (event: Event, path: string) => {
    event.preventDefault();
    actions.openFiles([path]);
    if (app.isReady()) actions.showWindow();
  });
  // The dock icon of an application without a window.
  app.on('activate', () => {
    if (app.isReady() && !actions.hasWindow()) actions.showWindow();
  });
  app.on('window-all-closed', () => {
    if (!mac) app.quit();
  });
  app.on('before-quit', (event: Event) => {
    quitting = actions.mayLeave();
    if (!quitting) event.preventDefault();
  });
  app.on('will-quit', () => actions.release());

  return () => quitting;
}
