import type { ProbeResult } from '../../../shared/contract/profile-test.ts';

export const WORKING_PARTS: readonly ProbeResult[] = [
  {
    part: 'postgres',
    state: 'ok',
    ms: 84,
    version: 'PostgreSQL 18.4',
    facts: ['pgvector 0.8.5', 'all tables are there', 'may write'],
    problems: [],
  },
  {
    part: 'kafka',
    state: 'attention',
    ms: 1240,
    version: 'Kafka 4.3.1',
    facts: ['2 brokers', 'all 5 topics are there', 'may send'],
    problems: [
      {
        code: 'tls-unverified',
        message: 'The connection is encrypted, but the brokers prove nothing.',
        hint: 'Choose “Verified”, and add your certificate authority where it is your own.',
        fix: null,
      },
    ],
  },
  {
    part: 'openai',
    state: 'ok',
    ms: 312,
    version: null,
    facts: ['text-embedding-3-small', '1536 dimensions'],
    problems: [],
  },
  {
    part: 'vector-store',
    state: 'not-configured',
    ms: 0,
    version: null,
    facts: [],
    problems: [],
  },
];

export const BROKEN_PARTS: readonly ProbeResult[] = [
  {
    part: 'postgres',
    state: 'failed',
    ms: 61,
    version: 'PostgreSQL 18.4',
    facts: ['reached db.lincoln.example', 'signed in as loader'],
    problems: [
      {
        code: 'not-prepared',
        message: 'The database lacks the schema that Accession keeps its loads in.',
        hint: 'Accession can create it: this user may.',
        fix: {
          kind: 'db-prepare',
          sql: 'create schema accession;\ncreate table accession.loads (\n  id uuid primary key\n);',
        },
      },
      {
        code: 'right-missing',
        message: 'The user loader may not insert into catalog.',
        hint: 'Ask whoever looks after the database to run this:',
        fix: { kind: 'sql', sql: 'grant insert, update on public.catalog to loader;' },
      },
    ],
  },
  {
    part: 'kafka',
    state: 'failed',
    ms: 20_000,
    version: null,
    facts: [],
    problems: [
      {
        code: 'topic-missing',
        message: 'The topic book_events does not exist.',
        hint: 'Whoever runs Kafka creates it like this:',
        fix: {
          kind: 'commands',
          commands: [
            'kafka-topics.sh --bootstrap-server kafka-1:9093 --create --topic book_events --partitions 3',
          ],
        },
      },
    ],
  },
  {
    part: 'openai',
    state: 'failed',
    ms: 208,
    version: null,
    facts: [],
    problems: [
      {
        code: 'quota',
        message: 'The quota of this key is exhausted.',
        hint: 'Add credit at OpenAI, or use another key.',
        fix: null,
      },
    ],
  },
  {
    part: 'vector-store',
    state: 'ok',
    ms: 12,
    version: null,
    facts: ['4.1 GB are free'],
    problems: [],
  },
];

/** A server that does not answer: nothing of it is known, not even its version. */
export const UNREACHED_PARTS: readonly ProbeResult[] = [
  {
    part: 'postgres',
    state: 'failed',
    ms: 5_000,
    version: null,
    facts: [],
    problems: [
      {
        code: 'no-answer',
        message: 'Nothing answers at db.lincoln.example.',
        hint: 'See whether the name is right and the database is running.',
        fix: null,
      },
    ],
  },
  ...WORKING_PARTS.slice(1),
];
