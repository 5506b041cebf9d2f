import type { z } from 'zod';

/** Raised when a route or event changes its shape: a page and a backend of different versions must not talk. */
export const CONTRACT_VERSION = 1;

/** One question of a page to the backend. Both sides parse what they get: a process border is no place for trust. */
export interface Route<
  N extends string = string,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly name: N;
  readonly input: I;
  readonly output: O;
}

export function defineRoute<const N extends string, I extends z.ZodType, O extends z.ZodType>(
  route: Route<N, I, O>,
): Route<N, I, O> {
  return Object.freeze(route);
}

/**
 * Something a backend tells without being asked. `latest`: only the newest is worth anything (progress), so a
 * slow page may miss the ones between; `every`: none may be missed.
 */
export interface EventDefinition<N extends string = string, P extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly payload: P;
  readonly delivery: 'latest' | 'every';
}

export function defineEvent<const N extends string, P extends z.ZodType>(
  event: EventDefinition<N, P>,
): EventDefinition<N, P> {
  return Object.freeze(event);
}
