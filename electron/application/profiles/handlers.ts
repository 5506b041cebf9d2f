import type { Exactly, HandlersOf } from '../../../shared/contract/handlers.ts';
import type { profileRoutes } from '../../../shared/contract/profiles.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { checkProfile, type ProfileProblems } from '../../../shared/settings/profile-problems.ts';
import { Secret, secretsNeeded } from '../../../shared/settings/profile-secret.ts';
import { enrol, exportProfiles, importEnv, importProfiles, linkTo, readLink } from './exchange.ts';
import type { ProfilePorts } from './profile-ports.ts';
import { allowUnprotectedSecrets, clearSecret, setSecret } from './profile-secrets.ts';
import {
  createProfile,
  deleteProfile,
  duplicateProfile,
  editProfile,
  listProfiles,
  problemsOf,
  reorderProfiles,
  showProfile,
  useProfile,
} from './profiles.ts';

type Handlers = HandlersOf<typeof profileRoutes>;
export type Unchosen = OutputOf<'profiles.list'>['unchosen'];

/** Stands for an id that is not given yet. */
const NO_ID = '00000000-0000-4000-8000-000000000000';

/**
 * Answers the routes of shared/contract/profiles.ts. `readText` reads a small file of the person whole and throws
 * AppError file.* where it cannot; `unchosen` says where loads go while no profile is chosen.
 */
export function profileHandlers(
  ports: ProfilePorts,
  readText: (path: string, signal: AbortSignal) => Promise<string>,
  unchosen: Unchosen,
): Exactly<typeof profileRoutes, Handlers> {
  type Source = { fileId: string } | { text: string };
  type Context = Parameters<Handlers['profiles.import']>[1];
  const textOf = async (source: Source, { files, signal }: Context): Promise<string> =>
    'text' in source ? source.text : readText(files.pathOf(source.fileId), signal);

  return {
    'profiles.list': async (_, { signal }) => {
      const { notices, ...list } = await listProfiles(ports, signal);
      return { ...list, notices: [...notices], unchosen };
    },
    'profiles.show': ({ profile }, { signal }) => showProfile(ports, profile, signal),
    'profiles.check': async ({ id, draft }, { signal }) => {
      const refused = await problemsOf(ports, id ?? NO_ID, draft, signal);
      return { problems: refused?.problems ?? {} };
    },
    'profiles.create': ({ draft }, { signal }) => createProfile(ports, draft, signal),
    'profiles.edit': (edit, { signal }) => editProfile(ports, edit, signal),
    'profiles.duplicate': ({ id, name }, { signal }) => duplicateProfile(ports, id, name, signal),
    'profiles.reorder': async ({ ids }, { signal }) => {
      await reorderProfiles(ports, ids, signal);
      return {};
    },
    'profiles.delete': async ({ id, confirmation }, { signal }) => {
      await deleteProfile(ports, id, confirmation, signal);
      return {};
    },
    'profiles.use': async ({ id }, { signal }) => {
      await useProfile(ports, id, signal);
      return {};
    },
    'profiles.setSecret': ({ id, part, value }, { signal }) =>
      setSecret(ports, id, part, new Secret(value), signal),
    'profiles.clearSecret': ({ id, part }, { signal }) => clearSecret(ports, id, part, signal),
    'profiles.allowUnprotected': async (_, { signal }) => ({
      protection: await allowUnprotectedSecrets(ports, signal),
    }),
    'profiles.importEnv': async ({ source, name, kind }, context) =>
      importEnv(ports, { text: await textOf(source, context), name, kind }, context.signal),
    'profiles.export': async ({ ids }, { signal }) => ({ text: await exportProfiles(ports, ids, signal) }),
    'profiles.import': async ({ source }, context) =>
      importProfiles(ports, await textOf(source, context), context.signal),
    'profiles.link': ({ id }, { signal }) => linkTo(ports, id, signal),
    'profiles.readLink': ({ link }) => {
      const draft = readLink(link);
      const checked = checkProfile(NO_ID, draft, []);
      const problems: ProfileProblems = checked.ok ? {} : checked.problems;
      return { draft, asksFor: checked.ok ? secretsNeeded(checked.profile) : [], problems };
    },
    'profiles.enrol': ({ link }, { signal }) => enrol(ports, link, signal),
  };
}
