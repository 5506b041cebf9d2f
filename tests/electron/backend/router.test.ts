import { expect, test } from 'vitest';
import { answerRequest } from '../../../electron/backend/router.ts';

const about = { name: 'Accession', version: '1.2.3', nodeVersion: '24.0.0' };

test('app.about answers with name, version and Node version under the id it was asked with', async () => {
  expect(await answerRequest({ id: 7, route: 'app.about', input: {} }, about)).toEqual({
    id: 7,
    reply: { ok: true, value: about },
  });
});

test.each([
  ['an unknown route', 'app.unknown', {}],
  ['a name every object has', 'constructor', {}],
  ['input that is missing', 'app.about', undefined],
  ['input with more in it than the route takes', 'app.about', { path: '/etc/passwd' }],
])('%s is answered as invalid, not thrown', async (_what, route, input) => {
  const { id, reply } = await answerRequest({ id: 1, route, input }, about);
  expect(id).toBe(1);
  expect(reply).toMatchObject({ ok: false, error: { code: 'usage.invalid', retryable: false } });
  expect(Object.keys(reply.ok ? {} : reply.error).sort()).toEqual(['code', 'hint', 'message', 'retryable']);
});
