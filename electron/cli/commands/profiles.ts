import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { sameName } from '../../../shared/settings/profile-names.ts';
import type { ProfileProblems } from '../../../shared/settings/profile-problems.ts';
import type { ProfileView } from '../../application/profiles/profile-ports.ts';
import { deleteProfile, listProfiles, showProfile, useProfile } from '../../application/profiles/profiles.ts';
import { homeDirOf } from '../../compose/profile.ts';
import { openSettings, type Settings } from '../../compose/settings.ts';
import { askLine, type KeyboardInput } from '../ask-secret.ts';
import { missingLines, profileLine, profileText } from '../profile-text.ts';
import { EXIT, reportError } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

/** What the commands of `accession profiles` work with. */
export interface ProfilesContext {
  settings: Settings;
  terminal: Terminal;
  /** Where a person types, or something is piped in. */
  keyboard: KeyboardInput;
  json: boolean;
  signal: AbortSignal;
}

/** Opens the settings, runs one command, prints errors as text or JSON, and gives the exit code. */
export async function runProfiles(
  terminal: Terminal,
  options: { json?: boolean },
  work: (context: ProfilesContext) => Promise<number>,
): Promise<number> {
  const json = options.json === true;
  try {
    const settings = await openSettings({
      homeDir: homeDirOf(process.env),
      secrets: { variables: process.env },
      onNotice: ({ message }) => terminal.say(message),
    });
    const signal = new AbortController().signal;
    return await work({ settings, terminal, keyboard: process.stdin, json, signal });
  } catch (thrown) {
    return reportError(terminal, json, thrown);
  }
}

export async function listCommand({ settings, terminal, json, signal }: ProfilesContext): Promise<number> {
  const list = await listProfiles(settings, signal);
  if (json) terminal.print(JSON.stringify(list, null, 2));
  else if (list.profiles.length === 0)
    terminal.print(
      'No profile is saved yet. Begin with: accession profiles add NAME --postgres URL, or import FILE',
    );
  for (const view of json ? [] : list.profiles)
    terminal.print(profileLine(view, view.profile.id === list.defaultId, terminal.style));
  return EXIT.done;
}

export async function showProfileCommand(context: ProfilesContext, name: string): Promise<number> {
  const { settings, terminal, signal } = context;
  const view = await showProfile(settings, name, signal);
  if (context.json) terminal.print(JSON.stringify(view, null, 2));
  else for (const line of profileText(view, terminal.style)) terminal.print(line);
  return EXIT.done;
}

export async function useCommand(context: ProfilesContext, name: string): Promise<number> {
  const { settings, terminal, json, signal } = context;
  const chosen = await useProfile(settings, sameName(name, 'sandbox') ? null : name, signal);
  if (json) terminal.print(JSON.stringify({ defaultId: chosen?.id ?? null }, null, 2));
  else
    terminal.print(
      `Commands without --profile now work in ${chosen === null ? 'the sandbox' : `"${chosen.name}"`}, unless DB_URL is set.`,
    );
  return EXIT.done;
}

export async function removeCommand(
  context: ProfilesContext,
  name: string,
  options: { confirm?: string },
): Promise<number> {
  const { settings, terminal, keyboard, json, signal } = context;
  const { profile } = await showProfile(settings, name, signal);
  const typed = options.confirm ?? (await confirmed(context, profile.name, keyboard));
  const wasInUse = (await settings.profiles.read(signal)).default === profile.id;
  await deleteProfile(settings, profile.id, typed, signal);
  if (json) {
    const removed = { id: profile.id, name: profile.name };
    terminal.print(JSON.stringify({ removed, wasInUse }, null, 2));
    return EXIT.done;
  }
  terminal.print(
    `Deleted the profile "${profile.name}" and its saved passwords. The database stays as it is.`,
  );
  if (wasInUse)
    terminal.print(
      `It was the one in use, and none is now: commands without --profile work in ${withoutProfile()}. To choose another: accession profiles use NAME`,
    );
  return EXIT.done;
}

/** As `findChosenProfile` decides it where no profile is in use. */
function withoutProfile(): string {
  const { DB_URL = '', DB_URL_FILE = '' } = process.env;
  return DB_URL + DB_URL_FILE === '' ? 'the built-in sandbox' : 'the database that DB_URL names';
}

function confirmed({ terminal }: ProfilesContext, name: string, keyboard: KeyboardInput): Promise<string> {
  if (keyboard.isTTY === true)
    return askLine(keyboard, terminal.ask, `Type ${name} to delete this profile and its saved passwords: `);
  throw new AppError({
    code: 'usage.invalid',
    message: `The profile "${name}" is deleted only if its name is confirmed.`,
    hint: `Add --confirm "${name}".`,
  });
}

/** Tells what was saved and what still has to be entered. */
export function printSaved(
  { terminal, json }: ProfilesContext,
  view: ProfileView,
  more: Record<string, unknown> = {},
): number {
  if (json) terminal.print(JSON.stringify({ ...view, ...more }, null, 2));
  else {
    terminal.print(`Saved the profile "${view.profile.name}".`);
    for (const line of missingLines(view)) terminal.print(line);
  }
  return EXIT.done;
}

/** Tells every problem at its field. */
export function printRefused(
  { terminal, json }: ProfilesContext,
  problems: ProfileProblems,
  more: Record<string, unknown> = {},
): number {
  const message = 'The profile was not saved: not every setting will do.';
  const error = { code: 'profile.refused' satisfies ErrorCode, message, hint: '', retryable: false };
  if (json) terminal.print(JSON.stringify({ error, problems, ...more }, null, 2));
  else {
    terminal.say(terminal.style.red(message));
    for (const [path, problem] of Object.entries(problems)) terminal.say(`  ${path}: ${problem}`);
  }
  return EXIT.usage;
}
