import { examine } from '../../application/health/doctor.ts';
import { indexStatus, searchIndex } from '../../application/index/index-search.ts';
import { listLoads, showLoad } from '../../application/loads/loads.ts';
import { FETCHED_ISSUES, reportText } from '../report-text.ts';
import { type CommandContext, EXIT } from '../run-command.ts';
import { grouped, plural } from '../terminal.ts';

/** Commands that only look: they change nothing, whatever they find. */

export async function historyCommand({
  composition,
  terminal,
  json,
  signals,
}: CommandContext): Promise<number> {
  const loads = await listLoads({ database: await composition.database() }, 100, signals.abort);
  if (json) terminal.print(JSON.stringify(loads, null, 2));
  else if (loads.length === 0) terminal.print('No load yet. Begin with: accession load FILE…');
  for (const load of json ? [] : loads) {
    const { counts } = load;
    const files = load.files.map((file) => file.name).join(', ');
    terminal.print(
      `${load.loadId.slice(0, 8)}  ${load.startedAt.slice(0, 16).replace('T', ' ')}  ${load.status.padEnd(10)} ${plural(counts.rows, 'row').padStart(12)}, ${grouped(counts.inserted)} new, ${grouped(counts.updated)} changed, ${grouped(counts.rejected)} rejected  ${terminal.style.dim(files)}`,
    );
  }
  return EXIT.done;
}

export async function showCommand(context: CommandContext, loadId: string): Promise<number> {
  const { composition, terminal, json, signals } = context;
  const ports = { database: await composition.database(), workspace: composition.workspace };
  const load = await showLoad(ports, loadId, FETCHED_ISSUES, signals.abort);
  if (json) terminal.print(JSON.stringify(load, null, 2));
  else if (load.report === null)
    terminal.print(
      `Load ${load.loadId.slice(0, 8)}, begun ${load.startedAt}, is ${load.status}. ${load.error === null ? 'It has no report yet.' : `${load.error.message} ${load.error.hint}`}`,
    );
  else terminal.print(reportText(load.report, load.issues, composition.profile.name, terminal.style));
  return EXIT.done;
}

export async function indexStatusCommand({
  composition,
  terminal,
  json,
  signals,
}: CommandContext): Promise<number> {
  const ports = { database: await composition.database(), index: await composition.index() };
  const status = await indexStatus(ports, signals.abort);
  if (json) terminal.print(JSON.stringify(status, null, 2));
  else {
    const { style } = terminal;
    terminal.print(
      `${status.kind}/${status.metric}, ${status.state}: ${plural(status.vectors, 'vector')}, generation ${status.generation}${status.dir === null ? '' : style.dim(`  ${status.dir}`)}`,
    );
    terminal.print(
      status.agrees
        ? style.green(`It agrees with the database (${plural(status.published, 'book')}).`)
        : style.yellow(
            `The database has ${plural(status.published, 'embedded book')}: the index does not agree. Any load or resume brings it up to date.`,
          ),
    );
    if (status.vecPending > 0)
      terminal.print(`${plural(status.vecPending, 'vector')} still to publish into book_embeddings.vec.`);
  }
  return EXIT.done;
}

export async function indexSearchCommand(context: CommandContext, words: string, k: number): Promise<number> {
  const { composition, terminal, json, signals } = context;
  const ports = { embedder: await composition.embedder(), index: await composition.index() };
  const answer = await searchIndex(ports, words, k, signals.abort);
  if (json) {
    terminal.print(JSON.stringify(answer, null, 2));
    return EXIT.done;
  }
  const { style } = terminal;
  for (const hit of answer.hits) {
    const { author, grade_label: grade } = hit.metadata;
    const about = [author, grade].filter((part) => part !== '').join(', ');
    terminal.print(
      `${String(hit.rank).padStart(3)}. ${style.bold(titleOf(hit.text))}${about === '' ? '' : ` — ${about}`}  ${style.dim(`${hit.bookId}, distance ${hit.distance.toFixed(3)}`)}`,
    );
  }
  if (answer.approximate)
    terminal.print(
      style.dim('The sandbox matches words, not meaning: with an embedding model the order is better.'),
    );
  return EXIT.done;
}

/** The embedded text begins with the title; the rest of a long one is cut. */
function titleOf(text: string): string {
  const title = text.split('. ')[0] ?? text;
  return title.length > 70 ? `${title.slice(0, 69)}…` : title;
}

export async function eventsStatusCommand({
  composition,
  terminal,
  json,
  signals,
}: CommandContext): Promise<number> {
  const counts = await (await composition.database()).outbox.counts(null, signals.abort);
  if (json) terminal.print(JSON.stringify(counts, null, 2));
  else {
    for (const topic of counts.byTopic)
      terminal.print(
        `${composition.tuning.topicNames[topic.topic].padEnd(26)} ${grouped(topic.published)} published, ${grouped(topic.pending)} waiting, ${grouped(topic.dead)} refused`,
      );
    if (counts.byTopic.length === 0) terminal.print('No event yet.');
  }
  return EXIT.done;
}

export async function dbPrepareCommand(
  { composition, terminal, json, signals }: CommandContext,
  options: { print?: boolean },
): Promise<number> {
  const { schema } = await composition.database();
  if (options.print === true) {
    const sql = await schema.prepareSql(signals.abort);
    terminal.print(json ? JSON.stringify({ sql }, null, 2) : sql);
    return EXIT.done;
  }
  const { done } = await schema.prepare(signals.abort);
  if (json) terminal.print(JSON.stringify({ done }, null, 2));
  else if (done.length === 0) terminal.print('The database is ready; nothing was missing.');
  else for (const step of done) terminal.print(`✓ ${step}`);
  return EXIT.done;
}

export async function doctorCommand({
  composition,
  terminal,
  json,
  signals,
}: CommandContext): Promise<number> {
  const findings = await examine(composition, composition.tuning, signals.abort);
  if (json) terminal.print(JSON.stringify({ profile: composition.profile.name, findings }, null, 2));
  for (const finding of json ? [] : findings) {
    const mark = finding.ok ? terminal.style.green('✓') : terminal.style.red('✗');
    terminal.print(`${mark} ${finding.part.padEnd(11)} ${finding.detail}`);
    if (finding.error !== null && finding.error.hint !== '')
      terminal.print(`              ${finding.error.hint}`);
  }
  return findings.every((finding) => finding.ok) ? EXIT.done : EXIT.failed;
}
