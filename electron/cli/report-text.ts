import { headingText } from '../../shared/records/messages.ts';
import type { RowIssue } from '../../shared/records/types.ts';
import type { LoadDetails } from '../application/loads/loads.ts';
import type { FileReport, LoadReport } from '../engine/load-report.ts';
import { duration, grouped, plural, type Style } from './terminal.ts';

/** Issues shown for each file; the rest is counted and one command away. */
const SHOWN_ISSUES = 12;
/** Issues looked at for that: many columns that are not known become one line. */
export const FETCHED_ISSUES = 100;

const HEADLINES: Record<LoadReport['status'], string> = {
  loaded: 'Loaded',
  partial: 'Loaded, without the rejected rows',
  failed: 'Not loaded',
  rehearsed: 'Rehearsed: this is what a load would do; nothing was written',
  stopped: 'Stopped',
};

/** A load's report as a person reads it. `target` names the profile. */
export function reportText(
  report: LoadReport,
  issues: LoadDetails['issues'],
  target: string,
  style: Style,
): string {
  const lines: string[] = [''];
  const colour = report.error !== null ? style.red : report.status === 'loaded' ? style.green : style.bold;
  lines.push(`${colour(headline(report))}  ${style.dim(`${target}${idOf(report)}`)}`, '');
  lines.push(...fileTable(report.files, report.status === 'rehearsed', style));
  lines.push(...issueLines(report, issues, style));
  const facts = factLines(report);
  if (facts.length > 0)
    lines.push('', ...facts.map(([name, text]) => `  ${style.dim(name.padEnd(11))} ${text}`));
  for (const problem of report.problems)
    lines.push('', style.yellow(`  ${problem.message}`), ...hintLines(problem.hint));
  if (report.error !== null && !report.problems.some((problem) => problem.code === report.error?.code))
    lines.push('', style.red(`  ${report.error.message}`), ...hintLines(report.error.hint));
  return lines.join('\n');
}

/** A load that was refused before it began is in no history: its id would lead nowhere. */
function idOf(report: LoadReport): string {
  return report.files.length === 0 ? '' : ` · load ${report.loadId.slice(0, 8)}`;
}

function headline(report: LoadReport): string {
  if (report.status === 'loaded' && report.files.every((file) => file.inserted + file.updated === 0))
    return 'Nothing to do: every row is already there, unchanged';
  return HEADLINES[report.status];
}

function hintLines(hint: string): string[] {
  return hint === '' ? [] : [`  ${hint}`];
}

function fileTable(files: readonly FileReport[], future: boolean, style: Style): string[] {
  return files.map((file) => {
    const parts = [
      [file.inserted, 'new'],
      [file.updated, 'changed'],
      [file.unchanged, 'unchanged'],
    ] as const;
    const loaded = parts.filter(([n]) => n > 0).map(([n, word]) => `${grouped(n)} ${word}`);
    const rejected = file.rejected > 0 ? style.red(`${grouped(file.rejected)} rejected`) : '';
    const warnings = file.warnings > 0 ? style.yellow(plural(file.warnings, 'warning')) : '';
    const repaired =
      file.isbnZerosRestored > 0 ? `${plural(file.isbnZerosRestored, 'lost ISBN zero')} restored` : '';
    return [
      `  ${style.bold(file.type.padEnd(10))}`,
      plural(file.rows, 'row').padStart(12),
      `   ${(loaded.join(', ') || (future ? 'nothing to load' : 'nothing loaded')).padEnd(34)}`,
      [rejected, warnings, repaired].filter((text) => text !== '').join(', '),
    ].join('');
  });
}

/** Rejected rows first: they are what a person has to act on. */
export function issueLines(
  report: Pick<LoadReport, 'files'>,
  issues: LoadDetails['issues'],
  style: Style,
): string[] {
  const lines: string[] = [];
  for (const [fileNo, { file, issues: found, total }] of issues.entries()) {
    if (found.length === 0) continue;
    const unknown = found.filter(({ code }) => code === 'column.unknown');
    const others = unknown.length > 1 ? found.filter((issue) => !unknown.includes(issue)) : found;
    const errors = others.filter((issue) => issue.severity === 'error');
    const warnings = others.filter((issue) => issue.severity === 'warning');
    lines.push('', `  ${style.bold(file)}`);
    for (const issue of [...errors, ...warnings].slice(0, SHOWN_ISSUES)) lines.push(issueLine(issue, style));
    if (unknown.length > 1) lines.push(leftOutLine(unknown, style));
    const shown = Math.min(SHOWN_ISSUES, others.length) + (unknown.length > 1 ? unknown.length : 0);
    const more = total - shown;
    if (more > 0) lines.push(style.dim(`      … and ${grouped(more)} more`));
    const rejectsFile = report.files[fileNo]?.rejectsFile ?? null;
    if (rejectsFile !== null) lines.push(style.dim(`      Rejected rows, with reasons: ${rejectsFile}`));
  }
  return lines;
}

function issueLine(issue: RowIssue, style: Style): string {
  const place = issue.row === 0 ? 'header' : `line ${grouped(issue.line)}`;
  const column = issue.column === null ? '' : `, ${headingText(issue.column)}`;
  const mark = issue.severity === 'error' ? style.red('✗') : style.yellow('!');
  return `    ${mark} ${style.dim(`${place}${column}:`)} ${issue.message}${suggested(issue, style)}`;
}

function suggested({ suggestion }: RowIssue, style: Style): string {
  if (suggestion === null) return '';
  const text = suggestion.value === null ? suggestion.label : `${suggestion.label}: ${suggestion.value}`;
  return style.dim(` → ${text}`);
}

/** A library system exports dozens of columns that are none of ours: one line for all of them. */
function leftOutLine(unknown: readonly RowIssue[], style: Style): string {
  const names = unknown.map(({ column }) => headingText(column ?? '')).join(', ');
  return `    ${style.yellow('!')} ${style.dim('header:')} ${plural(unknown.length, 'column')} not known and left out: ${names}`;
}

function factLines(report: LoadReport): [string, string][] {
  const facts: [string, string][] = [];
  const { embeddings, index, events, timings } = report;
  if (embeddings.model !== null) {
    const counts = [`${grouped(embeddings.generated)} new`, `${grouped(embeddings.reused)} reused`];
    if (embeddings.failed > 0) counts.push(`${grouped(embeddings.failed)} given up for now`);
    if (embeddings.pending > 0) counts.push(`${grouped(embeddings.pending)} pending`);
    const cost =
      embeddings.costUsd === null
        ? ''
        : `, ${grouped(embeddings.tokens)} tokens, $${embeddings.costUsd.toFixed(4)}`;
    facts.push(['Embeddings', `${counts.join(', ')} (${embeddings.model}${cost})`]);
    if (embeddings.vecPending > 0)
      facts.push([
        'Vectors',
        `${grouped(embeddings.vecPending)} still to publish into book_embeddings.vec; search does not wait for them`,
      ]);
  }
  if (index !== null)
    facts.push([
      'Index',
      `${plural(index.vectors, 'vector')} (${grouped(index.added)} added, ${grouped(index.replaced)} replaced), ${index.kind}/${index.metric}${index.dir === null ? '' : `, ${index.dir}`}`,
    ]);
  if (events.published + events.pending + events.dead > 0) {
    const counts = [`${grouped(events.published)} published`];
    if (events.pending > 0) counts.push(`${grouped(events.pending)} waiting`);
    if (events.dead > 0) counts.push(`${grouped(events.dead)} refused (dead letters)`);
    facts.push(['Events', counts.join(', ')]);
  }
  const steps = [
    ['check', timings.checkMs],
    ['stage', timings.stageMs],
    ['commit', timings.commitMs],
    ['embed', timings.embedMs],
    ['index', timings.indexMs],
    ['publish', timings.publishMs],
  ] as const;
  const spent = steps.filter(([, ms]) => ms > 0).map(([name, ms]) => `${name} ${duration(ms)}`);
  if (spent.length > 0) facts.push(['Time', `${duration(timings.totalMs)}  (${spent.join(' · ')})`]);
  return facts;
}
