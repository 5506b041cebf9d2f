import { createKafkaProbe } from '../../../../electron/adapters/kafka/probe-kafka.ts';
import type { ProbeFindings, ProbeTarget } from '../../../../electron/engine/connection-test-port.ts';
import type { KafkaSettings, ProfileInput, SecretPart } from '../../../../shared/settings/profile.ts';
import { withAdmin } from '../../../services/kafka-admin.ts';
import { targetWith } from '../probe-target.ts';

export type KafkaInput = NonNullable<ProfileInput['kafka']>;

/** The five topics of this name, so that suites on one broker keep out of each other's way. */
export function topicsOf(name: string): KafkaSettings['topics'] {
  return {
    books: `${name}-books`,
    students: `${name}-students`,
    checkouts: `${name}-checkouts`,
    enrichment: `${name}-enrichment`,
    metrics: `${name}-metrics`,
  };
}

export function kafkaTarget(
  kafka: KafkaInput,
  secrets: Partial<Record<SecretPart, string>> = {},
  profile: Partial<ProfileInput> = {},
): ProbeTarget {
  return targetWith({ ...profile, kafka }, secrets);
}

export function probeKafka(
  target: ProbeTarget,
  signal: AbortSignal = new AbortController().signal,
): Promise<ProbeFindings> {
  return createKafkaProbe().run(target, signal);
}

/** How many messages were ever stored in the topics. */
export async function storedIn(brokers: string, topics: readonly string[]): Promise<number> {
  return withAdmin(brokers, async (admin) => {
    let stored = 0;
    for (const topic of topics)
      for (const { high } of await admin.fetchTopicOffsets(topic)) stored += Number(high);
    return stored;
  });
}
