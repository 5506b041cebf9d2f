import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter } from '../../../electron/backend/router.ts';
import { defineRoute } from '../../../shared/contract/define.ts';
import type { CallContext, HandlersOf } from '../../../shared/contract/handlers.ts';
import { AppError } from '../../../shared/errors.ts';
import { shelfRoutes } from '../../shared/contract/shelf-contract.ts';

type ShelfHandlers = HandlersOf<typeof shelfRoutes>;

function router(handlers: Partial<ShelfHandlers> = {}) {
  const errors: { where: string; trace: string }[] = [];
  const made = createRouter(
    shelfRoutes,
    {
      'shelf.find': ({ bookId, copies }) => ({ title: `${copies} × ${bookId}` }),
      'shelf.sort': () => ({ moved: 3 }),
      ...handlers,
    },
    (error) => errors.push(error),
  );
  return { errors, answer: made.answer };
}

function context(signal: AbortSignal = new AbortController().signal): CallContext {
  return { client: 'client-1', files: { pathOf: () => '/a' }, signal };
}

test('a handler gets the parsed input, defaults filled in, and its answer comes back', async () => {
  const { answer } = router();
  expect(await answer({ route: 'shelf.find', input: { bookId: 'B1' } }, context())).toEqual({
    ok: true,
    value: { title: '1 × B1' },
  });
});

test('a handler is told who asks', async () => {
  const { answer } = router({ 'shelf.find': (_input, { client }) => ({ title: client }) });
  const reply = await answer({ route: 'shelf.find', input: { bookId: 'B1' } }, context());
  expect(reply).toEqual({ ok: true, value: { title: 'client-1' } });
});

test.each([
  ['an unknown route', 'shelf.burn', {}],
  ['a name every object has', 'constructor', {}],
  ['the name of an object’s parent', '__proto__', {}],
  ['input that is missing', 'shelf.find', undefined],
  ['input with more in it than the route takes', 'shelf.find', { bookId: 'B1', path: '/etc/passwd' }],
])('%s is answered as invalid, not thrown', async (_what, route, input) => {
  const { answer, errors } = router();
  const reply = await answer({ route, input }, context());
  expect(reply).toMatchObject({ ok: false, error: { code: 'usage.invalid', retryable: false } });
  expect(Object.keys(reply.ok ? {} : reply.error).sort()).toEqual(['code', 'hint', 'message', 'retryable']);
  expect(errors).toEqual([]);
});

test('bad input is told by the name of its field, never by what stands in it', async () => {
  const { answer } = router();
  const input = { bookId: 'SECRET-VALUE-THAT-IS-TOO-LONG', copies: 1 };
  const reply = await answer({ route: 'shelf.find', input }, context());
  expect(reply.ok ? '' : reply.error.message).toContain('Look at: bookId.');
  expect(JSON.stringify(reply)).not.toContain('SECRET');
});

test('a key that the page has made up is not told either', async () => {
  const input = z.strictObject({
    orders: z.record(z.string(), z.strictObject({ first: z.enum(['day', 'month']) })),
  });
  const route = defineRoute({ name: 'shelf.read', input, output: z.strictObject({}) });
  const { answer } = createRouter([route], { 'shelf.read': () => ({}) }, () => {});
  const wrong = { orders: { 'Ms Gray': { first: 'Ms Gray' } } };
  const reply = await answer({ route: 'shelf.read', input: wrong }, context());
  expect(reply.ok ? '' : reply.error.message).toContain('Look at: orders.');
  expect(JSON.stringify(reply)).not.toContain('Gray');
});

test('an AppError of a handler comes back in its own words, without its cause', async () => {
  const { answer, errors } = router({
    'shelf.sort': () => {
      throw new AppError({
        code: 'db.unreachable',
        message: 'The database does not answer.',
        hint: 'Start it.',
        retryable: true,
        cause: new Error('password=hunter2'),
      });
    },
  });
  expect(await answer({ route: 'shelf.sort', input: {} }, context())).toEqual({
    ok: false,
    error: {
      code: 'db.unreachable',
      message: 'The database does not answer.',
      hint: 'Start it.',
      retryable: true,
    },
  });
  expect(errors).toEqual([]);
});

test('anything else a handler throws is an internal error, reported with its place and without its text', async () => {
  const { answer, errors } = router({
    'shelf.sort': async () => {
      throw new TypeError('pupil Ada Lovelace has no shelf');
    },
  });
  const reply = await answer({ route: 'shelf.sort', input: {} }, context());
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(errors).toHaveLength(1);
  expect(errors[0]?.where).toBe('shelf.sort');
  expect(errors[0]?.trace).toContain('TypeError');
  expect(JSON.stringify([reply, errors])).not.toContain('Ada');
});

test('an answer with more in it than the contract names does not leave', async () => {
  const leaky = () => ({ title: 'Dune', password: 'hunter2' });
  const { answer, errors } = router({ 'shelf.find': leaky });
  const reply = await answer({ route: 'shelf.find', input: { bookId: 'B1' } }, context());
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(errors).toHaveLength(1);
  expect(JSON.stringify([reply, errors])).not.toContain('hunter2');
});

test('a handler that was aborted is answered as stopped, whatever it throws, and is no internal error', async () => {
  const stop = new AbortController();
  const { answer, errors } = router({
    'shelf.sort': (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('torn down')));
      }),
  });
  const reply = answer({ route: 'shelf.sort', input: {} }, context(stop.signal));
  stop.abort();
  expect(await reply).toMatchObject({ ok: false, error: { code: 'stopped' } });
  expect(errors).toEqual([]);
});
