import { type BrowserWindow, Notification } from 'electron';
import type { LoadNotice } from '../../shared/desktop/notices.ts';
import { endNotification, followLoad, type LoadActivity, noLoads, taskbarProgress } from './load-activity.ts';

/** Shows outside the page what the loads are doing: on the icon in the dock or taskbar, and when a long one ends. */
export interface LoadDisplay {
  receive(event: LoadNotice): void;
  /** The backend is gone: its loads are not running until a new one takes them up and says so. */
  forgetAll(): void;
  isLoading(): boolean;
}

export function showLoads(options: {
  window: () => BrowserWindow | null;
  /** The person clicked the notification. */
  onWanted: () => void;
  now?: () => number;
}): LoadDisplay {
  const { now = () => Date.now() } = options;
  let activity: LoadActivity = noLoads;

  function showProgress(): void {
    const progress = taskbarProgress(activity);
    // Electron: below 0 takes the bar away, above 1 makes it one without an end.
    options.window()?.setProgressBar(progress === null ? -1 : progress === 'busy' ? 2 : progress);
  }

  return {
    receive(event) {
      const next = followLoad(activity, event, now());
      activity = next.activity;
      showProgress();
      const inFront = options.window()?.isFocused() ?? false;
      const text = next.ended === null ? null : endNotification(next.ended, inFront);
      if (text === null || !Notification.isSupported()) return;
      const notification = new Notification(text);
      notification.on('click', options.onWanted);
      notification.show();
    },
    forgetAll() {
      activity = noLoads;
      showProgress();
    },
    isLoading: () => activity.size > 0,
  };
}
