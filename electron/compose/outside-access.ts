import type { ProbeProblem } from '../../shared/contract/profile-test.ts';
import { AppError } from '../../shared/errors.ts';
import type { SecretPart } from '../../shared/settings/profile.ts';
import type { KafkaOptions } from '../adapters/kafka/kafka-client.ts';
import { kafkaAccess } from '../adapters/kafka/profile-access.ts';
import type { OpenAiOptions } from '../adapters/openai/openai-embeddings.ts';
import { openAiAccess } from '../adapters/openai/profile-access.ts';
import type { Profile } from './profile.ts';
import { probeTargetOf } from './profile-under-test.ts';

/*
 * How a load reaches what is outside: by the very functions that the test of the profile calls. The environment is
 * read as its `.env` would be imported, for both.
 */

/** Throws settings.invalid where a rule is broken or the key was never entered. */
export async function embedderOptions(profile: Profile): Promise<OpenAiOptions> {
  const { profile: settings, secret } = probeTargetOf(profile);
  if (settings.openai === null) throw lacking(profile, 'embedding service');
  const access = await openAiAccess(settings.openai, settings.kind, secret);
  if ('problem' in access) throw refused(profile, access);
  return access.options;
}

/** Throws settings.invalid where a rule is broken or a password or key was never entered. */
export async function kafkaOptions(profile: Profile): Promise<KafkaOptions> {
  const { profile: settings, secret } = probeTargetOf(profile);
  if (settings.kafka === null) throw lacking(profile, 'Kafka');
  const access = await kafkaAccess(settings.kafka, settings.kind, secret);
  if ('problem' in access) throw refused(profile, access);
  return { ...access.options, clientId: 'accession' };
}

function lacking({ name }: Profile, what: string): AppError {
  return new AppError({
    code: 'settings.invalid',
    message: `The profile "${name}" has no ${what}.`,
    hint: 'Add it to the profile.',
  });
}

function refused(
  { name, saved }: Profile,
  { problem, lacks }: { problem: ProbeProblem; lacks: SecretPart | null },
): AppError {
  const byCommand =
    lacks === null || saved === null ? '' : ` Or enter it with: accession profiles secret "${name}" ${lacks}`;
  return new AppError({
    code: 'settings.invalid',
    message: `The profile "${name}" cannot be used as it is. ${problem.message}`,
    hint: `${problem.hint}${byCommand}`,
  });
}
