import type { OutputIn } from '../../../shared/contract/contract.ts';
import type { ProbePart, ProbeResult } from '../../../shared/contract/profile-test.ts';
import type { ProfileViewOfPage, profileRoutes } from '../../../shared/contract/profiles.ts';
import type { ProfileKind, SecretPart } from '../../../shared/settings/profile.ts';
import type { ProfileDraft, ProfileProblems } from '../../../shared/settings/profile-problems.ts';

type Output<N extends (typeof profileRoutes)[number]['name']> = OutputIn<typeof profileRoutes, N>;

/** A profile as the screens know it: of each secret only whether there is one. */
export type ProfileEntry = ProfileViewOfPage;
export type ProfileList = Output<'profiles.list'>;
export type SaveOutcome = Output<'profiles.create'>;
export type EnvOutcome = Output<'profiles.importEnv'>;
export type ImportOutcome = Output<'profiles.import'>;
export type LinkPreview = Output<'profiles.readLink'>;
export type EnrolmentLink = Output<'profiles.link'>;

export type SecretChange =
  | { part: SecretPart; action: 'set'; value: string }
  | { part: SecretPart; action: 'clear' };

export type { ProfileDraft, ProfileProblems };

/** What the screens ask of the backend. Each rejects with AppError, in words for the person. */
export interface ProfilesApi {
  list(): Promise<ProfileList>;
  /** Calls back whenever the list may have changed, through whichever door. */
  watch(onChange: () => void): () => void;
  create(draft: ProfileDraft): Promise<SaveOutcome>;
  /** Refused with an error when the profile was changed elsewhere since `entry` was read. */
  edit(entry: ProfileEntry, draft: ProfileDraft): Promise<SaveOutcome>;
  changeSecret(id: string, change: SecretChange): Promise<void>;
  /** The person was told that this computer cannot protect secrets, and agreed. */
  allowUnprotected(): Promise<void>;
  duplicate(id: string): Promise<ProfileEntry>;
  reorder(ids: readonly string[]): Promise<void>;
  /** `name` is what the person typed to confirm. */
  remove(id: string, name: string): Promise<void>;
  /** For loads that name no other; null: the built-in sandbox. */
  use(id: string | null): Promise<void>;
  importEnv(text: string, name: string, kind: ProfileKind): Promise<EnvOutcome>;
  importFile(text: string): Promise<ImportOutcome>;
  exportFile(id: string): Promise<string>;
  link(id: string): Promise<EnrolmentLink>;
  readLink(link: string): Promise<LinkPreview>;
  enrol(link: string): Promise<SaveOutcome>;
  /** Tests one part of a saved profile by really using it. */
  test(id: string, part: ProbePart, signal: AbortSignal): Promise<ProbeResult>;
  /** Creates what the profile's database lacks; resolves to what was done, in words. */
  prepareDatabase(id: string): Promise<readonly string[]>;
}
