import { AppError } from '../../../shared/errors.ts';

/**
 * Kafka's names of what concerns one message and not its topic
 * (https://kafka.apache.org/protocol.html#protocol_error_codes).
 */
const REFUSALS: Readonly<Record<string, string>> = {
  MESSAGE_TOO_LARGE: 'larger than the topic allows (max.message.bytes)',
  RECORD_LIST_TOO_LARGE: 'larger than a segment of the topic',
  INVALID_RECORD: 'not valid for this topic',
};

/** What is wrong with a message, to follow "The event is"; null where the error is not about a message. */
export function refusalOf(thrown: unknown): string | null {
  return REFUSALS[typeOf(chainOf(thrown))] ?? null;
}

/** Kafka's own name of the error, from wherever in the causes it stands; '' where there is none. */
export function errorTypeOf(thrown: unknown): string {
  return typeOf(chainOf(thrown));
}

/**
 * kafkajs' errors in a librarian's words. `where` is the topic, or the brokers where no topic is concerned.
 * Unreachable is what waiting may mend; the rest needs somebody.
 */
export function toEventsError(thrown: unknown, where: { topic: string; brokers: string }): AppError {
  if (thrown instanceof AppError) return thrown;
  const chain = chainOf(thrown);
  const names = chain.map((link) => link.name);
  const type = typeOf(chain);
  const { topic, brokers } = where;
  switch (type) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'INVALID_TOPIC_EXCEPTION':
      return new AppError({
        code: 'events.missing-topic',
        message: `The topic "${topic}" does not exist on the Kafka brokers ${brokers}.`,
        hint: `Ask whoever runs Kafka to create the topic "${topic}", or correct its name in the settings. The events are kept and leave as soon as it is there.`,
        cause: thrown,
      });
    case 'TOPIC_AUTHORIZATION_FAILED':
    case 'CLUSTER_AUTHORIZATION_FAILED':
      return new AppError({
        code: 'events.permission',
        message: `Accession may not write to the topic "${topic}" on the Kafka brokers ${brokers}.`,
        hint: 'Ask whoever runs Kafka for the rights Write and Describe on the topic, and IdempotentWrite on the cluster. The events are kept.',
        cause: thrown,
      });
    case 'SASL_AUTHENTICATION_FAILED':
    case 'UNSUPPORTED_SASL_MECHANISM':
    case 'ILLEGAL_SASL_STATE':
      return loginRefused(brokers, thrown);
  }
  if (names.includes('KafkaJSSASLAuthenticationError')) return loginRefused(brokers, thrown);
  if (isAbsence(chain)) {
    return new AppError({
      code: 'events.unreachable',
      message: `The Kafka brokers ${brokers} do not answer.`,
      hint: 'Check that Kafka is running, that KAFKA_BROKERS is right, and that KAFKA_SECURITY says what the brokers expect (TLS, login). The events are kept and leave when it is back.',
      retryable: true,
      cause: thrown,
    });
  }
  return new AppError({
    code: 'events.failed',
    message: `Kafka did not accept events for the topic "${topic}"${type === '' ? '' : ` (${type})`}.`,
    hint: 'Run the command again; if it stays, show this to whoever runs Kafka. The events are kept.',
    retryable: chain.some((link) => link.retriable === true) || PRODUCER_STATE.includes(type),
    cause: thrown,
  });
}

/** The producer has lost its place; a new one, which the next try gets, begins afresh. */
const PRODUCER_STATE: readonly string[] = [
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
];

function loginRefused(brokers: string, cause: unknown): AppError {
  return new AppError({
    code: 'events.login',
    message: `The Kafka brokers ${brokers} refuse the login.`,
    hint: 'Check KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM. The events are kept.',
    cause,
  });
}

const ABSENT_NAMES: readonly string[] = [
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSLockTimeout',
  // kafkajs reads the metadata of a cluster that has just gone away from null.
  'TypeError',
];
const ABSENT_TYPES: readonly string[] = [
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'BROKER_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'NETWORK_EXCEPTION',
];

function isAbsence(chain: readonly Link[]): boolean {
  return chain.some((link) => ABSENT_NAMES.includes(link.name) || ABSENT_TYPES.includes(link.type));
}

interface Link {
  name: string;
  type: string;
  retriable: boolean | null;
}

/** An error and its causes: kafkajs wraps what happened once or twice. */
function chainOf(thrown: unknown): Link[] {
  const chain: Link[] = [];
  let link = thrown;
  while (typeof link === 'object' && link !== null && chain.length < 8) {
    chain.push({
      name: 'name' in link ? String(link.name) : '',
      type: 'type' in link && typeof link.type === 'string' ? link.type : '',
      retriable: 'retriable' in link && typeof link.retriable === 'boolean' ? link.retriable : null,
    });
    link = 'cause' in link ? link.cause : null;
  }
  return chain;
}

function typeOf(chain: readonly Link[]): string {
  return chain.find((link) => link.type !== '')?.type ?? '';
}
