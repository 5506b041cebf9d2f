import type { LoadEvent, Step } from '../engine/load-events.ts';
import { duration, grouped, type Terminal } from './terminal.ts';

const TITLES: Record<Step, string> = {
  check: 'Checking',
  stage: 'Staging',
  review: 'Comparing with the database',
  commit: 'Writing',
  embed: 'Embedding',
  index: 'Indexing',
  publish: 'Publishing events',
};
const BAR_CELLS = 24;
/** Rewriting more often only costs time; nobody reads faster. */
const REDRAW_MS = 80;

interface Running {
  step: Step;
  file: string | null;
  unit: string;
  startedMs: number;
  done: number;
  total: number | null;
  drawnMs: number;
}

/**
 * Follows a load on stderr: a bar with rate and time left on a terminal, one plain line per finished step
 * where the output is piped. `nowMs` is a monotonic clock.
 */
export function createProgress(
  terminal: Terminal,
  nowMs: () => number,
  debug = false,
): (event: LoadEvent) => void {
  let running: Running | null = null;
  return (event) => {
    switch (event.kind) {
      case 'step-started':
        running = {
          step: event.step,
          file: event.file,
          unit: event.unit,
          startedMs: nowMs(),
          done: 0,
          total: event.total,
          drawnMs: 0,
        };
        terminal.rewrite(lineOf(running, nowMs(), terminal.columns()));
        return;
      case 'step-progress': {
        if (running === null || running.step !== event.step) return;
        running.done = event.done;
        running.total = event.total ?? running.total;
        const now = nowMs();
        if (now - running.drawnMs < REDRAW_MS) return;
        running.drawnMs = now;
        terminal.rewrite(lineOf(running, now, terminal.columns()));
        return;
      }
      case 'step-finished': {
        const file = event.file === null ? '' : ` ${event.file}`;
        const done = running !== null && running.done > 0 ? `, ${amount(running.done, running.unit)}` : '';
        terminal.say(terminal.style.dim(`${TITLES[event.step]}${file}: ${duration(event.ms)}${done}`));
        running = null;
        return;
      }
      case 'waiting': {
        const until =
          event.untilMs === null ? '' : ` (for ${duration(Math.max(0, event.untilMs - Date.now()))})`;
        terminal.say(`Waiting${until}: ${event.reason}`);
        return;
      }
      case 'problem':
        terminal.say(terminal.style.yellow(`${event.error.message} ${event.error.hint}`));
        return;
      case 'load-failed':
        if (debug) terminal.say(terminal.style.dim(event.trace));
        return;
      case 'load-started':
      case 'load-finished':
        return;
    }
  };
}

/** One line: title, bar, share, rate, time left; cut to the terminal's width. */
function lineOf(running: Running, nowMs: number, columns: number): string {
  const title = `${TITLES[running.step]}${running.file === null ? '' : ` ${running.file}`}`;
  const seconds = (nowMs - running.startedMs) / 1000;
  const parts = [title];
  if (running.total !== null && running.total > 0) {
    const share = Math.min(1, running.done / running.total);
    const full = Math.round(share * BAR_CELLS);
    parts.push(
      `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${String(Math.floor(share * 100)).padStart(3)}%`,
    );
  }
  if (running.done > 0 && seconds > 0.2) {
    const rate = running.done / seconds;
    parts.push(`${amount(Math.round(rate), running.unit)}/s`);
    if (running.total !== null && running.total > running.done)
      parts.push(`${duration(((running.total - running.done) / rate) * 1000)} left`);
  }
  return parts.join('  ').slice(0, Math.max(20, columns - 1));
}

function amount(n: number, unit: string): string {
  if (unit !== 'bytes') return `${grouped(n)} ${unit}`;
  return n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e3).toFixed(0)} kB`;
}
