import type { About } from '../../shared/contract/about.ts';
import type { ProfilesApi } from '../features/profiles/profiles-api.ts';
import type { ConnectionState, Observable } from '../lib/client-state.ts';
import type { ContractAccess } from '../lib/contract-context.tsx';
import type { PageFiles } from '../lib/page-files.ts';

/** All that the page gets from behind it. Tests hand in their own. */
export interface Services {
  connection: Observable<ConnectionState>;
  /** Connects now instead of later. */
  retryNow: () => void;
  about: () => Promise<About>;
  profiles: ProfilesApi;
  /** For screens that ask the backend themselves. */
  contract: ContractAccess;
  files: PageFiles;
  /** Null where nobody signs in: the desktop. */
  signOut: (() => Promise<void>) | null;
  /** Told what would be lost with the page, with each change; null where the browser asks before it goes. */
  tellUnsaved: ((what: string | null) => void) | null;
}
