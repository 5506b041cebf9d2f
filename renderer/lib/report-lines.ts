import type { LoadReportView } from '../../shared/contract/load-report.ts';
import { fullTime } from '../texts/amounts.ts';
import { reportTexts } from '../texts/report.ts';
import { headlineOf, sums } from './report-view.ts';
import type { ShownLoad } from './use-load-run.ts';

/* The sentences of a report: the same on the page, on paper and in the text that is copied. */

/** What has come of the load, in one or two sentences. `target`: the profile's name, where it is known. */
export function summaryOf(shown: ShownLoad, target: string | null): string {
  const { report } = shown;
  const headline = headlineOf(shown);
  if (headline === 'nothingNew' || headline === 'unfinished') return '';
  const sentences: string[] = [];
  if (report === null) {
    if (headline === 'failed' || headline === 'stopped') sentences.push(reportTexts.noReport);
  } else {
    const { inserted, updated, rejected } = sums(report.files);
    const written = inserted + updated;
    if (headline === 'rehearsed') sentences.push(reportTexts.wouldWrite(written));
    else if (written === 0) sentences.push(reportTexts.nothingWritten(target));
    else sentences.push(reportTexts.written(written, target));
    if (rejected > 0) sentences.push(reportTexts.rejected(rejected));
    if ((headline === 'stopped' || headline === 'failed') && written > 0) sentences.push(reportTexts.kept);
  }
  if (shown.resumable) sentences.push(reportTexts.resumable);
  return sentences.join(' ');
}

function embeddingLines({ embeddings }: LoadReportView): string[] {
  const texts = reportTexts.embeddings;
  const { model, generated, reused, failed, pending, tokens, costUsd, vecPending } = embeddings;
  if (model === null || generated + reused + failed + pending === 0) return [texts.none];
  const lines = [texts.generated(generated, model)];
  if (reused > 0) lines.push(texts.reused(reused));
  if (failed > 0) lines.push(texts.failed(failed));
  if (pending > 0) lines.push(texts.pending(pending));
  if (tokens > 0) lines.push(texts.cost(tokens, costUsd));
  if (vecPending > 0) lines.push(texts.vecPending(vecPending));
  return lines;
}

function indexLines({ index }: LoadReportView): string[] {
  const texts = reportTexts.index;
  if (index === null) return [texts.none];
  const { vectors, added, replaced, kind, metric, generation } = index;
  return [texts.vectors(vectors), texts.added(added, replaced), texts.kind(kind, metric, generation)];
}

function eventLines({ events }: LoadReportView): string[] {
  const texts = reportTexts.events;
  const { published, pending, dead } = events;
  if (published + pending + dead === 0) return [texts.none];
  return [
    texts.published(published),
    ...(pending > 0 ? [texts.pending(pending)] : []),
    ...(dead > 0 ? [texts.dead(dead)] : []),
  ];
}

/** What it did besides the rows, by headings. */
export function partsOf(report: LoadReportView): { title: string; lines: string[] }[] {
  const { embeddings, index, events } = reportTexts;
  return [
    { title: embeddings.title, lines: embeddingLines(report) },
    { title: index.title, lines: indexLines(report) },
    { title: events.title, lines: eventLines(report) },
  ];
}

/** Where to, when, and under which number; what is not known is left out. */
export function factsOf(
  { load, endedAt }: ShownLoad,
  target: string | null,
): (readonly [name: string, value: string])[] {
  const { facts } = reportTexts;
  return [
    ...(target === null ? [] : [[facts.into, target] as const]),
    [facts.started, fullTime(new Date(load.startedAt))],
    ...(endedAt === null ? [] : [[facts.ended, fullTime(new Date(endedAt))] as const]),
    [facts.number, load.loadId],
  ];
}

/** Steps that took time, in their order. */
export function stepTimes({ timings }: LoadReportView): { name: string; ms: number }[] {
  const { steps } = reportTexts.time;
  return (Object.keys(steps) as (keyof typeof steps)[])
    .map((step) => ({ name: steps[step], ms: timings[step] }))
    .filter(({ ms }) => ms > 0);
}

/** ISBNs whose lost zero came back, over all files; 0 where there are none. */
export function zerosRestored({ files }: LoadReportView): number {
  return files.reduce((sum, file) => sum + file.isbnZerosRestored, 0);
}
