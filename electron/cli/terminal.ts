import { createOutput } from './output.ts';

/** Where a command writes: results on stdout, everything else on stderr, colours only for a person's terminal. */
export interface Terminal {
  /** Results. */
  print(text: string): void;
  /** Progress, notices and errors. */
  say(text: string): void;
  /** Asks on stderr, without a line break behind it. */
  ask(text: string): void;
  /** Replaces the current stderr line; only on a terminal. */
  rewrite(line: string): void;
  /** Whether stderr is a terminal that can rewrite its line. */
  interactive: boolean;
  columns(): number;
  style: Style;
}

/** The terminal of this process. */
export interface ProcessTerminal extends Terminal {
  /** Waits until all is written. Resolves to the code to end with: a result that was lost is a failure (1). */
  ended(code: number): Promise<number>;
}

export type Style = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>;

const CODES = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32 } as const;

/** NO_COLOR (no-color.org) and TERM=dumb are obeyed. */
export function processTerminal(environment: Readonly<Record<string, string | undefined>>): ProcessTerminal {
  const dumb = environment.TERM === 'dumb';
  const colour = process.stdout.isTTY === true && (environment.NO_COLOR ?? '') === '' && !dumb;
  const interactive = process.stderr.isTTY === true && !dumb;
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const results = createOutput(process.stdout);
  const asides = createOutput(process.stderr);
  const say = (text: string): void => asides.write(`${interactive ? '\r\u001b[K' : ''}${text}\n`);
  return {
    print: (text) => results.write(`${text}\n`),
    say,
    ask: asides.write,
    rewrite: (line) => {
      if (interactive) asides.write(`\r\u001b[K${line}`);
    },
    interactive,
    columns: () => process.stderr.columns ?? 100,
    style: {
      bold: paint(CODES.bold),
      dim: paint(CODES.dim),
      red: paint(CODES.red),
      yellow: paint(CODES.yellow),
      green: paint(CODES.green),
    },
    async ended(code) {
      const lost = await results.ended();
      if (lost === null) return code;
      say(lostText(lost));
      await asides.ended();
      return 1;
    },
  };
}

function lostText({ code = '' }: NodeJS.ErrnoException): string {
  const why = code === 'ENOSPC' ? 'there is no room left where it should go' : `the system says ${code}`;
  return `The output could not be written in full: ${why}. What the command did besides stands.`;
}

/** 12345 → "12,345". */
export function grouped(n: number): string {
  return n.toLocaleString('en-US');
}

/** 950 → "0.95 s", 61000 → "1 min 1 s". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function plural(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}
