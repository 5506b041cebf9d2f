import { aboutRoute } from './about.ts';
import type { InputIn, NameIn, OutputIn } from './contract.ts';
import { draftRoutes } from './draft-routes.ts';
import type { HandlersOf } from './handlers.ts';
import { loadRoutes } from './load-routes.ts';
import { prepareDatabaseRoute } from './prepare-database.ts';
import { testProfileRoute } from './profile-test.ts';
import { profileRoutes } from './profiles.ts';

/** Every question a page may ask. A domain's routes are listed in its own file and joined here. */
export const ROUTES = [
  aboutRoute,
  ...profileRoutes,
  testProfileRoute,
  prepareDatabaseRoute,
  ...loadRoutes,
  ...draftRoutes,
] as const;

export type RouteName = NameIn<typeof ROUTES>;
export type InputOf<N extends RouteName> = InputIn<typeof ROUTES, N>;
export type OutputOf<N extends RouteName> = OutputIn<typeof ROUTES, N>;
export type Handlers = HandlersOf<typeof ROUTES>;
