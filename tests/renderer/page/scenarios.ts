import type { ConnectionState } from '../../../renderer/lib/client-state.ts';
import type { ProbeResult } from '../../../shared/contract/profile-test.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { profileSchema, type SavedProfile, type SecretPart } from '../../../shared/settings/profile.ts';
import type { FakeAnswers } from './fake-contract.ts';
import { LOAD_ANSWERS } from './fake-loads.ts';
import { REVIEW_ANSWERS } from './fake-review.ts';
import { LOAD_SCENARIOS } from './load-scenarios.ts';
import { BROKEN_PARTS, UNREACHED_PARTS, WORKING_PARTS } from './probe-results.ts';

type Protection = { kind: 'keychain' | 'file' | 'none' } | { kind: 'basic-text'; allowed: boolean };

/** What is behind the page when it opens. */
export interface Scenario {
  profiles: readonly SavedProfile[];
  secrets: Readonly<Record<string, readonly SecretPart[]>>;
  defaultId: string | null;
  unchosen: OutputOf<'profiles.list'>['unchosen'];
  notices: readonly { message: string; keptAs: string }[];
  protection: Protection;
  connection: ConnectionState;
  /** `never`: no answer comes. */
  list: 'answers' | 'fails' | 'never';
  tests: readonly ProbeResult[] | 'never';
  door: 'browser' | 'desktop';
  prepare: 'works' | 'fails';
  /** Of the backend behind the load screens, beside those of draft-scenarios.ts. */
  answers?: FakeAnswers;
}

export const IDS = {
  lincoln: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01',
  rehearsal: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a02',
  sandbox: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a03',
} as const;

const LINCOLN = profileSchema.parse({
  id: IDS.lincoln,
  name: 'Lincoln Elementary',
  kind: 'production',
  colour: 'red',
  postgres: { host: 'db.lincoln.example', database: 'library', user: 'loader' },
  kafka: {
    brokers: ['kafka-1.lincoln.example:9093', 'kafka-2.lincoln.example:9093'],
    tls: 'verify',
    sasl: { mechanism: 'scram-sha-512', username: 'accession' },
  },
  openai: { spendLimitUsd: 5 },
  rehearseFirst: true,
});

const REHEARSAL = profileSchema.parse({
  id: IDS.rehearsal,
  name: 'Lincoln rehearsal server with a rather long name',
  kind: 'test',
  colour: 'blue',
  postgres: { host: 'test-db.lincoln.example', database: 'library_test', user: 'loader', tls: 'encrypt' },
  openai: {},
  readOnly: true,
});

const SANDBOX = profileSchema.parse({ id: IDS.sandbox, name: 'Training', kind: 'sandbox', colour: 'green' });

const FULL: Scenario = {
  profiles: [LINCOLN, REHEARSAL, SANDBOX],
  secrets: { [IDS.lincoln]: ['postgres-password', 'kafka-password', 'openai-api-key'] },
  defaultId: IDS.lincoln,
  unchosen: { name: 'sandbox', kind: 'sandbox', readOnly: false },
  notices: [],
  protection: { kind: 'keychain' },
  connection: { kind: 'open', server: 'fake-1', version: '0.1.0' },
  list: 'answers',
  tests: WORKING_PARTS,
  door: 'browser',
  prepare: 'works',
};

const EMPTY: Scenario = { ...FULL, profiles: [], secrets: {}, defaultId: null };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  full: FULL,
  desktop: { ...FULL, door: 'desktop' },
  empty: EMPTY,
  test: { ...FULL, defaultId: IDS.rehearsal },
  server: { ...EMPTY, unchosen: { name: 'environment', kind: 'production', readOnly: false } },
  'all-wrong': { ...FULL, tests: BROKEN_PARTS },
  'prepare-fails': { ...FULL, tests: BROKEN_PARTS, prepare: 'fails' },
  unreached: { ...FULL, tests: UNREACHED_PARTS },
  testing: { ...FULL, tests: 'never' },
  loading: { ...FULL, list: 'never', connection: { kind: 'connecting' } },
  failed: { ...FULL, list: 'fails' },
  lost: {
    ...FULL,
    connection: {
      kind: 'lost',
      retryInMs: 2_000,
      error: {
        code: 'connection.lost',
        message: 'This page has lost its connection to Accession.',
        hint: 'It connects again by itself. If it does not, see whether Accession is still running.',
        retryable: true,
      },
    },
  },
  'asks-consent': { ...EMPTY, protection: { kind: 'basic-text', allowed: false } },
  unprotected: {
    ...FULL,
    protection: { kind: 'basic-text', allowed: true },
    notices: [
      {
        message: 'The file of your profiles was damaged, so the last good copy is used.',
        keptAs: 'profiles.json.corrupt-2026-11-25',
      },
    ],
  },
  'no-store': { ...EMPTY, protection: { kind: 'none' } },
};

/** The full page in front of other backends; each is made when it is wanted, as their files are long. */
const BACKENDS: Readonly<Record<string, () => FakeAnswers>> = {
  ...LOAD_SCENARIOS,
  ...LOAD_ANSWERS,
  ...REVIEW_ANSWERS,
};

export function scenarioNamed(name: string | null): Scenario {
  const backend = BACKENDS[name ?? ''];
  if (backend !== undefined) return { ...FULL, answers: backend() };
  return SCENARIOS[name ?? 'full'] ?? FULL;
}
