import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { checkCommand } from './commands/check.ts';
import { loadCommand, resumeCommand } from './commands/load.ts';
import {
  dbPrepareCommand,
  doctorCommand,
  eventsStatusCommand,
  historyCommand,
  indexSearchCommand,
  indexStatusCommand,
  showCommand,
} from './commands/look.ts';
import { addFileOptions } from './file-options.ts';
import { addProfileCommands } from './profiles-program.ts';
import { type CommandContext, type CommonOptions, EXIT, reportError, runCommand } from './run-command.ts';
import { addServeCommand } from './serve-program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Parses the arguments (without the two that Node adds) and runs what they name; resolves to the exit code.
 * Never exits by itself.
 */
export async function runProgram(
  argv: readonly string[],
  version: string,
  terminal: Terminal,
): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('accession')
    .description(
      'Loads books, students and checkouts from CSV files into the database of a book recommendation engine.',
    )
    .version(version)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    });

  const command = (parent: Command, nameAndArguments: string, description: string): Command =>
    parent
      .command(nameAndArguments)
      .description(description)
      .option('--json', 'print one JSON document on stdout, everything else on stderr')
      .option(
        '--profile <name>',
        'where to work: a saved profile, sandbox, or environment (DB_URL and its companions)',
      );
  const run = async (
    options: CommonOptions,
    work: (context: CommandContext) => Promise<number>,
  ): Promise<void> => {
    code = await runCommand(terminal, options, work);
  };

  addFileOptions(command(program, 'load <file...>', 'check the files, and load what is fit to load'))
    .option('--dry-run', 'rehearse: say what would change, write nothing')
    .option('--all-or-nothing', 'write nothing unless every row can be loaded')
    .option('--max-rejects <n|n%>', 'write nothing if more rows than this are rejected')
    .option('--rejects <dir>', 'write <file>.rejected.csv with the rejected rows and their reasons')
    .option('--no-embed', 'leave embeddings and the index alone')
    .option('--no-events', 'publish no events')
    .option('--yes', 'do not ask, although the profile wants its loads rehearsed first')
    .action((files: string[], options) => run(options, (context) => loadCommand(context, files, options)));

  addFileOptions(command(program, 'check <file...>', 'list every problem in the files, write nothing'))
    .option('--save-mapping <file>', 'write how the columns were read, to be used again with --mapping')
    .action((files: string[], options) => run(options, (context) => checkCommand(context, files, options)));

  command(program, 'history', 'list the loads, newest first').action((options) =>
    run(options, historyCommand),
  );
  command(program, 'show <load>', 'show the report of one load').action((load: string, options) =>
    run(options, (context) => showCommand(context, load)),
  );
  command(program, 'resume <load>', 'go on with a load that was stopped or cut off').action(
    (load: string, options) => run(options, (context) => resumeCommand(context, load)),
  );

  const index = group(program, 'index', 'the search index');
  command(index, 'status', 'say what the index holds and whether it agrees with the database').action(
    (options) => run(options, indexStatusCommand),
  );
  command(index, 'search <words...>', 'find the books nearest to the words')
    .option('-k <n>', 'how many', atLeastOne, 5)
    .action((words: string[], options) =>
      run(options, (context) => indexSearchCommand(context, words.join(' '), options.k)),
    );

  const events = group(program, 'events', 'the events for the workers downstream');
  command(events, 'status', 'count what was published, waits, or was refused').action((options) =>
    run(options, eventsStatusCommand),
  );

  addProfileCommands(program, terminal, (ended) => {
    code = ended;
  });

  addServeCommand(program, version, terminal, (ended) => {
    code = ended;
  });

  const db = group(program, 'db', 'the target database');
  command(db, 'prepare', 'create what the database lacks')
    .option('--print', 'print the SQL for a database administrator instead')
    .action((options) => run(options, (context) => dbPrepareCommand(context, options)));

  command(program, 'doctor', 'look at every part of the profile and say what is wrong').action((options) =>
    run(options, doctorCommand),
  );

  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return EXIT.done;
    // Commander has told a person already, on stderr.
    return asksForJson(argv) ? reportError(terminal, true, wrongUsage(thrown)) : EXIT.usage;
  }
  return code;
}

/** Arguments that cannot be parsed tell no options either. What stands behind `--` is none. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}

function wrongUsage({ message }: CommanderError): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: message.replace(/^error: /, ''),
    hint: 'Add --help for what is possible.',
  });
}

function group(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}

function atLeastOne(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 1000)
    throw new InvalidArgumentError('It takes a whole number from 1 to 1000.');
  return n;
}
