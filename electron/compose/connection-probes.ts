import { join, resolve } from 'node:path';
import type { SavedProfile } from '../../shared/settings/profile.ts';
import { createSystemClock } from '../adapters/system/clock.ts';
import { createSystemRandom } from '../adapters/system/random.ts';
import type { ConnectionProbe } from '../engine/connection-test-port.ts';
import type { Clock, Random } from '../engine/ports.ts';
import { soundPartsOnly } from './sound-profile.ts';
import { trustSystem } from './system-trust.ts';
import { defaultPoolSize } from './tuning.ts';

/** Everything that `testConnection` works with; nothing is loaded or opened yet. */
export function connectionTest(homeDir: string): { probes: ConnectionProbe[]; clock: Clock } {
  const clock = createSystemClock();
  return { probes: connectionProbes({ homeDir, clock, random: createSystemRandom() }), clock };
}

export interface ProbeSurroundings {
  /** ACCESSION_HOME. */
  homeDir: string;
  clock: Clock;
  random: Pick<Random, 'uuid'>;
}

/**
 * The probes of every part; adapters are loaded only once a part is tested. The system's authorities are trusted as
 * they are by a load.
 */
export function connectionProbes(surroundings: ProbeSurroundings): ConnectionProbe[] {
  return probesOf(surroundings).map(soundPartsOnly);
}

function probesOf(surroundings: ProbeSurroundings): ConnectionProbe[] {
  const { random } = surroundings;
  return [
    {
      part: 'postgres',
      async run(target, signal) {
        if (target.profile.postgres !== null) await trustSystem();
        const { createPostgresProbe } = await import('../adapters/postgres/probe-postgres.ts');
        const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
        const createJobs = (database: Parameters<typeof createChunkJobs>[0]['database']) =>
          createChunkJobs({ database });
        return createPostgresProbe({ createJobs, uuid: () => random.uuid() }).run(target, signal);
      },
    },
    {
      part: 'kafka',
      async run(target, signal) {
        if (target.profile.kafka !== null) await trustSystem();
        const { createKafkaProbe } = await import('../adapters/kafka/probe-kafka.ts');
        return createKafkaProbe().run(target, signal);
      },
    },
    {
      part: 'openai',
      async run(target, signal) {
        if (target.profile.openai !== null) await trustSystem();
        const { createOpenAiProbe } = await import('../adapters/openai/probe-openai.ts');
        return createOpenAiProbe().run(target, signal);
      },
    },
    {
      part: 'vector-store',
      async run(target, signal) {
        const probe =
          target.profile.vectorStore.type === 'pgvector'
            ? await pgvectorProbe()
            : await faissProbe(surroundings);
        return probe.run(target, signal);
      },
    },
  ];
}

/** Where a profile's index is kept: its own folder, or one inside ACCESSION_HOME that bears its id. */
export function dataDirOf(homeDir: string, { id, vectorStore }: SavedProfile): string {
  return resolve(vectorStore.dataDir ?? join(homeDir, 'profiles', id, 'data'));
}

async function faissProbe({ homeDir, clock }: ProbeSurroundings): Promise<ConnectionProbe> {
  const { createFaissProbe } = await import('../adapters/faiss/probe-faiss.ts');
  return createFaissProbe({ homeDir, clock, dataDirOf: (profile) => dataDirOf(homeDir, profile) });
}

async function pgvectorProbe(): Promise<ConnectionProbe> {
  await trustSystem();
  const { createPgvectorProbe } = await import('../adapters/pgvector/probe-pgvector.ts');
  const { createPostgresConnection } = await import('../adapters/postgres/postgres-connection.ts');
  const { profileAddress } = await import('../adapters/postgres/profile-address.ts');
  const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
  const { createSqlDatabase } = await import('../adapters/sql/sql-database.ts');
  return createPgvectorProbe({
    async open({ profile, secret, postgresUrl }) {
      if (profile.postgres === null) throw new Error('A profile without a database has no vectors in it.');
      const connection = createPostgresConnection({
        url: postgresUrl ?? profileAddress(profile.postgres, profile.kind, await secret('postgres-password')),
        poolSize: defaultPoolSize(),
        applicationName: 'accession connection test',
      });
      const jobs = createChunkJobs({ database: connection.queueDatabase() });
      const { vectors } = createSqlDatabase({ connection, jobs });
      return { vectors, close: () => connection.close() };
    },
  });
}
