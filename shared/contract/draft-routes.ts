import { draftFileRoutes } from './draft-file-routes.ts';
import { draftMendingRoutes } from './draft-mending-routes.ts';

/** Everything that can be done with a draft: bringing and looking, mending and loading. */
export const draftRoutes = [...draftFileRoutes, ...draftMendingRoutes] as const;
