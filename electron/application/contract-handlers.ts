import type { About } from '../../shared/contract/about.ts';
import type { Handlers } from '../../shared/contract/routes.ts';
import { type DraftHandlerPorts, draftHandlers } from './drafts/handlers.ts';
import { type LoadHandlerPorts, loadHandlers } from './loads/handlers.ts';
import { profileHandlers, type Unchosen } from './profiles/handlers.ts';
import { prepareDatabaseHandler } from './profiles/prepare-database.ts';
import type { ProfilePorts } from './profiles/profile-ports.ts';
import type { TestConnectionPorts } from './profiles/test-connection.ts';
import { testProfileHandler } from './profiles/test-connection-handler.ts';

/** What the handlers stand on, the same behind every door. */
export interface HandlerParts {
  about: About;
  settings: ProfilePorts & {
    /** Reads a small file of the person whole. Throws AppError file.*. */
    readText: (path: string, signal: AbortSignal) => Promise<string>;
  };
  tests: TestConnectionPorts;
  loads: LoadHandlerPorts;
  drafts: DraftHandlerPorts;
  /** Where loads go while no profile is chosen. */
  unchosen: Unchosen;
}

/** One handler for each route of the contract. */
export function contractHandlers(parts: HandlerParts): Handlers {
  const { about, settings, tests, loads, drafts, unchosen } = parts;
  return {
    'app.about': () => about,
    ...profileHandlers(settings, settings.readText, unchosen),
    ...loadHandlers(loads),
    ...draftHandlers(drafts),
    'profiles.test': testProfileHandler({ ...settings, ...tests }),
    'profiles.prepareDatabase': prepareDatabaseHandler(loads),
  };
}
