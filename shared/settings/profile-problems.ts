import type { z } from 'zod';
import { type ProfileInput, profileSchema, type SavedProfile } from './profile.ts';
import { BUILT_IN_PROFILES, sameName } from './profile-names.ts';
import { serverProblems } from './profile-servers.ts';

/** Path in dots (`postgres.host`, `kafka.brokers.0`) → what is wrong there. Never holds what was entered: it may be a password in the wrong field. */
export type ProfileProblems = Record<string, string>;

export type CheckedProfile = { ok: true; profile: SavedProfile } | { ok: false; problems: ProfileProblems };

/** As a screen or a command puts it together: the id is given by Accession. */
export type ProfileDraft = Omit<ProfileInput, 'id'>;

/**
 * Checks a profile as entered, alone and against the others (`others` without itself). Every problem is told at
 * once, each at its field, in words for the person who fills it in.
 */
export function checkProfile(id: string, draft: unknown, others: readonly SavedProfile[]): CheckedProfile {
  const entered = typeof draft === 'object' && draft !== null ? draft : {};
  const parsed = profileSchema.safeParse({ ...entered, id });
  if (!parsed.success) return { ok: false, problems: shapeProblems(parsed.error.issues) };
  const profile = parsed.data;
  const problems = { ...nameProblems(profile, others), ...partProblems(profile), ...serverProblems(profile) };
  return Object.keys(problems).length === 0 ? { ok: true, profile } : { ok: false, problems };
}

function nameProblems({ name }: SavedProfile, others: readonly SavedProfile[]): ProfileProblems {
  if (BUILT_IN_PROFILES.some((reserved) => sameName(reserved, name)))
    return { name: 'Accession uses this name itself. Choose another, such as the name of your school.' };
  if (others.some((other) => sameName(other.name, name)))
    return { name: 'Another profile has this name already. Choose one that tells them apart.' };
  return {};
}

/** Which parts each kind of profile has. */
function partProblems({ kind, postgres, kafka, openai }: SavedProfile): ProfileProblems {
  if (kind !== 'sandbox')
    return postgres === null ? { postgres: 'Say where the database is. Only a sandbox brings its own.' } : {};
  const outside = 'A sandbox keeps everything on this computer. Leave this out, or make it a test profile.';
  return {
    ...(postgres === null ? {} : { postgres: outside }),
    ...(kafka === null ? {} : { kafka: outside }),
    ...(openai === null ? {} : { openai: outside }),
  };
}

/** What each field wants; paths with their list positions as `*`. */
const WANTED: Readonly<Record<string, string>> = {
  name: 'Give the profile a name of 1 to 80 characters.',
  kind: 'Choose what it is for: sandbox, test or production.',
  colour: 'Choose one of the colours.',
  'postgres.host': 'Enter the name or address of the database server.',
  'postgres.port': 'Enter the port as a whole number from 1 to 65535; Postgres usually listens on 5432.',
  'postgres.database': 'Enter the name of the database (1 to 63 characters).',
  'postgres.user': 'Enter the user name for the database (1 to 63 characters).',
  'postgres.tls': 'Choose how the connection is encrypted.',
  'postgres.poolSize': 'Enter a whole number of connections from 2 to 200, or leave it blank.',
  'kafka.brokers': 'Enter at least one broker, and at most 50, as server:port.',
  'kafka.brokers.*': 'Enter the broker as server:port, for example kafka.school.example:9092.',
  'kafka.tls': 'Choose how the connection is encrypted.',
  'kafka.sasl.mechanism': 'Choose how the login is sent: plain, scram-sha-256 or scram-sha-512.',
  'kafka.sasl.username': 'Enter the user name for Kafka.',
  'kafka.topics.*': 'Enter the name of the topic (1 to 249 characters).',
  'openai.baseUrl':
    'Enter an address that begins with https:// (or http://), or leave it blank for OpenAI itself.',
  'openai.embeddingModel': 'Enter the name of the embedding model.',
  'openai.chatModel': 'Enter the name of the chat model.',
  'openai.dimensions': 'Enter a whole number from 1 to 16000; the recommendation engine uses 1536.',
  'openai.spendLimitUsd': 'Enter an amount above 0 and up to 100,000 dollars, or leave it blank.',
  'vectorStore.type': 'Choose where vectors are searched: faiss or pgvector.',
  'vectorStore.dataDir': 'Enter the folder that holds vector_store, or leave it blank.',
  'vectorStore.index': 'Choose the kind of index: flat, ivf or hnsw.',
  'vectorStore.metric': 'Choose how distance is measured: l2, ip or cosine.',
  'vectorStore.parameters.*': 'Enter a number.',
  batchRows: 'Enter a whole number of rows from 1 to 50,000, or leave it blank.',
  embedConcurrency: 'Enter a whole number from 1 to 64, or leave it blank.',
  confirmAboveRows: 'Enter a whole number of rows from 0 to 100,000,000.',
};

const FIELD_NAME = /^[A-Za-z]{1,40}$/;

function shapeProblems(issues: readonly z.core.$ZodIssue[]): ProfileProblems {
  const problems: ProfileProblems = {};
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        // Names of fields, ours or a newer version's; what else stands there may have been entered by mistake.
        const name = FIELD_NAME.test(key) ? [key] : [];
        problems[[...issue.path, ...name].join('.')] =
          'This version of Accession does not know this setting.';
      }
      continue;
    }
    const path = issue.path.map(String);
    problems[path.join('.')] ??= wanted(path);
  }
  return problems;
}

function wanted(path: readonly string[]): string {
  const inList = [...path.slice(0, -1), '*'].join('.');
  return (
    WANTED[path.join('.')] ?? WANTED[inList] ?? 'This setting is not in the form that Accession expects.'
  );
}
