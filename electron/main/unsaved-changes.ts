import type { MessageSender } from './ipc.ts';

/** Page → main: the name of what is not saved, or null; preload.ts names the same. */
export const unsavedChannel = 'accession:unsaved';

/** It is shown in a dialog: what is longer than a name is none. */
const LONGEST_NAME = 200;

export interface UnsavedChanges {
  /** What the page would lose with its window; null: nothing. */
  what(): string | null;
  /** The listener of `accession:unsaved`. What a stranger sends, and what is no name, is dropped. */
  receive(sender: MessageSender, what: unknown): void;
  /** The page is gone, and with it what it held. */
  forget(): void;
}

export function unsavedChanges(options: { isTrusted: (sender: MessageSender) => boolean }): UnsavedChanges {
  let held: string | null = null;
  return {
    what: () => held,
    receive(sender, what) {
      if (!options.isTrusted(sender)) return;
      if (what === null) held = null;
      else if (typeof what === 'string' && what !== '') held = shortened(what);
    },
    forget() {
      held = null;
    },
  };
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
