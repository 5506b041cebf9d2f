import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { SavedProfile } from '../../shared/settings/profile.ts';
import type { EmbeddingProvider, EventPublisher } from '../engine/ports.ts';
import { embedderOptions, kafkaOptions } from './outside-access.ts';
import type { Profile } from './profile.ts';
import { readOnlyPublisher } from './read-only.ts';
import { trustSystem } from './system-trust.ts';

/** Throws settings.invalid that names everything the work needs and its way out, before anything is opened. */
export function throwIfUnconfigured(profile: Profile, needs: { embed: boolean; publish: boolean }): void {
  if (profile.kind === 'sandbox') return;
  const { message, problems } =
    profile.saved === null ? environmentLacks(profile) : savedLacks(profile.saved);
  const told = [needs.embed ? problems.embed : null, needs.publish ? problems.publish : null].filter(
    (problem) => problem !== null,
  );
  if (told.length === 0) return;
  throw new AppError({
    code: 'settings.invalid',
    message: `${message}\n${told.map((problem) => `  - ${problem}`).join('\n')}`,
    hint: 'Nothing was read or written yet.',
  });
}

interface Lacks {
  message: string;
  /** Null for what is there. */
  problems: { embed: string | null; publish: string | null };
}

function environmentLacks({ environment }: Profile): Lacks {
  return {
    message: 'DB_URL names a database, but not everything that a load into it needs is there:',
    problems: {
      embed:
        environment.OPENAI_API_KEY === undefined
          ? 'OPENAI_API_KEY is not set. Set it, or leave embeddings out with --no-embed.'
          : null,
      publish:
        environment.KAFKA_BROKERS === undefined
          ? 'KAFKA_BROKERS is not set. Set it (host:port,host:port), or leave events out with --no-events.'
          : null,
    },
  };
}

function savedLacks({ name, openai, kafka }: SavedProfile): Lacks {
  return {
    message: `The profile "${name}" does not have everything that a load needs:`,
    problems: {
      embed:
        openai === null
          ? 'It has no embedding service. Add one, or load without embeddings (--no-embed).'
          : null,
      publish:
        kafka === null
          ? 'It has no Kafka. Add it, or load without telling the other services (--no-events).'
          : null,
    },
  };
}

export async function openEmbedder(profile: Profile): Promise<EmbeddingProvider> {
  if (profile.kind === 'sandbox') {
    const { createLexicalEmbedder } = await import('../adapters/lexical-embedder/lexical-embedder.ts');
    return createLexicalEmbedder();
  }
  throwIfUnconfigured(profile, { embed: true, publish: false });
  const { createOpenAiEmbeddings } = await import('../adapters/openai/openai-embeddings.ts');
  const options = await embedderOptions(profile);
  if (!options.baseUrl?.startsWith('http:')) await trustSystem();
  return createOpenAiEmbeddings(options);
}

export async function openPublisher(profile: Profile): Promise<EventPublisher> {
  const publisher = await openWritable(profile);
  return profile.saved?.readOnly === true ? readOnlyPublisher(publisher, profile.name) : publisher;
}

async function openWritable(profile: Profile): Promise<EventPublisher> {
  if (profile.kind === 'sandbox') {
    const { createJournalPublisher } = await import('../adapters/journal/journal-publisher.ts');
    return createJournalPublisher({ path: join(profile.sandboxDir, 'events.jsonl') });
  }
  throwIfUnconfigured(profile, { embed: false, publish: true });
  const { createKafkaPublisher } = await import('../adapters/kafka/kafka-publisher.ts');
  const options = await kafkaOptions(profile);
  if (options.security?.endsWith('ssl')) await trustSystem();
  return createKafkaPublisher(options);
}
