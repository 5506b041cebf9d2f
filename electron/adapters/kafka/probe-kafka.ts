import { X509Certificate } from 'node:crypto';
import type { Admin, Kafka } from 'kafkajs';
import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import type { KafkaSettings } from '../../../shared/settings/profile.ts';
import type { ConnectionProbe, ProbeFindings } from '../../engine/connection-test-port.ts';
import { createKafkaClient } from './kafka-client.ts';
import { accessProblem, unreachedBroker } from './probe-access.ts';
import { kafkaVersion } from './probe-api-versions.ts';
import { encryptionFact, encryptionProblems } from './probe-encryption.ts';
import { addressOf, type GreetingOptions, greet, isGreeted } from './probe-greeting.ts';
import { examineTopics, idempotenceProblem, type TopicContext } from './probe-topics.ts';
import { type KafkaAccess, kafkaAccess } from './profile-access.ts';

const GREETING_TIMEOUT_MS = 6_000;
/** A cluster of any size is the same from here on: its other brokers are asked in the same way. */
const MOST_GREETED = 10;

/** Problems with which events still get through. */
const BEARABLE: ReadonlySet<ProbeProblem['code']> = new Set([
  'tls-unverified',
  'unencrypted',
  'test-event-stored',
]);

/**
 * Greets each broker, logs in, and sends to each topic an event that is authorised and then refused. No topic is
 * made and nothing is stored.
 */
export function createKafkaProbe(): ConnectionProbe {
  return {
    part: 'kafka',
    async run({ profile, secret }, signal) {
      const { kafka } = profile;
      if (kafka === null) return notConfigured(profile.kind === 'sandbox');
      const access = await kafkaAccess(kafka, profile.kind, secret);
      if ('problem' in access) return failed([access.problem]);
      return await look(kafka, access, signal);
    },
  };
}

async function look(
  settings: KafkaSettings,
  access: Exclude<KafkaAccess, { problem: ProbeProblem }>,
  signal: AbortSignal,
): Promise<ProbeFindings> {
  const greeting: GreetingOptions = {
    tls: access.tls,
    ownAuthority: settings.ca !== null,
    timeoutMs: GREETING_TIMEOUT_MS,
  };
  const asked = settings.brokers.slice(0, MOST_GREETED);
  const answers = await Promise.all(asked.map((broker) => greet(broker, greeting, signal)));
  const greeted = answers.find(isGreeted);
  const unanswered = answers.filter((answer): answer is ProbeProblem => !isGreeted(answer));
  if (greeted === undefined) return failed(unanswered);

  // One broker that answers is enough to begin with; kafkajs, though, would lose its time with the others.
  const brokers = asked.filter((_, n) =>
    isGreeted(answers[n] ?? { code: 'failed', message: '', hint: '', fix: null }),
  );
  const kafka = createKafkaClient({ ...access.options, brokers, clientId: 'accession-connection-test' });
  const admin = kafka.admin();
  const problems = encryptionProblems(settings);
  const facts = [encryptionFact(settings, greeted)];
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    const unreachable = await advertisedProblems(settings, cluster.brokers, greeting, signal);
    if (unreachable.length > 0) problems.push(...unreachable);
    else {
      const context = contextOf(settings, cluster.brokers.length);
      facts.push(`${counted(cluster.brokers.length, 'broker')} in the cluster`, ...loginFacts(settings));
      await examine(kafka, admin, settings, context, facts, problems);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    const address = unreachedBroker(thrown);
    const elsewhere = address === null ? [] : [addressOf(address)];
    const strayed = await advertisedProblems(settings, elsewhere, greeting, signal);
    problems.push(...(strayed.length > 0 ? strayed : [accessProblem(thrown, settings)]));
  } finally {
    await admin.disconnect().catch(() => {});
  }
  return {
    state: stateOf(problems, unanswered),
    version: kafkaVersion(greeted.metadataLevel),
    facts,
    problems: [...unanswered, ...problems],
  };
}

async function examine(
  kafka: Kafka,
  admin: Admin,
  settings: KafkaSettings,
  context: TopicContext,
  facts: string[],
  problems: ProbeProblem[],
): Promise<void> {
  const found = await examineTopics(kafka, admin, Object.values(settings.topics), context);
  problems.push(...found.problems);
  if (found.ready.size === 0) return;
  const topics = [...found.ready].map(
    ([topic, partitions]) => `${topic} (${counted(partitions, 'partition')})`,
  );
  facts.push(`Events may be written to ${topics.join(', ')}.`);
  const idempotence = await idempotenceProblem(kafka, context);
  if (idempotence !== null) problems.push(idempotence);
}

/**
 * Whatever address we were given, events go to the address each broker has for itself (`advertised.listeners`),
 * which in a container is easily one that nobody outside can reach.
 */
async function advertisedProblems(
  settings: KafkaSettings,
  brokers: readonly { host: string; port: number }[],
  greeting: GreetingOptions,
  signal: AbortSignal,
): Promise<ProbeProblem[]> {
  const others = brokers
    .map(({ host, port }) => `${host}:${port}`)
    .filter((address) => !settings.brokers.includes(address))
    .slice(0, MOST_GREETED);
  const answers = await Promise.all(others.map((address) => greet(address, greeting, signal)));
  return answers.flatMap((answer, n) =>
    isGreeted(answer) ? [] : [badAdvertisement(others[n] ?? '', answer)],
  );
}

function badAdvertisement(address: string, reason: ProbeProblem): ProbeProblem {
  return {
    code: 'advertised-address',
    message: `A Kafka broker answers, but sends us on to the address ${address}, which does not work from here. ${reason.message}`,
    hint: 'Ask whoever runs Kafka to set advertised.listeners to an address that this computer can reach.',
    fix: null,
  };
}

function contextOf(settings: KafkaSettings, brokerCount: number): TopicContext {
  return { brokers: settings.brokers, brokerCount, principal: `User:${nameOf(settings)}` };
}

/** Kafka takes a client without login or certificate for ANONYMOUS, one with a certificate for its subject. */
function nameOf({ sasl, tls, clientCertificate }: KafkaSettings): string {
  if (sasl !== null) return sasl.username;
  if (tls === 'off' || clientCertificate === null) return 'ANONYMOUS';
  return new X509Certificate(clientCertificate).subject.split('\n').reverse().join(',');
}

function loginFacts({ sasl }: KafkaSettings): string[] {
  return sasl === null ? [] : [`Logged in as ${sasl.username} (${sasl.mechanism.toUpperCase()})`];
}

/** Brokers that do not answer are bearable while another one does. */
function stateOf(
  problems: readonly ProbeProblem[],
  unanswered: readonly ProbeProblem[],
): ProbeFindings['state'] {
  if (problems.length + unanswered.length === 0) return 'ok';
  return problems.every(({ code }) => BEARABLE.has(code)) ? 'attention' : 'failed';
}

function failed(problems: ProbeProblem[]): ProbeFindings {
  return { state: 'failed', version: null, facts: [], problems };
}

function notConfigured(sandbox: boolean): ProbeFindings {
  const fact = sandbox
    ? 'Events are written to a file inside Accession, on this computer.'
    : 'The profile has no Kafka: no events are published.';
  return { state: 'not-configured', version: null, facts: [fact], problems: [] };
}

function counted(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
}
