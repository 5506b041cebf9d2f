import { expect, test } from 'vitest';
import { clientMessage, serverMessage } from '../../../shared/contract/protocol.ts';

test.each([
  [{ kind: 'hello', contract: 1 }],
  [{ kind: 'request', id: 1, route: 'app.about', input: {} }],
  [{ kind: 'cancel', id: 1 }],
  [{ kind: 'subscribe', id: 2, event: 'loads.progress', scope: 'load-1', after: null }],
  [{ kind: 'subscribe', id: 2, event: 'loads.progress', scope: null, after: { server: 's', seq: 7 } }],
  [{ kind: 'unsubscribe', id: 2 }],
  [{ kind: 'ack', id: 2, seq: 8 }],
  [{ kind: 'ping' }],
])('a page may say %j', (message) => {
  expect(clientMessage.parse(message)).toEqual(message);
});

test.each([
  ['no object', 'hello'],
  ['nothing', null],
  ['an unknown kind', { kind: 'shutdown' }],
  ['an id that is no number', { kind: 'cancel', id: '1' }],
  ['an id that is no count', { kind: 'cancel', id: 0.5 }],
  ['a route that is no name', { kind: 'request', id: 1, route: 7, input: {} }],
  ['a route of endless length', { kind: 'request', id: 1, route: 'x'.repeat(101), input: {} }],
  [
    'a scope of endless length',
    { kind: 'subscribe', id: 1, event: 'e', scope: 'x'.repeat(201), after: null },
  ],
  ['a subscription that does not say where it begins', { kind: 'subscribe', id: 1, event: 'e', scope: null }],
])('%s is no message of a page', (_what, message) => {
  expect(clientMessage.safeParse(message).success).toBe(false);
});

test('an answer carries the envelope and nothing that is not in it', () => {
  const error = { code: 'db.unreachable', message: 'm', hint: 'h', retryable: true };
  const answer = { kind: 'answer', id: 3, reply: { ok: false, error: { ...error, cause: 'password' } } };
  expect(serverMessage.parse(answer)).toEqual({ kind: 'answer', id: 3, reply: { ok: false, error } });
  expect(serverMessage.safeParse({ kind: 'answer', id: 3, reply: { ok: false } }).success).toBe(false);
});

test('a page can show an error whose code it does not know yet', () => {
  const error = { code: 'moon.too-far', message: 'm', hint: 'h', retryable: false };
  expect(serverMessage.parse({ kind: 'refused', error })).toEqual({ kind: 'refused', error });
});
