import type { RouteName } from '../../../shared/contract/routes.ts';

/** A page's connection, over whichever door. */
export interface CanaryDoor {
  // biome-ignore lint/suspicious/noExplicitAny: the script reads whatever the contract promises.
  ask(route: string, input: unknown): Promise<any>;
  follow(event: string, scope: string | null): Promise<void>;
  /** Resolves once a load has ended. */
  ended(loadId: string): Promise<void>;
  /** The id that a file gets when it is chosen, dropped or uploaded. */
  idOf(path: string): Promise<string>;
  /** Every message that has come to the page. */
  heard: readonly { kind: string; id?: number; payload?: unknown }[];
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
export type Ask = (route: RouteName, input: unknown) => Promise<any>;
