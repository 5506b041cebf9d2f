import type { DamageFinding } from '../../shared/damage/finding.ts';
import type { DateOrderQuestion } from '../../shared/records/date-order.ts';
import { encodingName } from '../../shared/records/file-messages.ts';
import type { CheckedFileReport } from '../application/files/check.ts';
import { issueLines } from './report-text.ts';
import { grouped, plural, type Style } from './terminal.ts';

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** What a check found in one file, as a person reads it on `columns` columns. */
export function checkText(file: CheckedFileReport, style: Style, columns: number): string[] {
  const errors =
    file.rejected === 0 ? style.green('no errors') : style.red(`${plural(file.rejected, 'row')} to mend`);
  const warnings = file.warnings === 0 ? '' : `, ${style.yellow(plural(file.warnings, 'warning'))}`;
  const total = file.issueCounts.reduce((n, { count }) => n + count, 0);
  const name = file.path.split(/[/\\]/).at(-1) ?? file.path;
  return [
    `\n  ${style.bold(file.type)}  ${plural(file.rows, 'row')}, ${grouped(file.accepted)} fit to load, ${errors}${warnings}  ${style.dim(file.path)}`,
    style.dim(`    ${writtenAs(file)}`),
    ...issueLines({ files: [] }, [{ file: name, issues: file.issues, total }], style).slice(2),
    ...file.dateOrders.flatMap((question) => questionLines(question, style)),
    ...file.damage.flatMap((finding) => damageLines(finding, style, columns)),
    ...adviceLines(file.damage, style, columns),
  ];
}

function writtenAs({ encoding, delimiter, workbook, remembered }: CheckedFileReport): string {
  const parts =
    workbook === null
      ? [encodingName(encoding), `cells between ${DELIMITERS[delimiter] ?? `"${delimiter}"`}`]
      : [`workbook, sheet "${workbook.sheet}"${otherSheets(workbook)}`];
  if (remembered)
    parts.push('columns read as those of an earlier file of this shape (--no-remembered: anew)');
  return parts.join(' · ');
}

function otherSheets({ sheet, sheets }: NonNullable<CheckedFileReport['workbook']>): string {
  const others = sheets.filter((other) => other !== sheet);
  return others.length === 0 ? '' : `; --sheet chooses another: ${others.join(', ')}`;
}

function questionLines({ heading, evidence }: DateOrderQuestion, style: Style): string[] {
  const { monthFirst, dayFirst, ambiguous } = evidence;
  const seen =
    monthFirst > 0 && dayFirst === 0
      ? `${plural(monthFirst, 'date')} among the first rows can only be month first, none only day first: probably --dates month-first.`
      : dayFirst > 0 && monthFirst === 0
        ? `${plural(dayFirst, 'date')} among the first rows can only be day first, none only month first: probably --dates day-first.`
        : `Among the first rows ${plural(ambiguous, 'date')} can be either.`;
  return [
    '',
    `  ${style.yellow('?')} ${heading}: is 9/3/2026 the 3rd of September (--dates month-first) or the 9th of March (--dates day-first)?`,
    `      ${style.dim(`${seen} Said once, it is remembered.`)}`,
  ];
}

/** What a spreadsheet did to a column, with examples before → after. */
function damageLines(finding: DamageFinding, style: Style, columns: number): string[] {
  const examples = finding.examples
    .slice(0, 3)
    .map(({ row, before, after }) =>
      style.dim(`      row ${grouped(row)}: ${before}${after === null ? '' : ` → ${after}`}`),
    );
  return [
    '',
    `  ${style.bold(finding.title)}`,
    ...wrapped(finding.explanation, '      ', columns),
    ...examples,
  ];
}

/** The same advice for several columns is given once. */
function adviceLines(damage: readonly DamageFinding[], style: Style, columns: number): string[] {
  const advice = [...new Set(damage.map((finding) => finding.advice))];
  if (advice.length === 0) return [];
  return [
    '',
    `  ${style.bold('Next time')}`,
    ...advice.flatMap((text) => wrapped(text, '      ', columns).map((line) => style.dim(line))),
  ];
}

const NARROWEST = 40;
const WIDEST = 110;

function wrapped(text: string, indent: string, columns: number): string[] {
  const room = Math.min(WIDEST, Math.max(NARROWEST, columns - 1)) - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => indent + each);
}
