import { AppError } from '../../../shared/errors.ts';
import type { SavedProfile, SecretPart } from '../../../shared/settings/profile.ts';
import { freeName, sameName } from '../../../shared/settings/profile-names.ts';
import { checkProfile, type ProfileProblems } from '../../../shared/settings/profile-problems.ts';
import { secretsGoingElsewhere } from '../../../shared/settings/profile-secret.ts';
import {
  inOrder,
  profilesOf,
  revisionOf,
  type SavedProfiles,
  withoutProfile,
  withProfile,
} from '../../../shared/settings/saved-profiles.ts';
import type { SettingsNotice } from '../../engine/profile-port.ts';
import type { SecretProtection } from '../../engine/secret-port.ts';
import { type ProfilePorts, type ProfileView, profileOf, viewOf } from './profile-ports.ts';

export interface ProfileList {
  profiles: ProfileView[];
  /** Where commands work that name no profile; null: the sandbox. */
  defaultId: string | null;
  /** What the person should know about the settings files. */
  notices: readonly SettingsNotice[];
  protection: SecretProtection;
}

/** `refused`: nothing was saved; each problem stands at its field. */
export type SaveOutcome =
  | { outcome: 'saved'; view: ProfileView; cleared: SecretPart[] }
  | { outcome: 'refused'; problems: ProfileProblems };

export async function listProfiles(ports: ProfilePorts, signal: AbortSignal): Promise<ProfileList> {
  const saved = await ports.profiles.read(signal);
  const profiles: ProfileView[] = [];
  for (const profile of profilesOf(saved)) profiles.push(await viewOf(ports, profile, signal));
  const protection = await ports.secrets.protection(signal);
  return { profiles, defaultId: saved.default, notices: ports.profiles.notices(), protection };
}

/** Throws profile.unknown. */
export async function showProfile(
  ports: ProfilePorts,
  idOrName: string,
  signal: AbortSignal,
): Promise<ProfileView> {
  return viewOf(ports, profileOf(await ports.profiles.read(signal), idOrName), signal);
}

export function createProfile(
  ports: ProfilePorts,
  draft: unknown,
  signal: AbortSignal,
): Promise<SaveOutcome> {
  return save(ports, ports.random.uuid(), draft, () => null, signal);
}

/**
 * Replaces the settings of a profile. Throws profile.unknown, and profile.changed where it is no longer of
 * `revision`. Secrets that the edit would hand to another server are removed, and named in `cleared`.
 */
export async function editProfile(
  ports: ProfilePorts,
  edit: { id: string; revision: string; draft: unknown },
  signal: AbortSignal,
): Promise<SaveOutcome> {
  const unchanged = (saved: SavedProfiles): SavedProfile => {
    const before = profileOf(saved, edit.id);
    if (revisionOf(before) !== edit.revision) throw changedMeanwhile(before);
    return before;
  };
  // Passwords go before the new server is saved: a crash in between costs an entry, not a password.
  const before = unchanged(await ports.profiles.read(signal));
  const checked = checkProfile(edit.id, edit.draft, []);
  const elsewhere = checked.ok ? secretsGoingElsewhere(before, checked.profile) : [];
  const refused = await problemsOf(ports, edit.id, edit.draft, signal);
  if (refused !== null) return refused;
  const cleared: SecretPart[] = [];
  for (const part of elsewhere) {
    if (await ports.secrets.has(edit.id, part, signal)) cleared.push(part);
    await ports.secrets.clear(edit.id, part, signal);
  }
  const outcome = await save(ports, edit.id, edit.draft, unchanged, signal);
  return outcome.outcome === 'saved' ? { ...outcome, cleared } : outcome;
}

/** The problems of a draft as it stands; null where it would be saved. */
export async function problemsOf(
  ports: Pick<ProfilePorts, 'profiles'>,
  id: string,
  draft: unknown,
  signal: AbortSignal,
): Promise<Extract<SaveOutcome, { outcome: 'refused' }> | null> {
  const others = profilesOf(await ports.profiles.read(signal)).filter((other) => other.id !== id);
  const checked = checkProfile(id, draft, others);
  return checked.ok ? null : { outcome: 'refused', problems: checked.problems };
}

async function save(
  ports: ProfilePorts,
  id: string,
  draft: unknown,
  guard: (saved: SavedProfiles) => unknown,
  signal: AbortSignal,
): Promise<SaveOutcome> {
  const checked = await ports.profiles.change((saved) => {
    guard(saved);
    const others = profilesOf(saved).filter((other) => other.id !== id);
    const value = checkProfile(id, draft, others);
    return { saved: value.ok ? withProfile(saved, value.profile) : saved, value };
  }, signal);
  if (!checked.ok) return { outcome: 'refused', problems: checked.problems };
  return { outcome: 'saved', view: await viewOf(ports, checked.profile, signal), cleared: [] };
}

/** A copy beside the original, with its secrets: they stay on this machine. Throws profile.unknown. */
export async function duplicateProfile(
  ports: ProfilePorts,
  idOrName: string,
  name: string | null,
  signal: AbortSignal,
): Promise<ProfileView> {
  const id = ports.random.uuid();
  const { original, copy } = await ports.profiles.change((saved) => {
    const all = profilesOf(saved);
    const original = profileOf(saved, idOrName);
    const copy: SavedProfile = { ...original, id, name: freeName(all, name ?? original.name) };
    const order = saved.order.flatMap((each) => (each === original.id ? [each, id] : [each]));
    return { saved: inOrder(withProfile(saved, copy), order), value: { original, copy } };
  }, signal);
  await ports.secrets.copyAll(original.id, copy.id, signal);
  return viewOf(ports, copy, signal);
}

/** Ids that are not named keep their order behind those that are. */
export async function reorderProfiles(
  ports: ProfilePorts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await ports.profiles.change((saved) => ({ saved: inOrder(saved, ids), value: null }), signal);
}

/** `idOrName` null: the sandbox. Throws profile.unknown. */
export async function useProfile(
  ports: ProfilePorts,
  idOrName: string | null,
  signal: AbortSignal,
): Promise<SavedProfile | null> {
  return ports.profiles.change((saved) => {
    const chosen = idOrName === null ? null : profileOf(saved, idOrName);
    return { saved: { ...saved, default: chosen?.id ?? null }, value: chosen };
  }, signal);
}

/**
 * Removes a profile and its secrets for good. `confirmation` is its name as the person typed it. Throws
 * profile.unknown and profile.refused. The database and everything in it stay as they are.
 */
export async function deleteProfile(
  ports: ProfilePorts,
  id: string,
  confirmation: string,
  signal: AbortSignal,
): Promise<SavedProfile> {
  const profile = profileOf(await ports.profiles.read(signal), id);
  if (!sameName(profile.name, confirmation))
    throw new AppError({
      code: 'profile.refused',
      message: `The profile "${profile.name}" was not deleted: what was typed is not its name.`,
      hint: `Type ${profile.name} to delete it with its saved passwords. The database itself stays as it is.`,
    });
  await ports.secrets.removeAll(profile.id, signal);
  await ports.profiles.change((saved) => ({ saved: withoutProfile(saved, profile.id), value: null }), signal);
  return profile;
}

function changedMeanwhile({ name }: SavedProfile): AppError {
  return new AppError({
    code: 'profile.changed',
    message: `The profile "${name}" was changed in another window or by a command meanwhile.`,
    hint: 'Look at it as it is now, and make your change again.',
  });
}
