import { AppError } from '../../../shared/errors.ts';
import { type EnrolmentLink, enrolmentLinkOf, readEnrolment } from '../../../shared/settings/enrolment.ts';
import { type EnvReport, readEnvProfile } from '../../../shared/settings/env-file-profile.ts';
import type { ProfileKind, SecretPart } from '../../../shared/settings/profile.ts';
import { freeName } from '../../../shared/settings/profile-names.ts';
import type { ProfileDraft, ProfileProblems } from '../../../shared/settings/profile-problems.ts';
import { secretsNeeded } from '../../../shared/settings/profile-secret.ts';
import { profilesOf, withoutProfile } from '../../../shared/settings/saved-profiles.ts';
import { exportText, readExport } from '../../../shared/settings/saved-profiles-exchange.ts';
import { type ProfilePorts, type ProfileView, profileOf, viewOf } from './profile-ports.ts';
import { createProfile, type SaveOutcome } from './profiles.ts';

/*
 * Profiles that come from and go to elsewhere. What comes in always becomes a new profile with an id of its own,
 * so that nobody's file can put another server behind passwords that are saved here. What goes out has no secrets.
 */

export type EnvOutcome = SaveOutcome & { report: EnvReport };

/**
 * Makes a profile of an old service's `.env`, its passwords into the secret store. Where it is refused, or its
 * passwords cannot be kept (secrets.*), nothing of it stays.
 */
export async function importEnv(
  ports: ProfilePorts,
  request: { text: string; name: string; kind: ProfileKind },
  signal: AbortSignal,
): Promise<EnvOutcome> {
  const { draft, secrets, report } = readEnvProfile(request.text, request);
  const outcome = await createProfile(ports, draft, signal);
  if (outcome.outcome === 'refused') return { ...outcome, report };
  const { profile } = outcome.view;
  try {
    for (const { part, secret } of secrets) await ports.secrets.set(profile.id, part, secret, signal);
  } catch (thrown) {
    await ports.secrets.removeAll(profile.id, signal);
    await ports.profiles.change(
      (saved) => ({ saved: withoutProfile(saved, profile.id), value: null }),
      signal,
    );
    throw thrown;
  }
  return { ...outcome, view: await viewOf(ports, profile, signal), report };
}

/** The text of an export file; of all profiles where none is named. Throws profile.unknown. */
export async function exportProfiles(
  ports: Pick<ProfilePorts, 'profiles'>,
  idsOrNames: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const saved = await ports.profiles.read(signal);
  const chosen = idsOrNames.map((idOrName) => profileOf(saved, idOrName));
  return exportText(idsOrNames.length === 0 ? profilesOf(saved) : chosen);
}

export interface ImportOutcome {
  imported: ProfileView[];
  refused: { name: string; problems: ProfileProblems }[];
}

/** Adds the profiles of an export file; names that are taken get a number. Throws profile.refused for another file. */
export async function importProfiles(
  ports: ProfilePorts,
  text: string,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const read = readExport(text);
  if (!read.ok)
    throw refused(read.problem, 'Choose a file that "accession profiles export" or Export has written.');
  const outcome: ImportOutcome = { imported: [], refused: [] };
  for (const draft of read.profiles) {
    const { name, saved } = await addUnderFreeName(ports, draft, signal);
    if (saved.outcome === 'saved') outcome.imported.push(saved.view);
    else outcome.refused.push({ name, problems: saved.problems });
  }
  return outcome;
}

/** A link that carries a profile without its secrets, and which of them the other side will be asked for. Throws profile.unknown. */
export async function linkTo(
  ports: Pick<ProfilePorts, 'profiles'>,
  idOrName: string,
  signal: AbortSignal,
): Promise<EnrolmentLink & { asksFor: SecretPart[] }> {
  const profile = profileOf(await ports.profiles.read(signal), idOrName);
  return { ...enrolmentLinkOf(profile), asksFor: secretsNeeded(profile) };
}

/** What a link would add, to be shown before it does. Throws profile.refused where it is no link or damaged. */
export function readLink(pasted: string): ProfileDraft {
  const read = readEnrolment(pasted);
  if (!read.ok)
    throw refused(read.problem, 'Ask for the link once more, as text if the mail program changes it.');
  return read.draft;
}

/** Adds the profile of a link; `view.missing` is what has to be asked for. Throws profile.refused. */
export async function enrol(ports: ProfilePorts, pasted: string, signal: AbortSignal): Promise<SaveOutcome> {
  return (await addUnderFreeName(ports, readLink(pasted), signal)).saved;
}

async function addUnderFreeName(
  ports: ProfilePorts,
  draft: object,
  signal: AbortSignal,
): Promise<{ name: string; saved: SaveOutcome }> {
  const { id: _, ...settings } = draft as Record<string, unknown>;
  const wanted = typeof settings.name === 'string' ? settings.name : '';
  const name = wanted.trim() === '' ? '' : freeName(profilesOf(await ports.profiles.read(signal)), wanted);
  return { name, saved: await createProfile(ports, { ...settings, name }, signal) };
}

function refused(message: string, hint: string): AppError {
  return new AppError({ code: 'profile.refused', message, hint });
}
