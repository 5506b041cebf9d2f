import { fileURLToPath } from 'node:url';
import { runProgram } from './program.ts';
import { EXIT } from './run-command.ts';
import { processTerminal } from './terminal.ts';

/**
 * `npm run demo`: loads the sample term into the sandbox and asks the new index one question. The samples
 * hold mistakes on purpose, so "some rows were rejected" is how a good run ends.
 */
const QUESTION = 'a pig and a spider on a farm';
const terminal = processTerminal(process.env);
const { bold, dim } = terminal.style;
const samples = ['books', 'students', 'checkouts'].map((name) =>
  fileURLToPath(new URL(`../../shared/samples/${name}.csv`, import.meta.url)),
);
const accession = (...argv: string[]): Promise<number> => runProgram(argv, 'demo', terminal);

terminal.print(bold('\nA small school term: three CSV files, with the mistakes that such files have.'));
terminal.print(dim('  accession load books.csv students.csv checkouts.csv --profile sandbox'));
const loaded = await accession('load', ...samples, '--profile', 'sandbox');

if (loaded === EXIT.done || loaded === EXIT.rejected) {
  terminal.print(bold('\nAnd one question to the new index:'));
  terminal.print(dim(`  accession index search "${QUESTION}"`));
  const found = await accession('index', 'search', QUESTION, '--profile', 'sandbox');
  terminal.print(
    dim('\nTry next:  npm run -s accession -- check YOUR-FILE.csv      npm run -s accession -- --help\n'),
  );
  process.exitCode = await terminal.ended(found);
} else {
  process.exitCode = await terminal.ended(loaded);
}
