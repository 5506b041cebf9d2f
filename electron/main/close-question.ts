/** Asked before the application goes away under a running load. */
export const closeQuestion = {
  message: 'A load is still running.',
  detail:
    'What is loaded so far stays, and the load goes on where it was when you open Accession again. Close it all the same?',
  buttons: ['Keep working', 'Close Accession'],
} as const;

export interface ClosingGuard {
  /**
   * Whether the application may go now. False while a load runs and nobody has agreed yet: the question is then
   * put, and `leave` called when the answer is yes.
   */
  mayLeave(): boolean;
}

export function closingGuard(options: {
  isLoading: () => boolean;
  /** Resolves with true where the person wants to close all the same. */
  ask: () => Promise<boolean>;
  leave: () => void;
}): ClosingGuard {
  let agreed = false;
  let asking = false;

  async function ask(): Promise<void> {
    asking = true;
    try {
      agreed = await options.ask();
    } finally {
      asking = false;
    }
    if (agreed) options.leave();
  }

  return {
    mayLeave() {
      if (agreed || !options.isLoading()) return true;
      if (!asking) void ask();
      return false;
    },
  };
}
