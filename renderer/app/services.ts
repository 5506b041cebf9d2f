import type { About } from '../../shared/contract/about.ts';
import type { ProfilesApi } from '../features/profiles/profiles-api.ts';
import type { ConnectionState, Observable } from '../lib/client-state.ts';

/** All that the page gets from behind it. Tests hand in their own. */
export interface Services {
  connection: Observable<ConnectionState>;
  /** Connects now instead of later. */
  retryNow: () => void;
  about: () => Promise<About>;
  profiles: ProfilesApi;
}
