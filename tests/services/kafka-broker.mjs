/** How the broker is configured and called, for the installer and for kafka.ts alike. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One node that is broker and controller (KRaft). Topics are made by whoever needs them, as in production. */
export function serverProperties({ brokerPort, controllerPort, dataDir }) {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${brokerPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${brokerPort}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${dataDir}`,
    'auto.create.topics.enable=false',
    // One broker cannot keep three replicas, and a group must not wait for members that never come.
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=1',
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n');
}

/** Arguments of `java` for one of Kafka's main classes. A stale or foreign class archive is ignored by the JVM. */
export function javaArguments({ jarsDir, classArchive }, mainClass, mainArguments, jvmOptions = []) {
  const archive =
    jvmOptions.length === 0 && existsSync(classArchive)
      ? [`-XX:SharedArchiveFile=${classArchive}`]
      : jvmOptions;
  return [
    // A short-lived, small broker: compile fast rather than well.
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    ...archive,
    '-cp',
    join(jarsDir, '*'),
    mainClass,
    ...mainArguments,
  ];
}
