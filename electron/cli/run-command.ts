import { AppError, type ErrorCode, reportOf, toAppError, traceOf } from '../../shared/errors.ts';
import { type Composition, compose } from '../compose/compose.ts';
import { findChosenProfile } from '../compose/saved-profile.ts';
import type { LoadSignals } from '../engine/load-context.ts';
import type { Terminal } from './terminal.ts';

/** 0 done; 3 done but rows were rejected; 1 failed; 2 wrong usage; 130 stopped by Ctrl-C (sysexits and shells agree on 2 and 130). */
export const EXIT = { done: 0, failed: 1, usage: 2, rejected: 3, stopped: 130 } as const;

export interface CommonOptions {
  json?: boolean;
  profile?: string;
}

export interface CommandContext {
  composition: Composition;
  terminal: Terminal;
  json: boolean;
  /** LOG_LEVEL=debug: say where an error came from. */
  debug: boolean;
  signals: LoadSignals;
}

/**
 * Runs one command: opens the profile, lets go of everything in reverse order, prints errors as text or JSON,
 * and gives the exit code. The first Ctrl-C asks the work to stop at the next whole chunk, the second ends it.
 */
export async function runCommand(
  terminal: Terminal,
  options: CommonOptions,
  work: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const abort = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) {
      // A call that never returns must not keep the process: a third signal is the system's to deal with.
      letGo();
      abort.abort(stoppedAtOnce());
      return;
    }
    stop.abort();
    terminal.say('Stopping after the chunk in hand. Press Ctrl-C again to stop at once.');
  };
  const letGo = (): void => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let composition: Composition | null = null;
  const json = options.json === true;
  try {
    const notify = (notice: string): void => terminal.say(notice);
    composition = compose(await findChosenProfile(process.env, options.profile ?? null, notify), notify);
    return await work({
      composition,
      terminal,
      json,
      debug: process.env.LOG_LEVEL === 'debug',
      signals: { stop: stop.signal, abort: abort.signal },
    });
  } catch (thrown) {
    return reportError(terminal, json, thrown);
  } finally {
    letGo();
    await composition?.close();
  }
}

export function reportError(terminal: Terminal, json: boolean, thrown: unknown): number {
  const error = toAppError(thrown);
  if (json) terminal.print(JSON.stringify({ error: reportOf(error) }, null, 2));
  else {
    terminal.say(terminal.style.red(error.message));
    if (error.hint !== '') terminal.say(error.hint);
  }
  if (process.env.LOG_LEVEL === 'debug') terminal.say(traceOf(error));
  return exitCodeOf(error.code);
}

/** What another command line, other settings or another profile would mend. */
const USAGE: ReadonlySet<ErrorCode> = new Set([
  'usage.invalid',
  'settings.invalid',
  'profile.unknown',
  'profile.refused',
] as const);

export function exitCodeOf(code: ErrorCode): number {
  if (USAGE.has(code)) return EXIT.usage;
  return code === 'stopped' ? EXIT.stopped : EXIT.failed;
}

function stoppedAtOnce(): AppError {
  return new AppError({ code: 'stopped', message: 'Stopped.', hint: 'What was whole has been kept.' });
}
