import type { SecretPart } from '../../../shared/settings/profile.ts';
import type { SecretsContent } from './secrets-on-disk.ts';

/** With this text for the part, or without the part for null. The very same content where nothing changes. */
export function withSecret(
  content: SecretsContent,
  profileId: string,
  part: SecretPart,
  text: string | null,
): SecretsContent {
  const { [part]: before, ...others } = content.secrets[profileId] ?? {};
  if (before === (text ?? undefined)) return content;
  const own = text === null ? others : { ...others, [part]: text };
  return { ...content, secrets: { ...content.secrets, [profileId]: own } };
}

export function withoutProfileSecrets(content: SecretsContent, profileId: string): SecretsContent {
  if (!(profileId in content.secrets)) return content;
  const { [profileId]: _, ...secrets } = content.secrets;
  return { ...content, secrets };
}

export function withCopiedSecrets(content: SecretsContent, fromId: string, toId: string): SecretsContent {
  const own = content.secrets[fromId];
  return own === undefined ? content : { ...content, secrets: { ...content.secrets, [toId]: { ...own } } };
}
