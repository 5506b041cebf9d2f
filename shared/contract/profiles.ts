import { z } from 'zod';
import { PROFILE_KINDS, profileSchema, SECRET_PARTS, type SecretPart } from '../settings/profile.ts';
import type { ProfileDraft } from '../settings/profile-problems.ts';
import { defineEvent, defineRoute } from './define.ts';

/*
 * Saved connection profiles. Secrets come in (`setSecret`, an imported `.env`) and never go out: a page learns of
 * each whether it is there. Where a person's entries are what is wrong, the answer is `refused` with a problem at
 * each field (`postgres.host`); errors are for everything else.
 */

const id = z.uuid();
const nameOrId = z.string().min(1).max(200);
const part = z.enum(SECRET_PARTS);
const problems = z.record(z.string(), z.string());
const nothing = z.strictObject({});

/** As a form has it: whatever is wrong with it is told field by field, so it is not parsed here. */
const draft = z.custom<ProfileDraft>((value) => typeof value === 'object' && value !== null, {
  error: 'a profile is an object',
});

const secrets = z.strictObject({
  'postgres-password': z.boolean(),
  'kafka-password': z.boolean(),
  'kafka-client-key': z.boolean(),
  'openai-api-key': z.boolean(),
} satisfies Record<SecretPart, z.ZodBoolean>);

export const profileViewSchema = z.strictObject({
  profile: profileSchema,
  revision: z.string(),
  secrets,
  /** What has to be entered before the profile works. */
  missing: z.array(part),
});
export type ProfileViewOfPage = z.output<typeof profileViewSchema>;

const protection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keychain') }),
  z.strictObject({ kind: z.literal('file') }),
  /** The person is told and asked (`profiles.allowUnprotected`) before a secret is kept. */
  z.strictObject({ kind: z.literal('basic-text'), allowed: z.boolean() }),
  z.strictObject({ kind: z.literal('none') }),
]);

const saved = z.strictObject({
  outcome: z.literal('saved'),
  view: profileViewSchema,
  /** Removed because the profile now names another server: to be entered again. */
  cleared: z.array(part),
});
const refused = z.strictObject({ outcome: z.literal('refused'), problems });
const outcome = z.discriminatedUnion('outcome', [saved, refused]);

const envReport = z.strictObject({
  taken: z.array(z.strictObject({ name: z.string(), as: z.string() })),
  ignored: z.array(z.strictObject({ name: z.string(), why: z.string() })),
  missing: z.array(z.string()),
  notes: z.array(z.string()),
});

/** A file that the door has, or its text. A `.env` is a page of settings; more is another file. */
const source = z.union([
  z.strictObject({ fileId: z.string().min(1).max(200) }),
  z.strictObject({ text: z.string().max(1_000_000) }),
]);

export const listProfilesRoute = defineRoute({
  name: 'profiles.list',
  input: nothing,
  output: z.strictObject({
    profiles: z.array(profileViewSchema),
    defaultId: id.nullable(),
    /** Where loads go while none is chosen: the built-in sandbox, or what a server was started with. */
    unchosen: z.strictObject({
      /** `sandbox`, `environment`, or a profile's name. */
      name: z.string(),
      kind: z.enum(PROFILE_KINDS),
      readOnly: z.boolean(),
    }),
    notices: z.array(z.strictObject({ message: z.string(), keptAs: z.string() })),
    protection,
  }),
});
export const showProfileRoute = defineRoute({
  name: 'profiles.show',
  input: z.strictObject({ profile: nameOrId }),
  output: profileViewSchema,
});
export const checkProfileRoute = defineRoute({
  name: 'profiles.check',
  /** `id` null: a new one. */
  input: z.strictObject({ id: id.nullable(), draft }),
  output: z.strictObject({ problems }),
});
export const createProfileRoute = defineRoute({
  name: 'profiles.create',
  input: z.strictObject({ draft }),
  output: outcome,
});
export const editProfileRoute = defineRoute({
  name: 'profiles.edit',
  input: z.strictObject({ id, revision: z.string(), draft }),
  output: outcome,
});
export const duplicateProfileRoute = defineRoute({
  name: 'profiles.duplicate',
  input: z.strictObject({ id, name: z.string().max(200).nullable() }),
  output: profileViewSchema,
});
export const reorderProfilesRoute = defineRoute({
  name: 'profiles.reorder',
  input: z.strictObject({ ids: z.array(id).max(10_000) }),
  output: nothing,
});
export const deleteProfileRoute = defineRoute({
  name: 'profiles.delete',
  /** The profile's name as the person typed it. */
  input: z.strictObject({ id, confirmation: z.string().max(200) }),
  output: nothing,
});
export const useProfileRoute = defineRoute({
  name: 'profiles.use',
  /** Null: the sandbox. */
  input: z.strictObject({ id: id.nullable() }),
  output: nothing,
});
export const setSecretRoute = defineRoute({
  name: 'profiles.setSecret',
  input: z.strictObject({ id, part, value: z.string().max(32_768) }),
  output: profileViewSchema,
});
export const clearSecretRoute = defineRoute({
  name: 'profiles.clearSecret',
  input: z.strictObject({ id, part }),
  output: profileViewSchema,
});
export const allowUnprotectedRoute = defineRoute({
  name: 'profiles.allowUnprotected',
  input: nothing,
  output: z.strictObject({ protection }),
});
export const importEnvRoute = defineRoute({
  name: 'profiles.importEnv',
  input: z.strictObject({ source, name: z.string().max(200), kind: z.enum(PROFILE_KINDS) }),
  output: z.discriminatedUnion('outcome', [
    saved.extend({ report: envReport }),
    refused.extend({ report: envReport }),
  ]),
});
export const exportProfilesRoute = defineRoute({
  name: 'profiles.export',
  /** Empty: all. */
  input: z.strictObject({ ids: z.array(id).max(10_000) }),
  output: z.strictObject({ text: z.string() }),
});
export const importProfilesRoute = defineRoute({
  name: 'profiles.import',
  input: z.strictObject({ source }),
  output: z.strictObject({
    imported: z.array(profileViewSchema),
    refused: z.array(z.strictObject({ name: z.string(), problems })),
  }),
});
export const linkRoute = defineRoute({
  name: 'profiles.link',
  input: z.strictObject({ id }),
  output: z.strictObject({ link: z.string(), text: z.string(), asksFor: z.array(part) }),
});
export const readLinkRoute = defineRoute({
  name: 'profiles.readLink',
  input: z.strictObject({ link: z.string().max(100_000) }),
  output: z.strictObject({ draft, asksFor: z.array(part), problems }),
});
export const enrolRoute = defineRoute({
  name: 'profiles.enrol',
  input: z.strictObject({ link: z.string().max(100_000) }),
  output: outcome,
});

export const profileRoutes = [
  listProfilesRoute,
  showProfileRoute,
  checkProfileRoute,
  createProfileRoute,
  editProfileRoute,
  duplicateProfileRoute,
  reorderProfilesRoute,
  deleteProfileRoute,
  useProfileRoute,
  setSecretRoute,
  clearSecretRoute,
  allowUnprotectedRoute,
  importEnvRoute,
  exportProfilesRoute,
  importProfilesRoute,
  linkRoute,
  readLinkRoute,
  enrolRoute,
] as const;

/** The list has changed, here or in another process: ask for it again. */
export const profilesChangedEvent = defineEvent({
  name: 'profiles.changed',
  delivery: 'latest',
  payload: nothing,
});

export const profileEvents = [profilesChangedEvent] as const;
