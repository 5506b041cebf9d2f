import type { RecordType } from '../../../shared/records/types.ts';
import { checkAndReport } from '../../application/files/check.ts';
import { createProgress } from '../progress.ts';
import { issueLines, SHOWN_ISSUES } from '../report-text.ts';
import { type CommandContext, EXIT } from '../run-command.ts';
import { grouped, plural } from '../terminal.ts';

/** Exit 3 where any row would be rejected. */
export async function checkCommand(
  context: CommandContext,
  paths: readonly string[],
  options: { type?: RecordType; profile?: string },
): Promise<number> {
  const { composition, terminal, json, debug, signals } = context;
  const asksDatabase = options.profile !== undefined || composition.profile.kind === 'environment';
  const report = await checkAndReport(
    await composition.checkPorts(asksDatabase),
    composition.tuning,
    { paths, type: options.type ?? null, issueLimit: json ? null : SHOWN_ISSUES },
    createProgress(terminal, () => performance.now(), debug),
    signals,
  );
  if (json) {
    const files = report.files.map(({ warnings: _, ...file }) => file);
    terminal.print(JSON.stringify({ files }, null, 2));
  } else {
    const { style } = terminal;
    for (const file of report.files) {
      const errors =
        file.rejected === 0 ? style.green('no errors') : style.red(`${plural(file.rejected, 'row')} to mend`);
      const warnings = file.warnings === 0 ? '' : `, ${style.yellow(plural(file.warnings, 'warning'))}`;
      terminal.print(
        `\n  ${style.bold(file.type)}  ${plural(file.rows, 'row')}, ${grouped(file.accepted)} fit to load, ${errors}${warnings}  ${style.dim(file.path)}`,
      );
      const total = file.issueCounts.reduce((n, { count }) => n + count, 0);
      const name = file.path.split(/[/\\]/).at(-1) ?? file.path;
      const lines = issueLines({ files: [] }, [{ file: name, issues: file.issues, total }], style);
      for (const line of lines.slice(2)) terminal.print(line);
    }
    if (!asksDatabase)
      terminal.print(
        style.dim(
          '\n  Only the files were looked at. To look up ids in a database too, set DB_URL or name a --profile.',
        ),
      );
  }
  return report.files.some((file) => file.rejected > 0) ? EXIT.rejected : EXIT.done;
}
