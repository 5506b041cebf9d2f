import { AppError } from '../../../shared/errors.ts';
import { SECRET_PARTS, type SecretPart } from '../../../shared/settings/profile.ts';
import { nearestName } from '../../../shared/settings/profile-names.ts';
import { SECRET_WORDS, Secret } from '../../../shared/settings/profile-secret.ts';
import { portable } from '../../../shared/settings/saved-profiles-exchange.ts';
import type { ProfileView } from '../../application/profiles/profile-ports.ts';
import { clearSecret, setSecret } from '../../application/profiles/profile-secrets.ts';
import {
  createProfile,
  duplicateProfile,
  editProfile,
  showProfile,
} from '../../application/profiles/profiles.ts';
import { askHidden, readPiped } from '../ask-secret.ts';
import { type DraftOptions, draftWith } from '../profile-draft.ts';
import { EXIT } from '../run-command.ts';
import { type ProfilesContext, printRefused, printSaved } from './profiles.ts';

export async function addCommand(
  context: ProfilesContext,
  name: string,
  options: DraftOptions & { passwordFile?: string },
): Promise<number> {
  const { settings, signal } = context;
  const kind = options.postgres === undefined ? 'sandbox' : 'test';
  const { draft, password } = await draftWith({ name, kind }, options, (path) =>
    settings.readText(path, signal),
  );
  const outcome = await createProfile(settings, draft, signal);
  if (outcome.outcome === 'refused') return printRefused(context, outcome.problems);
  const view = await enterSecrets(context, outcome.view, password, options.passwordFile);
  return printSaved(context, view);
}

export async function editCommand(
  context: ProfilesContext,
  name: string,
  options: DraftOptions & { passwordFile?: string; name?: string },
): Promise<number> {
  const { settings, signal } = context;
  const { profile, revision } = await showProfile(settings, name, signal);
  const before = { ...portable(profile), name: options.name ?? profile.name };
  const { draft, password } = await draftWith(before, options, (path) => settings.readText(path, signal));
  const outcome = await editProfile(settings, { id: profile.id, revision, draft }, signal);
  if (outcome.outcome === 'refused') return printRefused(context, outcome.problems);
  if (outcome.cleared.length > 0)
    context.terminal.say(
      `The profile names another server now, so these have to be entered again: ${outcome.cleared.map((part) => SECRET_WORDS[part]).join(', ')}.`,
    );
  const view = await enterSecrets(context, outcome.view, password, options.passwordFile);
  return printSaved(context, view, { cleared: outcome.cleared });
}

export async function duplicateCommand(
  context: ProfilesContext,
  name: string,
  options: { name?: string },
): Promise<number> {
  const view = await duplicateProfile(context.settings, name, options.name ?? null, context.signal);
  return printSaved(context, view);
}

/** Takes a secret from a prompt, from what is piped in, or from a file; or takes it away. */
export async function secretCommand(
  context: ProfilesContext,
  name: string,
  partName: string,
  options: { passwordFile?: string; clear?: boolean },
): Promise<number> {
  const { settings, keyboard, signal } = context;
  const part = partCalled(partName);
  const { profile } = await showProfile(settings, name, signal);
  if (options.clear === true)
    return printEntered(context, await clearSecret(settings, profile.id, part, signal));
  const text =
    options.passwordFile !== undefined
      ? await textOfFile(context, options.passwordFile)
      : keyboard.isTTY === true
        ? await ask(context, part, profile.name)
        : await readPiped(keyboard);
  return printEntered(context, await setSecret(settings, profile.id, part, new Secret(text), signal));
}

function printEntered({ terminal, json }: ProfilesContext, view: ProfileView): number {
  if (json) terminal.print(JSON.stringify(view, null, 2));
  else {
    const saved = SECRET_PARTS.filter((part) => view.secrets[part]).map((part) => SECRET_WORDS[part]);
    terminal.print(`Saved for "${view.profile.name}": ${saved.length === 0 ? 'nothing' : saved.join(', ')}.`);
  }
  return EXIT.done;
}

/** The database's password from address or file, and on a terminal whatever else is missing. */
export async function enterSecrets(
  context: ProfilesContext,
  view: ProfileView,
  password: string | null,
  passwordFile: string | undefined,
): Promise<ProfileView> {
  const { settings, terminal, keyboard, json, signal } = context;
  const { id, name } = view.profile;
  const given = passwordFile === undefined ? password : await textOfFile(context, passwordFile);
  let now = view;
  if (given !== null) now = await setSecret(settings, id, 'postgres-password', new Secret(given), signal);
  if (password !== null && passwordFile === undefined)
    terminal.say(
      'A password on the command line can be seen by others and stays in the history of the shell; next time leave it out of the address.',
    );
  if (keyboard.isTTY !== true || json) return now;
  for (const part of now.missing) {
    if (part === 'kafka-client-key') continue;
    const text = await ask(context, part, name);
    if (text !== '') now = await setSecret(settings, id, part, new Secret(text), signal);
  }
  return now;
}

function ask({ terminal, keyboard }: ProfilesContext, part: SecretPart, name: string): Promise<string> {
  return askHidden(keyboard, terminal.ask, `The ${SECRET_WORDS[part]} for "${name}" (not shown): `);
}

async function textOfFile({ settings, signal }: ProfilesContext, path: string): Promise<string> {
  return (await settings.readText(path, signal)).replace(/\r?\n$/, '');
}

function partCalled(typed: string): SecretPart {
  const part = SECRET_PARTS.find((known) => known === typed.toLowerCase());
  if (part !== undefined) return part;
  const meant = nearestName(SECRET_PARTS, typed);
  throw new AppError({
    code: 'usage.invalid',
    message: `There is no secret "${typed}".${meant === null ? '' : ` Did you mean "${meant}"?`}`,
    hint: `It is one of: ${SECRET_PARTS.join(', ')}.`,
  });
}
