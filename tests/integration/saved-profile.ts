import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect } from 'vitest';
import type { ProbeResult } from '../../shared/contract/profile-test.ts';
import type { SecretPart } from '../../shared/settings/profile.ts';
import { accession, type CommandResult } from './command.ts';

const SAMPLES = fileURLToPath(new URL('../../shared/samples/', import.meta.url));
export const SAMPLE_FILES = ['books.csv', 'students.csv', 'checkouts.csv'].map((name) => join(SAMPLES, name));

/** What the three files come to, as their own description says. */
export function expectedCounts(): [type: string, rows: number, accepted: number, rejected: number][] {
  const expected: Record<string, { rows: number; accepted: number; rejected: unknown[] }> = JSON.parse(
    readFileSync(join(SAMPLES, 'expected.json'), 'utf8'),
  );
  return Object.entries(expected).map(([type, { rows, accepted, rejected }]) => [
    type,
    rows,
    accepted,
    rejected.length,
  ]);
}

export function countsOf({
  json,
}: CommandResult): [type: string, rows: number, accepted: number, rejected: number][] {
  return json.files.map((file: { type: string; rows: number; accepted: number; rejected: number }) => [
    file.type,
    file.rows,
    file.accepted,
    file.rejected,
  ]);
}

/** Which parts of a test are green, red or something between. */
export function statesOf({ json }: CommandResult): Record<string, string> {
  return Object.fromEntries((json.results as ProbeResult[]).map(({ part, state }) => [part, state]));
}

/** Runs a command that must succeed. */
export async function mustDo(environment: Record<string, string>, ...argv: string[]): Promise<CommandResult> {
  const result = await accession(environment, ...argv);
  if (result.code !== 0) throw new Error(`${argv.join(' ')}: ${result.stdout}${result.stderr}`);
  return result;
}

/** Enters passwords and keys as an operator does, each from a file. */
export async function enterSecrets(
  environment: Record<string, string>,
  profile: string,
  secrets: Partial<Record<SecretPart, string>>,
): Promise<void> {
  const file = join(environment.ACCESSION_HOME ?? '', 'secret.txt');
  for (const [part, text] of Object.entries(secrets)) {
    writeFileSync(file, text);
    await mustDo(environment, 'profiles', 'secret', profile, part, '--password-file', file);
  }
}

/** What a load has left in the database. */
export async function inDatabase(url: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT (SELECT count(*) FROM catalog)::int AS books,
      (SELECT count(*) FROM students)::int AS students, (SELECT count(*) FROM checkout)::int AS checkouts,
      (SELECT count(*) FROM book_embeddings WHERE vec IS NOT NULL)::int AS vectors`);
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Expects the whole sample term to stand there, as `expected.json` counts it. */
export function expectWholeTerm(left: Record<string, number>): void {
  const accepted = Object.fromEntries(expectedCounts().map(([type, , count]) => [type, count]));
  expect(left).toEqual({ ...accepted, vectors: accepted.books });
}
