import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaArguments, serverProperties } from './kafka-broker.mjs';
import { locateTestServices } from './locations.mjs';
import { freePort, startSupervised, untilReady, withRetries } from './supervised-process.ts';

export interface RunningKafka {
  /** `host:port`, as KAFKA_BROKERS wants it. */
  brokers: string;
  stop: () => Promise<void>;
}

/**
 * A real broker (KRaft, one node, no topic makes itself) on free ports of 127.0.0.1, in a scratch folder. Throws when
 * it is not installed (install.mjs) or cannot start.
 */
export async function startKafka(): Promise<RunningKafka> {
  return await withRetries(3, async () => {
    const [brokerPort, controllerPort] = await Promise.all([freePort(), freePort()]);
    return await startBroker(brokerPort, ({ dataDir }) =>
      serverProperties({ brokerPort, controllerPort, dataDir }),
    );
  });
}

/**
 * One broker with properties of the caller's own, who may put files of theirs into `folder`; ready once `brokerPort`
 * is open. Tried once: the ports are the caller's, too.
 */
export async function startBroker(
  brokerPort: number,
  propertiesFor: (place: { folder: string; dataDir: string }) => string,
): Promise<RunningKafka> {
  const { kafka } = locateTestServices();
  if (!kafka.ready || kafka.javaBin === null) {
    throw new Error('Kafka for tests is not installed: node tests/services/install.mjs');
  }
  const folder = mkdtempSync(join(tmpdir(), 'accession-kafka-'));
  try {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    for (const name of ['meta.properties', 'bootstrap.checkpoint']) {
      copyFileSync(join(kafka.formattedDir, name), join(dataDir, name));
    }
    const config = join(folder, 'server.properties');
    writeFileSync(config, propertiesFor({ folder, dataDir }));
    const logFile = join(folder, 'server.log');
    const broker = startSupervised({
      command: kafka.javaBin,
      args: javaArguments(kafka, 'kafka.Kafka', [config]),
      // An orderly shutdown waits for what nobody will read again; KRaft keeps nothing outside this folder.
      stopSignal: 'SIGKILL',
      killAfterMs: 5000,
      removeAtEnd: [folder],
      logFile,
    });
    await untilReady(broker, { isReady: () => accepts(brokerPort), logFile, timeoutMs: 60_000 });
    return { brokers: `127.0.0.1:${brokerPort}`, stop: broker.stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The broker opens its listener last, so an accepted connection means that it serves. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
