import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ServeOptions } from './commands/serve.ts';
import type { Terminal } from './terminal.ts';

/** Nothing well known is registered for it. */
const USUAL_PORT = 8420;

/** Adds `accession serve`. `ended` is told the exit code. */
export function addServeCommand(
  program: Command,
  version: string,
  terminal: Terminal,
  ended: (code: number) => void,
): void {
  program
    .command('serve')
    .description(
      'open Accession in a browser: on this computer, or for others with a certificate and a password',
    )
    .option('--json', 'print one JSON document on stdout, everything else on stderr')
    .option('--profile <name>', 'whose database, index and broker /readyz and /metrics look at')
    .option(
      '--host <host>',
      'where to listen; beyond this computer it needs a certificate and a password',
      '127.0.0.1',
    )
    .option('--port <n>', `which port, 0 for any that is free (default: ${USUAL_PORT})`, between(0, 65_535))
    .option('--tls-cert <file>', 'certificate with its chain (PEM)')
    .option('--tls-key <file>', 'its private key (PEM)')
    .option(
      '--set-password',
      'ask for the password that other computers sign in with, save its hash, and end',
    )
    .option('--max-upload-mb <n>', 'the largest file that is taken', between(1, 1_048_576), 2_048)
    .addOption(
      new Option('--metrics-port <n>', 'serve /metrics at a port of its own, too')
        .env('METRICS_PORT')
        .argParser(between(0, 65_535)),
    )
    .option('--open', 'open the page in the default browser, where there is one')
    .action(async ({ setPassword, ...options }: Options) => {
      ended(await run(terminal, version, setPassword === true, { ...options, usualPort: USUAL_PORT }));
    });
}

type Options = Omit<ServeOptions, 'usualPort'> & { setPassword?: boolean };

/** What a server is made of is loaded for it alone: no other command waits for that. */
async function run(
  terminal: Terminal,
  version: string,
  setPassword: boolean,
  options: ServeOptions,
): Promise<number> {
  if (!setPassword) return (await import('./commands/serve.ts')).serveCommand(terminal, options, version);
  const { setPasswordCommand } = await import('./commands/serve-password.ts');
  return setPasswordCommand(terminal, process.stdin, options.json === true);
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= least && n <= most) return n;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}
