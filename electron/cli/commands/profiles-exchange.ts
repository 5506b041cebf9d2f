import { basename, dirname, resolve } from 'node:path';
import type { EnvReport } from '../../../shared/settings/env-file-profile.ts';
import type { ProfileKind } from '../../../shared/settings/profile.ts';
import {
  enrol,
  exportProfiles,
  importEnv,
  importProfiles,
  linkTo,
} from '../../application/profiles/exchange.ts';
import { missingLines } from '../profile-text.ts';
import { EXIT } from '../run-command.ts';
import { plural } from '../terminal.ts';
import { type ProfilesContext, printRefused, printSaved } from './profiles.ts';
import { enterSecrets } from './profiles-edit.ts';

/** An export of Accession, or the `.env` of the old service: the first character tells them apart. */
export async function importCommand(
  context: ProfilesContext,
  path: string,
  options: { name?: string; kind: ProfileKind },
): Promise<number> {
  const { settings, signal } = context;
  const text = await settings.readText(path, signal);
  if (text.trimStart().startsWith('{')) return importExport(context, text);
  const name = options.name ?? nameFor(path);
  const outcome = await importEnv(settings, { text, name, kind: options.kind }, signal);
  if (!context.json) for (const line of reportLines(outcome.report)) context.terminal.print(line);
  if (outcome.outcome === 'refused')
    return printRefused(context, outcome.problems, { report: outcome.report });
  return printSaved(context, outcome.view, { report: outcome.report });
}

/** `.env` says nothing; its folder is mostly called after what it is for. */
function nameFor(path: string): string {
  const file = basename(path).replace(/^\.env\.?|\.env$/g, '');
  return file === '' ? basename(dirname(resolve(path))) : file;
}

function reportLines({ taken, ignored, missing, notes }: EnvReport): string[] {
  return [
    ...taken.map(({ name, as }) => `  taken    ${name}: ${as}`),
    ...ignored.map(({ name, why }) => `  ignored  ${name}: ${why}`),
    ...missing.map((what) => `  missing  ${what}`),
    ...notes.map((note) => `  note     ${note}`),
  ];
}

async function importExport(context: ProfilesContext, text: string): Promise<number> {
  const { settings, terminal, json, signal } = context;
  const { imported, refused } = await importProfiles(settings, text, signal);
  if (json) terminal.print(JSON.stringify({ imported, refused }, null, 2));
  else {
    terminal.print(`Imported ${plural(imported.length, 'profile')}. Passwords do not travel with them.`);
    for (const view of imported) for (const line of missingLines(view)) terminal.print(line);
    for (const { name, problems } of refused) {
      terminal.say(terminal.style.red(`The profile "${name}" was not imported:`));
      for (const [field, problem] of Object.entries(problems)) terminal.say(`  ${field}: ${problem}`);
    }
  }
  if (refused.length === 0) return EXIT.done;
  return imported.length === 0 ? EXIT.failed : EXIT.rejected;
}

export async function exportCommand(
  context: ProfilesContext,
  names: readonly string[],
  options: { output?: string },
): Promise<number> {
  const { settings, terminal, json, signal } = context;
  const text = await exportProfiles(settings, names, signal);
  if (options.output === undefined) terminal.print(text.trimEnd());
  else {
    await settings.writeText(options.output, text);
    if (json) terminal.print(JSON.stringify({ written: options.output }, null, 2));
    terminal.say(`Written to ${options.output}. It holds no passwords.`);
  }
  return EXIT.done;
}

export async function linkCommand(context: ProfilesContext, name: string): Promise<number> {
  const { settings, terminal, json, signal } = context;
  const link = await linkTo(settings, name, signal);
  if (json) terminal.print(JSON.stringify(link, null, 2));
  else {
    terminal.print(link.link);
    terminal.say(
      link.asksFor.length === 0
        ? 'It holds no passwords, and none is needed.'
        : `It holds no passwords. Whoever opens it is asked for: ${link.asksFor.join(', ')}.`,
    );
  }
  return EXIT.done;
}

export async function enrolCommand(context: ProfilesContext, link: string): Promise<number> {
  const outcome = await enrol(context.settings, link, context.signal);
  if (outcome.outcome === 'refused') return printRefused(context, outcome.problems);
  return printSaved(context, await enterSecrets(context, outcome.view, null, undefined));
}
