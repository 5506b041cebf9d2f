import { z } from 'zod';
import { defineEvent, defineRoute } from '../../../shared/contract/define.ts';

/** A small contract of the tests' own, so that they need not change with the real one. */
export const shelfRoutes = [
  defineRoute({
    name: 'shelf.find',
    input: z.strictObject({ bookId: z.string().max(20), copies: z.int().default(1) }),
    output: z.strictObject({ title: z.string() }),
  }),
  defineRoute({
    name: 'shelf.sort',
    input: z.strictObject({}),
    output: z.strictObject({ moved: z.int() }),
  }),
] as const;

export const shelfEvents = [
  defineEvent({
    name: 'shelf.moved',
    delivery: 'every',
    payload: z.strictObject({ n: z.int() }),
  }),
  defineEvent({
    name: 'shelf.count',
    delivery: 'latest',
    payload: z.strictObject({ n: z.int() }),
  }),
] as const;
