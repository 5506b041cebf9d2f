import type { z } from 'zod';
import type { EventDefinition, Route } from './define.ts';

/** What two sides have agreed upon. Router, hub and client work with any such pair of lists. */
export interface Contract {
  readonly routes: readonly Route[];
  readonly events: readonly EventDefinition[];
}

export type NameIn<D extends readonly { readonly name: string }[]> = D[number]['name'];

export type RouteIn<R extends readonly Route[], N extends NameIn<R>> = Extract<
  R[number],
  { readonly name: N }
>;

export type EventIn<E extends readonly EventDefinition[], N extends NameIn<E>> = Extract<
  E[number],
  { readonly name: N }
>;

/** What a page gives: defaults may be left out. */
export type InputIn<R extends readonly Route[], N extends NameIn<R>> = z.input<RouteIn<R, N>['input']>;

/** What a page gets. A route's output must be plain: parsing it a second time changes nothing. */
export type OutputIn<R extends readonly Route[], N extends NameIn<R>> = z.output<RouteIn<R, N>['output']>;

export type PayloadIn<E extends readonly EventDefinition[], N extends NameIn<E>> = z.output<
  EventIn<E, N>['payload']
>;
