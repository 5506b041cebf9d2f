import { type ErrorReport, reportOf, toAppError } from '../../../shared/errors.ts';
import { TOPIC_KINDS } from '../../../shared/events/topics.ts';
import type { LoadPorts, LoadTuning } from '../../engine/load-context.ts';
import type { EmbeddingProvider, EventPublisher, VectorIndex } from '../../engine/ports.ts';

export interface Finding {
  part: string;
  ok: boolean;
  detail: string;
  error: ErrorReport | null;
}

/** The parts a profile names, opened one by one: opening is itself part of the examination. */
export interface DoctorParts {
  database(): Promise<LoadPorts['database']>;
  embedder(): Promise<EmbeddingProvider>;
  index(): Promise<VectorIndex>;
  publisher(): Promise<EventPublisher>;
  home(): Promise<string>;
  tryIndexFolder(dir: string): Promise<void>;
}

/**
 * Looks at every part on its own by really using it; one that is broken does not hide the others. What it writes to
 * try a folder is gone afterwards.
 */
export async function examine(
  parts: DoctorParts,
  tuning: LoadTuning,
  signal: AbortSignal,
): Promise<Finding[]> {
  return [
    await look('own files', async () => ({ ok: true, detail: await parts.home() })),
    await look('database', async () => {
      const report = await (await parts.database()).schema.inspect(signal);
      const lacks =
        report.missing.length > 0 ? `; lacks: ${report.missing.join('; ')} (accession db prepare)` : '';
      return {
        ok: report.missing.length === 0,
        detail: `${report.server}, pgvector ${report.vectorExtension ?? 'missing'}${lacks}`,
      };
    }),
    await look('embeddings', async () => {
      const embedder = await parts.embedder();
      const { vectors } = await embedder.embed(['library'], signal);
      const kind = embedder.approximate ? ' (works on words alone: results are approximate)' : '';
      return { ok: true, detail: `${embedder.model}, ${vectors[0]?.length ?? 0} dimensions${kind}` };
    }),
    await look('index', async () => {
      const status = await (await parts.index()).status(signal);
      // Where no load could publish it, it is of no use that it can be read.
      if (status.dir !== null) await parts.tryIndexFolder(status.dir);
      const where = status.dir === null ? '' : ` in ${status.dir}`;
      return {
        ok: status.state !== 'damaged',
        detail: `${status.kind}, ${status.state}, ${status.vectors} vectors${where}`,
      };
    }),
    await look('events', async () => {
      const publisher = await parts.publisher();
      const topics: string[] = [];
      for (const kind of TOPIC_KINDS) {
        const name = tuning.topicNames[kind];
        topics.push(`${name} (${await publisher.partitions(name, signal)})`);
      }
      return { ok: true, detail: `topics and partitions: ${topics.join(', ')}` };
    }),
  ];
}

async function look(
  part: string,
  examination: () => Promise<{ ok: boolean; detail: string }>,
): Promise<Finding> {
  try {
    return { part, ...(await examination()), error: null };
  } catch (thrown) {
    const error = toAppError(thrown);
    return { part, ok: false, detail: error.message, error: reportOf(error) };
  }
}
