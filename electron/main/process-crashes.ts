import { app, dialog, type RenderProcessGoneDetails, type WebContents } from 'electron';
import { framesOf } from '../../shared/errors.ts';
import type { Crash } from './crash-log.ts';
import { defaultRestartPolicy, restartDelayMs } from './restart-policy.ts';

/** Writes down what crashes in this process or beside it. The backend and FAISS are seen to by who started them. */
export function recordCrashes(record: (crash: Crash) => void): void {
  process.on('uncaughtException', (error) => {
    record({ at: new Date(), process: 'main', code: nameOf(error), stack: stackOf(error) });
    // What this process was doing is unknown now, so it ends; the backend's work is kept and taken up again.
    dialog.showErrorBox(
      'Accession has to close',
      'Something went wrong inside Accession. Open it again: what is loaded stays, and a load that was running goes on where it was.',
    );
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    record({ at: new Date(), process: 'main', code: nameOf(reason), stack: stackOf(reason) });
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.type !== 'Utility' && details.reason !== 'clean-exit')
      record({ at: new Date(), process: 'other', code: details.reason });
  });
}

/** Loads a page again whose process crashed, less and less eagerly. `onGone` comes first. */
export function reviveAfterCrash(
  contents: WebContents,
  onGone: (details: RenderProcessGoneDetails) => void,
): void {
  let revivedAtMs: number[] = [];
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    onGone(details);
    const atMs = Date.now();
    const delayMs = restartDelayMs(defaultRestartPolicy, revivedAtMs, atMs);
    revivedAtMs = [...revivedAtMs.slice(-defaultRestartPolicy.atMost), atMs + delayMs];
    setTimeout(() => {
      if (!contents.isDestroyed()) contents.reload();
    }, delayMs);
  });
}

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : 'thrown');
const stackOf = (thrown: unknown): string => (thrown instanceof Error ? framesOf(thrown).join('\n') : '');
