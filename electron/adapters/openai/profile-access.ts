import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { openAiKeyIsExposed } from '../../../shared/settings/connection-rules.ts';
import type { OpenAiSettings, ProfileKind, SecretPart } from '../../../shared/settings/profile.ts';
import type { SecretGetter } from '../../engine/connection-test-port.ts';
import type { OpenAiOptions } from './openai-embeddings.ts';

/** How a profile's embedding service is reached, or why it must not or cannot be. `lacks`: the secret that was never entered. */
export type OpenAiAccess = { options: OpenAiOptions } | { problem: ProbeProblem; lacks: SecretPart | null };

/**
 * A profile's embedding service as `createOpenAiEmbeddings` takes it, for its test and for loads: what the one refuses
 * the other refuses, for the same reason.
 */
export async function openAiAccess(
  settings: OpenAiSettings,
  kind: ProfileKind,
  secret: SecretGetter,
): Promise<OpenAiAccess> {
  if (openAiKeyIsExposed(settings, kind)) return KEY_EXPOSED;
  const apiKey = (await secret('openai-api-key')) ?? '';
  if (apiKey === '') return KEY_MISSING;
  const { baseUrl, embeddingModel: model, dimensions } = settings;
  return { options: { apiKey, ...(baseUrl === null ? {} : { baseUrl }), model, dimensions } };
}

const KEY_EXPOSED: OpenAiAccess = {
  problem: {
    code: 'tls-forbidden',
    message: 'The key of a production profile would cross the network unencrypted to its embedding service.',
    hint: 'Use an address that begins with https:// in the profile.',
    fix: null,
  },
  lacks: null,
};

const KEY_MISSING: OpenAiAccess = {
  problem: {
    code: 'secret-missing',
    message: 'The profile has an embedding service, but no key for it.',
    hint: 'Enter the key in the profile. For a service that needs none, enter any text.',
    fix: null,
  },
  lacks: 'openai-api-key',
};
