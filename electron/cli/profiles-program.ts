import { type Command, InvalidArgumentError, Option } from 'commander';
import { PROBE_PARTS } from '../../shared/contract/profile-test.ts';
import { PROFILE_COLOURS, PROFILE_KINDS, SASL_MECHANISMS, TLS_MODES } from '../../shared/settings/profile.ts';
import {
  listCommand,
  type ProfilesContext,
  removeCommand,
  runProfiles,
  showProfileCommand,
  useCommand,
} from './commands/profiles.ts';
import { addCommand, duplicateCommand, editCommand, secretCommand } from './commands/profiles-edit.ts';
import { enrolCommand, exportCommand, importCommand, linkCommand } from './commands/profiles-exchange.ts';
import { testProfileCommand } from './commands/profiles-test.ts';
import type { Terminal } from './terminal.ts';

/** Adds `accession profiles …`. `ended` is told the exit code of the one that ran. */
export function addProfileCommands(
  program: Command,
  terminal: Terminal,
  ended: (code: number) => void,
): void {
  const group = program.command('profiles').description('the saved connection profiles and their passwords');
  const command = (nameAndArguments: string, description: string): Command =>
    group
      .command(nameAndArguments)
      .description(description)
      .option('--json', 'print one JSON document on stdout, everything else on stderr');
  const run = async (
    options: { json?: boolean },
    work: (context: ProfilesContext) => Promise<number>,
  ): Promise<void> => ended(await runProfiles(terminal, options, work));

  command('list', 'list them; * marks where commands work without --profile').action((options) =>
    run(options, listCommand),
  );
  command('show <name>', 'show the settings of one, and which passwords are saved').action(
    (name: string, options) => run(options, (context) => showProfileCommand(context, name)),
  );
  addDraftOptions(command('add <name>', 'save a new one')).action((name: string, options) =>
    run(options, (context) => addCommand(context, name, options)),
  );
  addDraftOptions(command('edit <name>', 'change the named settings of one'))
    .option('--name <name>', 'call it otherwise')
    .action((name: string, options) => run(options, (context) => editCommand(context, name, options)));
  command('duplicate <name>', 'save a copy, passwords included')
    .option('--name <name>', 'what to call the copy')
    .action((name: string, options) => run(options, (context) => duplicateCommand(context, name, options)));
  command('remove <name>', 'delete one and its saved passwords; the database stays as it is')
    .option('--confirm <name>', 'its name once more, instead of being asked for it')
    .action((name: string, options) => run(options, (context) => removeCommand(context, name, options)));
  command('use <name>', 'work there when a command names no --profile ("sandbox" to undo)').action(
    (name: string, options) => run(options, (context) => useCommand(context, name)),
  );
  command('secret <name> <part>', 'enter a password or key: asked for, piped in, or from a file')
    .option('--password-file <file>', 'the file that holds it')
    .option('--clear', 'forget it')
    .action((name: string, part: string, options) =>
      run(options, (context) => secretCommand(context, name, part, options)),
    );
  command('test [name]', 'test the connection to each part by really using it; changes nothing')
    .addOption(new Option('--part <part...>', 'test these parts only').choices(PROBE_PARTS))
    .action((name: string | undefined, options) =>
      run(options, (context) => testProfileCommand(context, name ?? null, options)),
    );
  command('import <file>', "add the profiles of an export, or one from the old service's .env")
    .option('--name <name>', 'what to call the profile of a .env')
    .addOption(
      new Option('--kind <kind>', 'what the profile of a .env is for')
        .choices(PROFILE_KINDS)
        .default('production'),
    )
    .action((file: string, options) => run(options, (context) => importCommand(context, file, options)));
  command('export [name...]', 'print them (all, or the named ones) for another machine, without passwords')
    .option('--output <file>', 'write to this file instead')
    .action((names: string[], options) => run(options, (context) => exportCommand(context, names, options)));
  command('link <name>', 'print an enrolment link for a colleague, without passwords').action(
    (name: string, options) => run(options, (context) => linkCommand(context, name)),
  );
  command('enrol <link>', 'add the profile of an enrolment link').action((link: string, options) =>
    run(options, (context) => enrolCommand(context, link)),
  );
}

function addDraftOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'what it is for').choices(PROFILE_KINDS))
    .addOption(new Option('--colour <colour>', 'how it is marked').choices(PROFILE_COLOURS))
    .option(
      '--postgres <url>',
      'the database, as postgresql://user@host:5432/database; the password is asked for',
    )
    .option('--password-file <file>', 'the file that holds the password of the database')
    .addOption(new Option('--tls <mode>', 'encryption of the database').choices(TLS_MODES))
    .option('--ca <file>', 'certificate authority of the database (PEM)')
    .option('--kafka <brokers>', 'brokers as host:port,host:port')
    .addOption(new Option('--kafka-tls <mode>', 'encryption of Kafka').choices(TLS_MODES))
    .option('--kafka-ca <file>', 'certificate authority of Kafka (PEM)')
    .option('--kafka-certificate <file>', 'client certificate for Kafka (PEM)')
    .option('--kafka-user <name>', 'user name of the login (SASL)')
    .addOption(new Option('--kafka-mechanism <name>', 'how the login is sent').choices(SASL_MECHANISMS))
    .option('--openai', 'embed with OpenAI')
    .option('--no-openai', 'embed nothing')
    .option('--openai-url <url>', 'embed with a service that speaks like OpenAI')
    .option('--model <name>', 'the embedding model')
    .addOption(
      new Option('--vector-store <type>', 'where vectors are searched').choices(['faiss', 'pgvector']),
    )
    .option('--data-dir <dir>', 'the folder that holds vector_store')
    .option('--batch-rows <n>', 'rows of a transaction', rows)
    .option('--read-only', 'never write through it')
    .option('--no-read-only', 'let it write')
    .option('--rehearse-first', 'rehearse every load before it may write')
    .option('--no-rehearse-first', 'load without a rehearsal');
}

function rows(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('It takes a whole number of rows.');
  return n;
}
