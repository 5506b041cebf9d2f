import { SECRET_PARTS } from '../../shared/settings/profile.ts';
import { SECRET_WORDS } from '../../shared/settings/profile-secret.ts';
import type { ProfileView } from '../application/profiles/profile-ports.ts';
import type { Style } from './terminal.ts';

/** One line of `profiles list`. */
export function profileLine({ profile, missing }: ProfileView, isDefault: boolean, style: Style): string {
  const { postgres } = profile;
  const place =
    postgres === null ? 'on this computer' : `${postgres.host}:${postgres.port}/${postgres.database}`;
  const marks = [
    ...(profile.readOnly ? ['read-only'] : []),
    ...(missing.length > 0 ? [style.yellow(`lacks: ${missing.join(', ')}`)] : []),
  ];
  const kind = profile.kind === 'production' ? style.red(profile.kind.padEnd(10)) : profile.kind.padEnd(10);
  return `${isDefault ? '*' : ' '} ${style.bold(profile.name.padEnd(24))} ${kind} ${place}${marks.length === 0 ? '' : `  (${marks.join('; ')})`}`;
}

/** All of a profile as a person reads it. */
export function profileText(view: ProfileView, style: Style): string[] {
  const { profile } = view;
  const { postgres, kafka, openai, vectorStore } = profile;
  const row = (title: string, text: string): string => `  ${title.padEnd(12)} ${text}`;
  return [
    style.bold(profile.name),
    row(
      'kind',
      `${profile.kind}${profile.readOnly ? ', read-only' : ''}${profile.rehearseFirst ? ', rehearses first' : ''}`,
    ),
    row(
      'database',
      postgres === null
        ? 'the sandbox on this computer'
        : `${postgres.user}@${postgres.host}:${postgres.port}/${postgres.database}, encryption ${postgres.tls ?? 'verify, but off on this computer'}`,
    ),
    row(
      'Kafka',
      kafka === null
        ? 'none'
        : `${kafka.brokers.join(', ')}, encryption ${kafka.tls}${kafka.sasl === null ? '' : `, login ${kafka.sasl.username} (${kafka.sasl.mechanism})`}`,
    ),
    row('embeddings', openai === null ? 'none' : `${openai.embeddingModel} at ${openai.baseUrl ?? 'OpenAI'}`),
    row(
      'index',
      `${vectorStore.type}, ${vectorStore.index}, ${vectorStore.metric}, in ${vectorStore.dataDir ?? "Accession's own folder"}`,
    ),
    ...SECRET_PARTS.filter((part) => view.secrets[part]).map((part) =>
      row('saved', `the ${SECRET_WORDS[part]}`),
    ),
    ...missingLines(view),
    row('id', style.dim(profile.id)),
  ];
}

/** What still has to be entered, and how. */
export function missingLines({ profile, missing }: ProfileView): string[] {
  return missing.map(
    (part) =>
      `  The ${SECRET_WORDS[part]} is still to be entered: accession profiles secret "${profile.name}" ${part}`,
  );
}
