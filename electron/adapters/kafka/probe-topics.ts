import { type Admin, type Kafka, Partitioners } from 'kafkajs';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import { errorTypeOf, toEventsError } from './kafka-errors.ts';

export interface TopicFindings {
  /** By topic that may be written to, its partitions. */
  ready: ReadonlyMap<string, number>;
  problems: readonly ProbeProblem[];
}

export interface TopicContext {
  brokers: readonly string[];
  /** How many brokers there are: more copies than that cannot be had. */
  brokerCount: number;
  /** Who the broker takes us for, as its rules name them, e.g. `User:loader`. */
  principal: string;
}

/**
 * 0, 1 and -1 are what Kafka knows. With any other number a broker checks whether we may write to the topic, as with
 * every event, and then refuses the request with INVALID_REQUIRED_ACKS, whatever the topic's limits are: an
 * oversized event would be stored where the limit is larger than thought.
 */
const REFUSED_ACKS = 2;
const TRIAL_EVENT = JSON.stringify({ event_type: 'connection_test', source: 'ingestion_service' });

/** Asks for each topic, and sends to each an event that the broker must authorise and then refuse. */
export async function examineTopics(
  kafka: Kafka,
  admin: Admin,
  topics: readonly string[],
  context: TopicContext,
): Promise<TopicFindings> {
  const missing: string[] = [];
  const forbidden: string[] = [];
  const stored: string[] = [];
  const ready = new Map<string, number>();
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    for (const topic of new Set(topics)) {
      try {
        const metadata = await admin.fetchTopicMetadata({ topics: [topic] });
        const partitions = metadata.topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
        await producer.send({
          topic,
          acks: REFUSED_ACKS,
          messages: [{ key: 'connection-test', value: TRIAL_EVENT }],
        });
        stored.push(topic);
        ready.set(topic, partitions);
      } catch (thrown) {
        const type = errorTypeOf(thrown);
        if (type === 'INVALID_REQUIRED_ACKS') ready.set(topic, await partitionsOf(admin, topic));
        else if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION')
          missing.push(topic);
        else if (type === 'TOPIC_AUTHORIZATION_FAILED') forbidden.push(topic);
        else throw toEventsError(thrown, { topic, brokers: context.brokers.join(', ') });
      }
    }
  } finally {
    await producer.disconnect().catch(() => {});
  }
  const problems = [
    ...(missing.length > 0 ? [missingTopics(missing, context)] : []),
    ...(forbidden.length > 0 ? [forbiddenTopics(forbidden, context)] : []),
    ...(stored.length > 0 ? [storedEvents(stored)] : []),
  ];
  return { ready, problems };
}

/** Events leave through a producer that never sends one twice; getting its number needs a right of its own. */
export async function idempotenceProblem(kafka: Kafka, context: TopicContext): Promise<ProbeProblem | null> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  try {
    await producer.connect();
    return null;
  } catch (thrown) {
    if (errorTypeOf(thrown) !== 'CLUSTER_AUTHORIZATION_FAILED')
      throw thrown instanceof AppError
        ? thrown
        : toEventsError(thrown, { topic: '', brokers: context.brokers.join(', ') });
    return {
      code: 'right-missing',
      message: `Kafka does not let "${context.principal}" send events that can never arrive twice.`,
      hint: 'Ask whoever runs Kafka for the right IdempotentWrite on the cluster; the commands that go with this give it.',
      fix: {
        kind: 'commands',
        commands: [
          `kafka-acls.sh --bootstrap-server ${quoted(context.brokers.join(','))} --add --allow-principal ${quoted(context.principal)} --operation IdempotentWrite --cluster`,
        ],
      },
    };
  } finally {
    await producer.disconnect().catch(() => {});
  }
}

async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}

function missingTopics(topics: readonly string[], { brokers, brokerCount }: TopicContext): ProbeProblem {
  const one = topics.length === 1;
  return {
    code: 'topic-missing',
    message: `Kafka has no ${one ? 'topic' : 'topics'} ${listed(topics)}.`,
    hint: `Check the ${one ? 'name' : 'names'} in the profile; if ${one ? 'it is' : 'they are'} right, give the commands that go with this to whoever runs Kafka. Events wait until the ${one ? 'topic is' : 'topics are'} there.`,
    fix: {
      kind: 'commands',
      commands: topics.map(
        (topic) =>
          `kafka-topics.sh --bootstrap-server ${quoted(brokers.join(','))} --create --topic ${quoted(topic)} --partitions 3 --replication-factor ${Math.min(3, Math.max(1, brokerCount))}`,
      ),
    },
  };
}

function forbiddenTopics(topics: readonly string[], { brokers, principal }: TopicContext): ProbeProblem {
  return {
    code: 'topic-right-missing',
    message: `Kafka does not let "${principal}" write to the ${topics.length === 1 ? 'topic' : 'topics'} ${listed(topics)}.`,
    hint: 'Give the commands that go with this to whoever runs Kafka: they add the rights Write and Describe. Events wait until then.',
    fix: {
      kind: 'commands',
      commands: topics.map(
        (topic) =>
          `kafka-acls.sh --bootstrap-server ${quoted(brokers.join(','))} --add --allow-principal ${quoted(principal)} --operation Write --operation Describe --topic ${quoted(topic)}`,
      ),
    },
  };
}

function storedEvents(topics: readonly string[]): ProbeProblem {
  return {
    code: 'test-event-stored',
    message: `The brokers stored a trial event in ${listed(topics)} instead of refusing it, as Kafka's own do.`,
    hint: 'Its event_type is "connection_test" and its key "connection-test": consumers may skip it. Writing works.',
    fix: null,
  };
}

export function listed(names: readonly string[]): string {
  const quotedNames = names.map((name) => `"${name}"`);
  return quotedNames.length < 2
    ? quotedNames.join()
    : `${quotedNames.slice(0, -1).join(', ')} and ${quotedNames.at(-1)}`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w.,:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
