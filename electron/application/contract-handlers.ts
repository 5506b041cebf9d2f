import type { About } from '../../shared/contract/about.ts';
import type { Handlers } from '../../shared/contract/routes.ts';
import type { SecretPart } from '../../shared/settings/profile.ts';
import { type LoadHandlerPorts, loadHandlers } from './loads/handlers.ts';
import { profileHandlers } from './profiles/handlers.ts';
import { type ProfilePorts, profileOf } from './profiles/profile-ports.ts';
import { type TestConnectionPorts, testConnection } from './profiles/test-connection.ts';

/** What the handlers stand on, the same behind every door. */
export interface HandlerParts {
  about: About;
  settings: ProfilePorts & {
    /** Reads a small file of the person whole. Throws AppError file.*. */
    readText: (path: string, signal: AbortSignal) => Promise<string>;
  };
  tests: TestConnectionPorts;
  loads: LoadHandlerPorts;
}

/** One handler for each route of the contract. */
export function contractHandlers({ about, settings, tests, loads }: HandlerParts): Handlers {
  return {
    'app.about': () => about,
    ...profileHandlers(settings, settings.readText),
    ...loadHandlers(loads),
    'profiles.test': async ({ profileId, parts }, { signal }) => {
      const profile = profileOf(await settings.profiles.read(signal), profileId);
      const secret = async (part: SecretPart): Promise<string | null> =>
        (await settings.secrets.get(profile.id, part, signal))?.reveal() ?? null;
      return { results: await testConnection(tests, { profile, secret }, { parts }, signal) };
    },
  };
}
