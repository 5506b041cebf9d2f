import { AppError } from '../../../shared/errors.ts';
import { continueLoad, issuesOf, startLoad } from '../../application/loads/loads.ts';
import type { MaxRejects } from '../../engine/load.ts';
import type { LoadReport } from '../../engine/load-report.ts';
import { askLine, type KeyboardInput } from '../ask-secret.ts';
import { type FileOptions, filesRequest } from '../file-options.ts';
import { createProgress } from '../progress.ts';
import { FETCHED_ISSUES, reportText } from '../report-text.ts';
import { type CommandContext, EXIT, exitCodeOf } from '../run-command.ts';

export interface LoadCommandOptions extends FileOptions {
  dryRun?: boolean;
  allOrNothing?: boolean;
  maxRejects?: string;
  rejects?: string;
  embed: boolean;
  events: boolean;
  yes?: boolean;
}

export async function loadCommand(
  context: CommandContext,
  paths: readonly string[],
  options: LoadCommandOptions,
  keyboard: KeyboardInput = process.stdin,
): Promise<number> {
  const { composition, terminal, debug, signals } = context;
  const maxRejects = options.maxRejects === undefined ? null : parseMaxRejects(options.maxRejects);
  const dryRun = options.dryRun === true;
  const wantsRehearsal = composition.profile.saved?.rehearseFirst === true && !dryRun && options.yes !== true;
  const refused = wantsRehearsal ? await rehearsedFirst(context, paths, options, keyboard) : null;
  if (refused !== null) return refused;
  const files = await filesRequest(composition, paths, options);
  const ports = await composition.loadPorts({
    embed: options.embed && !dryRun,
    publish: options.events && !dryRun,
  });
  const report = await startLoad(
    ports,
    composition.tuning,
    {
      ...files,
      options: {
        embed: options.embed,
        publish: options.events,
        allOrNothing: options.allOrNothing === true,
        rejectsDir: options.rejects ?? null,
      },
      maxRejects,
      dryRun,
    },
    createProgress(terminal, () => performance.now(), debug),
    signals,
  );
  const code = await present(context, report);
  if (report.status === 'rehearsed' || report.files.length === 0)
    await composition.workspace.forget(report.loadId, signals.abort);
  return code;
}

/**
 * Rehearses for a profile that wants it, shows what would change, and asks. Null where the load may go on, else the
 * exit code. Throws usage.invalid where nobody can answer.
 */
async function rehearsedFirst(
  context: CommandContext,
  paths: readonly string[],
  options: LoadCommandOptions,
  keyboard: KeyboardInput,
): Promise<number | null> {
  const { terminal, composition, json } = context;
  const { name } = composition.profile;
  if (json || keyboard.isTTY !== true)
    throw new AppError({
      code: 'usage.invalid',
      message: `Every load into ${name} is to be rehearsed and looked at before it writes.`,
      hint: 'Look at it with --dry-run, then load with --yes.',
    });
  const { maxRejects: _, rejects: __, ...same } = options;
  const code = await loadCommand(context, paths, { ...same, dryRun: true }, keyboard);
  if (code !== EXIT.done && code !== EXIT.rejected) return code;
  const answer = await askLine(keyboard, terminal.ask, `Type yes to load this into ${name}: `);
  if (answer.trim().toLowerCase() === 'yes') return null;
  terminal.say('Nothing was loaded.');
  return EXIT.stopped;
}

export async function resumeCommand(context: CommandContext, loadId: string): Promise<number> {
  const { composition, terminal, debug, signals } = context;
  const options = await composition.loadOptions(loadId, signals.abort);
  const ports = await composition.loadPorts(options);
  const progress = createProgress(terminal, () => performance.now(), debug);
  const report = await continueLoad(ports, composition.tuning, loadId, progress, signals);
  return present(context, report);
}

/** Prints the report and gives the exit code that goes with it. */
async function present(context: CommandContext, report: LoadReport): Promise<number> {
  const { composition, terminal, json, signals } = context;
  if (json) terminal.print(JSON.stringify(report, null, 2));
  else {
    const files = report.files.map((file) => ({ name: file.path.split(/[/\\]/).at(-1) ?? file.path }));
    const issues = await issuesOf(
      composition.workspace,
      { loadId: report.loadId, files },
      FETCHED_ISSUES,
      signals.abort,
    );
    terminal.print(reportText(report, issues, composition.profile.name, terminal.style));
    if (report.resumable) terminal.say(`\nGo on with: accession resume ${report.loadId.slice(0, 8)}`);
  }
  return exitCode(report);
}

export function exitCode(report: LoadReport): number {
  if (report.status === 'stopped') return EXIT.stopped;
  if (report.error !== null) return exitCodeOf(report.error.code);
  return report.files.some((file) => file.rejected > 0) ? EXIT.rejected : EXIT.done;
}

/** `25` rows or `2%` of all rows. Throws usage.invalid. */
export function parseMaxRejects(text: string): MaxRejects {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const amount = Number(match?.[1]);
  const percent = match?.[2] === '%';
  if (match === null || (percent && amount > 100) || (!percent && !Number.isInteger(amount)))
    throw new AppError({
      code: 'usage.invalid',
      message: `--max-rejects takes a number of rows or a share, not "${text}".`,
      hint: 'For example --max-rejects 25 or --max-rejects 2%.',
    });
  return percent ? { percent: amount } : { rows: amount };
}
