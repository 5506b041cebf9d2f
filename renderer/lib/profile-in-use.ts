import type { Failure } from './failure.ts';

export type ProfileInUse =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure; again: () => void }
  /** Both null: the sandbox that is always there. */
  | { kind: 'known'; profileId: string | null; name: string | null };
