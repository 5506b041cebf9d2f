import { AppError } from '../../../shared/errors.ts';
import { type CheckedFileReport, checkAndReport } from '../../application/files/check.ts';
import { checkText } from '../check-text.ts';
import { type FileOptions, filesRequest } from '../file-options.ts';
import { createProgress } from '../progress.ts';
import { FETCHED_ISSUES } from '../report-text.ts';
import { type CommandContext, EXIT } from '../run-command.ts';

/** Exit 3 where any row would be rejected. */
export async function checkCommand(
  context: CommandContext,
  paths: readonly string[],
  options: FileOptions & { profile?: string; saveMapping?: string },
): Promise<number> {
  const { composition, terminal, json, debug, signals } = context;
  const asksDatabase = options.profile !== undefined || composition.profile.kind !== 'sandbox';
  await composition.home();
  const request = await filesRequest(composition, paths, options);
  const lookup = asksDatabase ? (await composition.database()).knownIds : null;
  const report = await checkAndReport(
    composition.checkPorts(),
    composition.tuning,
    { ...request, lookup, issueLimit: json ? null : FETCHED_ISSUES },
    createProgress(terminal, () => performance.now(), debug),
    signals,
  );
  await saveMapping(context, report.files, options.saveMapping);
  if (json) {
    const files = report.files.map(({ warnings: _, mapping: __, ...file }) => file);
    terminal.print(JSON.stringify({ files }, null, 2));
  } else {
    for (const file of report.files)
      for (const line of checkText(file, terminal.style, terminal.columns())) terminal.print(line);
    if (!asksDatabase)
      terminal.print(
        terminal.style.dim(
          '\n  Only the files were looked at. To look up ids in a database too, set DB_URL or name a --profile.',
        ),
      );
  }
  return report.files.some((file) => file.rejected > 0) ? EXIT.rejected : EXIT.done;
}

async function saveMapping(
  { composition, terminal }: CommandContext,
  files: readonly CheckedFileReport[],
  path: string | undefined,
): Promise<void> {
  const [file, second] = files;
  if (path === undefined || file === undefined) return;
  if (second !== undefined)
    throw new AppError({
      code: 'usage.invalid',
      message: `--save-mapping takes one file at a time, not ${files.length}.`,
      hint: 'Check the files one by one, each with a mapping file of its own.',
    });
  await composition.mappingFiles.write(path, file.mapping);
  terminal.say(`How the columns were read is in ${path}; use it again with --mapping.`);
}
