import { expect, expectTypeOf, test } from 'vitest';
import { createRouter } from '../../../electron/backend/router.ts';
import type { LoadEvent } from '../../../electron/engine/load-events.ts';
import type { About } from '../../../shared/contract/about.ts';
import type { InputIn, OutputIn } from '../../../shared/contract/contract.ts';
import { EVENTS, type EventName, type PayloadOf } from '../../../shared/contract/events.ts';
import type { HandlersOf } from '../../../shared/contract/handlers.ts';
import { type InputOf, type OutputOf, ROUTES, type RouteName } from '../../../shared/contract/routes.ts';
import { shelfRoutes } from './shelf-contract.ts';

// The type checker is what fails here: `tsc -p .` refuses this file when one of its claims is wrong.

type ShelfHandlers = HandlersOf<typeof shelfRoutes>;
const find: ShelfHandlers['shelf.find'] = ({ bookId, copies }) => ({ title: `${bookId} ${copies}` });
const sort: ShelfHandlers['shelf.sort'] = async () => ({ moved: 0 });
const ignore = (): void => {};

test('a handler for each route compiles, one that is missing or too many does not', () => {
  createRouter(shelfRoutes, { 'shelf.find': find, 'shelf.sort': sort }, ignore);

  // @ts-expect-error shelf.sort has no handler
  createRouter(shelfRoutes, { 'shelf.find': find }, ignore);

  const oneTooMany = { 'shelf.find': find, 'shelf.sort': sort, 'shelf.burn': sort };
  // @ts-expect-error no route is called shelf.burn
  createRouter(shelfRoutes, oneTooMany, ignore);

  // @ts-expect-error shelf.find answers with a title
  const wrong: ShelfHandlers = { 'shelf.find': () => ({ moved: 1 }), 'shelf.sort': sort };
  expect(wrong).toBeDefined();
});

test('a page may leave out what has a default, a handler always gets it', () => {
  expectTypeOf<InputIn<typeof shelfRoutes, 'shelf.find'>>().toEqualTypeOf<{
    bookId: string;
    copies?: number | undefined;
  }>();
  expectTypeOf<Parameters<typeof find>[0]>().toEqualTypeOf<{ bookId: string; copies: number }>();
  expectTypeOf<OutputIn<typeof shelfRoutes, 'shelf.sort'>>().toEqualTypeOf<{ moved: number }>();
});

test('the real contract is known by its names', () => {
  expectTypeOf<'app.about'>().toExtend<RouteName>();
  expectTypeOf<'app.unknown'>().not.toExtend<RouteName>();
  expectTypeOf<InputOf<'app.about'>>().toEqualTypeOf<Record<string, never>>();
  expectTypeOf<OutputOf<'app.about'>>().toEqualTypeOf<About>();
  expectTypeOf<'loads.progress' | 'loads.happened'>().toExtend<EventName>();
});

test('what the engine says of a load is what the contract tells of it', () => {
  type Progress = Extract<LoadEvent, { kind: 'step-progress' }>;
  type Failed = Extract<LoadEvent, { kind: 'load-failed' }>;
  type Happened = Exclude<LoadEvent, Progress | Failed> | Omit<Failed, 'trace'>;
  expectTypeOf<Progress>().toExtend<PayloadOf<'loads.progress'>>();
  expectTypeOf<Happened>().toExtend<PayloadOf<'loads.happened'>>();
  expectTypeOf<PayloadOf<'loads.happened'>['kind']>().toEqualTypeOf<Happened['kind']>();
});

test.each([
  ['route', ROUTES],
  ['event', EVENTS],
])('no two %ss have one name', (_what, definitions) => {
  const names = definitions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
