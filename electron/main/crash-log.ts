import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';

/** One crash. Nothing in it comes from a file, a database or a person. */
export interface Crash {
  at: Date;
  /** Which of Accession's processes. */
  process: 'main' | 'page' | 'backend' | 'index' | 'other';
  /** An exit code, or Electron's word for how it ended. */
  code: string;
  /** The error's stack, where there is one; its first line (the message) is never written. */
  stack?: string;
}

/** Half of it is dropped when it is full; a crash takes about 1 kB. */
const mostBytes = 256 * 1024;

/** Writes crashes to `path`, newest last. Never throws: a crash that cannot be written down must not cause another. */
export function crashLog(options: { path: string; version: string }): (crash: Crash) => void {
  return (crash) => {
    try {
      if (sizeOf(options.path) > mostBytes) dropOlderHalf(options.path);
      appendFileSync(options.path, crashText(crash, options.version), { mode: 0o600 });
    } catch {
      // The disk is full or the folder is gone.
    }
  };
}

/** What is written of a crash: time, process, code, version, and where in the program it happened. */
export function crashText(crash: Crash, version: string): string {
  const code = /^-?[\w-]{1,40}$/.test(crash.code) ? crash.code : 'unknown';
  const head = `${crash.at.toISOString()} ${crash.process} ended with ${code} (Accession ${version}, ${process.platform} ${process.arch})`;
  return `${[head, ...frames(crash.stack ?? '')].join('\n')}\n`;
}

const mostFrames = 30;
/** V8 prints `    at name (file:line:column)` or `    at file:line:column`. */
const frameLine =
  /^\s+at (?:(?<name>[\w$.<>[\] ]{1,120}) \()?(?<place>[^()]+):(?<line>\d+):(?<column>\d+)\)?$/;
const programFile = /^[\w.@-]{1,80}\.[cm]?[jt]s$/;

/**
 * The frames alone. A message may span lines and quote anything, so a line counts as a frame only where all of it
 * is one; of a file only its own name stays, since the folders before it may hold the name of a person.
 */
function frames(stack: string): string[] {
  return stack
    .split('\n')
    .flatMap((text) => {
      const { name, place, line, column } = frameLine.exec(text)?.groups ?? {};
      const file = place?.split(/[/\\]/).at(-1) ?? '';
      return programFile.test(file) ? [`    at ${name ?? '-'} (${file}:${line}:${column})`] : [];
    })
    .slice(0, mostFrames);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function dropOlderHalf(path: string): void {
  const text = readFileSync(path, 'utf8');
  const cut = text.indexOf('\n2', text.length / 2);
  writeFileSync(path, cut < 0 ? '' : text.slice(cut + 1), { mode: 0o600 });
}
