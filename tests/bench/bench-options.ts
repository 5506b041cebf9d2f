import { parseArgs } from 'node:util';

export interface BenchOptions {
  rows: number;
  runs: number;
  keep: boolean;
}

export const USAGE = `Usage: npm run bench:check -- [--rows N] [--runs N] [--keep]
  --rows N   books in the file (1000000); the bounds are meant for that many
  --runs N   measured runs of each program (5)
  --keep     leaves the generated file for the next run`;

/** As they follow the script's name. Throws Error with a sentence to print above USAGE. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '5' },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    rows: count('--rows', values.rows, 10_000_000),
    runs: count('--runs', values.runs, 100),
    keep: values.keep,
  };
}

function count(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > most) {
    throw new Error(`${option} wants a whole number from 1 to ${most}, not "${text}".`);
  }
  return number;
}
