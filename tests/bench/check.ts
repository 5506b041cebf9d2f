import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type BenchOptions, benchOptions, USAGE } from './bench-options.ts';
import { type BooksFile, generateBooks } from './generate-books.ts';
import { figuresOf, type Measured, type Round, spreadLines, tableOf } from './report.ts';
import { runBare, runOurs } from './run-programs.ts';
import { goalLines, verdictLine, verdicts } from './verdict.ts';

/**
 * `npm run bench:check`: checks a file of books again and again, in turn with bare PapaParse over the same file,
 * and says of each promise whether it was kept. Exit code 0 when all were, 1 when one was missed or a program
 * failed, 2 for wrong usage. Figures go to stdout, progress to stderr.
 */
const SEED = 7;
const BOUNDS_ARE_FOR_ROWS = 1_000_000;

async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = benchOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  console.log(`${availableParallelism()} CPUs, Node ${process.version}, ${process.platform} ${process.arch}`);
  progress(`making ${options.rows} books`);
  const file = await generateBooks({ rows: options.rows, seed: SEED });
  try {
    return await measure(file, options.runs);
  } finally {
    // What an earlier run was told to keep stays.
    if (!options.keep && !file.reused) await rm(file.path, { force: true });
  }
}

async function measure(file: BooksFile, runs: number): Promise<number> {
  console.log(
    `${file.rows} books, ${(file.bytes / 1e6).toFixed(1)} MB, ${file.badRows} bad rows ` +
      `(${file.rejectedRows} errors, ${file.warnedRows} warnings): ${file.path}${file.reused ? ' (kept by an earlier run)' : ''}`,
  );
  if (file.rows !== BOUNDS_ARE_FOR_ROWS) console.log(`The bounds are meant for ${BOUNDS_ARE_FOR_ROWS} rows.`);

  progress('reading the file once, so that nobody waits for the disk');
  await readThrough(file.path);
  progress('bare PapaParse, rows as objects');
  const objects = await runBare(file.path, 'objects');

  const rounds: Round[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`run ${run} of ${runs}: bare PapaParse`);
    const bare = await runBare(file.path, 'lists');
    progress(`run ${run} of ${runs}: ours`);
    rounds.push({ bare, ours: await runOurs(file.path) });
  }
  const measured: Measured = { promised: file, bytes: file.bytes, rounds };
  const figures = figuresOf(measured);
  const judged = verdicts(figures);

  console.log(`\n${tableOf(measured)}\n`);
  const objectRows = ((file.rows / objects.ms) * 1000).toFixed(0);
  console.log(`bare PapaParse with rows as objects (header: true), for comparison: ${objectRows} rows/s`);
  for (const line of spreadLines(measured)) console.log(line);
  if (figures.memoryMeasure === 'RSS') {
    console.log('This system tells no PSS: memory is summed RSS, which counts shared pages more than once.');
  }
  console.log('');
  for (const line of [...judged.map(verdictLine), ...goalLines(figures)]) console.log(line);
  return judged.every((verdict) => verdict.met) ? 0 : 1;
}

async function readThrough(path: string): Promise<void> {
  for await (const _chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }));
}

function progress(line: string): void {
  process.stderr.write(`… ${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
