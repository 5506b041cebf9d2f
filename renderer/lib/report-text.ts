import { figure } from '../../shared/amounts.ts';
import { timeSpent } from '../texts/amounts.ts';
import { typeHeading } from '../texts/records.ts';
import { reportTexts } from '../texts/report.ts';
import { factsOf, partsOf, stepTimes, summaryOf, zerosRestored } from './report-lines.ts';
import { COUNTS, headlineOf, problemsOf, sums } from './report-view.ts';
import type { ShownLoad } from './use-load-run.ts';

const texts = reportTexts;

/** The report as plain text, for a mail or a file. `target`: the profile's name, where it is known. */
export function reportText(shown: ShownLoad, target: string | null): string {
  const { report } = shown;
  const blocks: string[][] = [
    [texts.headlines[headlineOf(shown)], summaryOf(shown, target)].filter((line) => line !== ''),
    table(factsOf(shown, target)),
  ];
  if (report !== null) {
    blocks.push(fileTable(report.files));
    const zeros = zerosRestored(report);
    if (zeros > 0) blocks.push([texts.files.zeros(zeros)]);
    for (const { title, lines } of partsOf(report)) blocks.push(block(title, lines));
    const times = stepTimes(report).map(({ name, ms }) => [name, timeSpent(ms)]);
    blocks.push([
      texts.time.title,
      ...table([...times, [texts.time.total, timeSpent(report.timings.totalMs)]]).map(indented),
    ]);
  }
  const problems = problemsOf(shown).map(({ message, hint }) => `${message} ${hint}`.trim());
  if (problems.length > 0) blocks.push(block(texts.problems.title, problems));
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function block(title: string, lines: readonly string[]): string[] {
  return [title, ...lines.map(indented)];
}

function indented(line: string): string {
  return `  ${line}`;
}

function fileTable(files: NonNullable<ShownLoad['report']>['files']): string[] {
  const rows = files.map((file) => [
    `${file.name} (${typeHeading(file.type)})`,
    ...COUNTS.map((count) => figure(file[count])),
  ]);
  const total = sums(files);
  const all = files.length > 1 ? [[texts.files.total, ...COUNTS.map((count) => figure(total[count]))]] : [];
  return table([[texts.files.file, ...COUNTS.map((count) => texts.files[count])], ...rows, ...all]);
}

/** Columns of equal width: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 || row.length === 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
