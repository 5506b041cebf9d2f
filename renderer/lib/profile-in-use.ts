import type { Failure } from './failure.ts';

export type ProfileInUse =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure; again: () => void }
  /** `profileId` null: none was chosen, and `name` says where loads go then. */
  | { kind: 'known'; profileId: string | null; name: string };
