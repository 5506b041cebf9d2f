import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { EmbeddingProvider, EventPublisher } from '../engine/ports.ts';
import type { Profile } from './profile.ts';

/** The model that the recommendation engine's own vectors were made with, and their length. */
const DEFAULT_MODEL = 'text-embedding-3-small';
const DIMENSIONS = 1536;

/** Throws settings.invalid that names every missing variable and its way out, before anything is opened. */
export function throwIfUnconfigured(profile: Profile, needs: { embed: boolean; publish: boolean }): void {
  if (profile.kind === 'sandbox') return;
  const problems: string[] = [];
  if (needs.embed && profile.environment.OPENAI_API_KEY === undefined)
    problems.push('OPENAI_API_KEY is not set. Set it, or leave embeddings out with --no-embed.');
  if (needs.publish && profile.environment.KAFKA_BROKERS === undefined)
    problems.push(
      'KAFKA_BROKERS is not set. Set it (host:port,host:port), or leave events out with --no-events.',
    );
  if (problems.length > 0)
    throw new AppError({
      code: 'settings.invalid',
      message: `DB_URL names a database, but not everything that a load into it needs is there:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      hint: 'Nothing was read or written yet.',
    });
}

export async function openEmbedder(profile: Profile): Promise<EmbeddingProvider> {
  if (profile.kind === 'sandbox') {
    const { createLexicalEmbedder } = await import('../adapters/lexical-embedder/lexical-embedder.ts');
    return createLexicalEmbedder();
  }
  throwIfUnconfigured(profile, { embed: true, publish: false });
  const { createOpenAiEmbeddings } = await import('../adapters/openai/openai-embeddings.ts');
  const { OPENAI_API_KEY, OPENAI_BASE_URL, EMBEDDING_MODEL } = profile.environment;
  return createOpenAiEmbeddings({
    apiKey: OPENAI_API_KEY ?? '',
    ...(OPENAI_BASE_URL === undefined ? {} : { baseUrl: OPENAI_BASE_URL }),
    model: EMBEDDING_MODEL ?? DEFAULT_MODEL,
    dimensions: DIMENSIONS,
  });
}

export async function openPublisher(profile: Profile): Promise<EventPublisher> {
  if (profile.kind === 'sandbox') {
    const { createJournalPublisher } = await import('../adapters/journal/journal-publisher.ts');
    return createJournalPublisher({ path: join(profile.homeDir, 'sandbox', 'events.jsonl') });
  }
  throwIfUnconfigured(profile, { embed: false, publish: true });
  const { createKafkaPublisher } = await import('../adapters/kafka/kafka-publisher.ts');
  const { environment } = profile;
  return createKafkaPublisher({
    brokers: (environment.KAFKA_BROKERS ?? '')
      .split(',')
      .map((broker) => broker.trim())
      .filter((broker) => broker !== ''),
    security: environment.KAFKA_SECURITY ?? 'plaintext',
    sasl:
      environment.KAFKA_SASL_USERNAME === undefined
        ? undefined
        : {
            mechanism: environment.KAFKA_SASL_MECHANISM ?? 'plain',
            username: environment.KAFKA_SASL_USERNAME,
            password: environment.KAFKA_SASL_PASSWORD ?? '',
          },
    clientId: 'accession',
  });
}
