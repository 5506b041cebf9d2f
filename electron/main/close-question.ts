/** Asked before something goes away that somebody may want to keep. */
export interface CloseQuestion {
  message: string;
  detail: string;
  /** The safe answer first. */
  buttons: readonly [stay: string, leave: string];
}

export const loadQuestion: CloseQuestion = {
  message: 'A load is still running.',
  detail:
    'What is loaded so far stays, and the load goes on where it was when you open Accession again. Close it all the same?',
  buttons: ['Keep working', 'Close Accession'],
};

/** `what`: the name of what is half changed. */
export function unsavedQuestion(what: string): CloseQuestion {
  return {
    message: `There are changes to ${what} that are not saved.`,
    detail: 'They are lost when the window is closed; what was saved before stays.',
    buttons: ['Keep editing', 'Close without saving'],
  };
}

export interface ClosingGuard {
  /**
   * Whether it may go now: the window, or the application with it. False while there are questions and nobody has
   * agreed to all of them yet: they are then put one after the other, and `leave` is called when every answer is yes.
   */
  mayLeave(questions: readonly CloseQuestion[], leave: () => void): boolean;
  /** What was agreed to has happened: the next window is asked about anew. */
  forget(): void;
}

export function closingGuard(options: {
  /** Resolves with true where the person wants to close all the same. */
  ask: (question: CloseQuestion) => Promise<boolean>;
}): ClosingGuard {
  let agreed = false;
  let asking = false;

  async function agreesTo(questions: readonly CloseQuestion[]): Promise<boolean> {
    for (const question of questions) if (!(await options.ask(question))) return false;
    return true;
  }

  async function ask(questions: readonly CloseQuestion[], leave: () => void): Promise<void> {
    asking = true;
    try {
      agreed = await agreesTo(questions);
    } finally {
      asking = false;
    }
    if (agreed) leave();
  }

  return {
    mayLeave(questions, leave) {
      if (agreed || questions.length === 0) return true;
      if (!asking) void ask(questions, leave);
      return false;
    },
    forget() {
      agreed = false;
    },
  };
}
