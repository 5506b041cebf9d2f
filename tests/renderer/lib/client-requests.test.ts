import { expect, expectTypeOf, test } from 'vitest';
import { createContractClient } from '../../../renderer/lib/client.ts';
import { AppError } from '../../../shared/errors.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';
import { createFakeTiming } from './fake-timing.ts';
import { createFakeTransport } from './fake-transport.ts';

function connecting() {
  const timing = createFakeTiming();
  const transport = createFakeTransport();
  const client = createContractClient({ routes: shelfRoutes, events: shelfEvents }, transport, timing);
  return { timing, transport, client };
}

function connected() {
  const made = connecting();
  const line = made.transport.line();
  line.welcome();
  return { ...made, line };
}

test('each answer reaches the one who asked, in whatever order they come', async () => {
  const { client, line } = connected();
  const first = client.request('shelf.find', { bookId: 'B1' });
  const second = client.request('shelf.sort', {});
  const [one, two] = line.of('request');
  expect(one).toMatchObject({ route: 'shelf.find', input: { bookId: 'B1' } });
  line.say({ kind: 'answer', id: two?.id, reply: { ok: true, value: { moved: 2 } } });
  line.say({ kind: 'answer', id: one?.id, reply: { ok: true, value: { title: 'Dune' } } });
  expectTypeOf(first).toEqualTypeOf<Promise<{ title: string }>>();
  expect(await first).toEqual({ title: 'Dune' });
  expect(await second).toEqual({ moved: 2 });
});

test('an error answer rejects with the backend’s own code and words', async () => {
  const { client, line } = connected();
  const asked = client.request('shelf.sort', {});
  const error = { code: 'db.unreachable', message: 'No database.', hint: 'Start it.', retryable: true };
  line.say({ kind: 'answer', id: line.of('request')[0]?.id, reply: { ok: false, error } });
  const thrown = await asked.catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(AppError);
  expect(thrown).toMatchObject(error);
});

test('an answer of another shape than the contract’s rejects', async () => {
  const { client, line } = connected();
  const asked = client.request('shelf.sort', {});
  line.say({ kind: 'answer', id: line.of('request')[0]?.id, reply: { ok: true, value: { moved: 'two' } } });
  await expect(asked).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('understand'),
  });
});

test('a cancelled request rejects with the reason, tells the backend, and its late answer is nobody’s', async () => {
  const { client, line } = connected();
  const stop = new AbortController();
  const asked = client.request('shelf.sort', {}, { signal: stop.signal });
  const id = line.of('request')[0]?.id;
  stop.abort(new Error('left the screen'));
  await expect(asked).rejects.toThrow('left the screen');
  expect(line.of('cancel')).toEqual([{ kind: 'cancel', id }]);
  line.say({ kind: 'answer', id, reply: { ok: true, value: { moved: 1 } } });
  stop.abort();
  expect(line.of('cancel')).toHaveLength(1);
});

test('a request that is aborted before it begins is never sent', async () => {
  const { client, line } = connected();
  await expect(client.request('shelf.sort', {}, { signal: AbortSignal.abort() })).rejects.toThrow();
  expect(line.of('request')).toEqual([]);
});

test('an abort after the answer does nothing', async () => {
  const { client, line } = connected();
  const stop = new AbortController();
  const asked = client.request('shelf.sort', {}, { signal: stop.signal });
  line.say({ kind: 'answer', id: line.of('request')[0]?.id, reply: { ok: true, value: { moved: 1 } } });
  await asked;
  stop.abort();
  expect(line.of('cancel')).toEqual([]);
});

test('a request made while connecting is sent once the connection stands', async () => {
  const { client, transport } = connecting();
  const asked = client.request('shelf.sort', {});
  const line = transport.line();
  line.open();
  expect(line.of('request')).toEqual([]);
  line.welcome();
  expect(line.of('request')).toHaveLength(1);
  line.say({ kind: 'answer', id: line.of('request')[0]?.id, reply: { ok: true, value: { moved: 5 } } });
  expect(await asked).toEqual({ moved: 5 });
});

test('one that is aborted while connecting is never sent', async () => {
  const { client, transport } = connecting();
  const stop = new AbortController();
  const asked = client.request('shelf.sort', {}, { signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toThrow();
  transport.line().welcome();
  expect(transport.line().sent.map(({ kind }) => kind)).toEqual(['hello']);
});

test('a lost connection fails what is open as retryable, and does not send it again by itself', async () => {
  const { client, line, transport, timing } = connected();
  const asked = client.request('shelf.sort', {});
  line.break();
  await expect(asked).rejects.toMatchObject({ code: 'connection.lost', retryable: true });
  await expect(client.request('shelf.sort', {})).rejects.toMatchObject({ code: 'connection.lost' });
  timing.advance(125);
  transport.line().welcome('run-2');
  expect(transport.line().of('request')).toEqual([]);
});

test('what fails because the backend died says so in the transport’s words', async () => {
  const { client, line } = connected();
  const asked = client.request('shelf.sort', {});
  line.break({ error: { code: 'internal', message: 'It has stopped.', hint: 'Wait.', retryable: true } });
  await expect(asked).rejects.toMatchObject({ message: 'It has stopped.', retryable: true });
});

test('an answer of an earlier connection does not answer a request of this one', async () => {
  const { client, line, transport, timing } = connected();
  const lost = client.request('shelf.sort', {});
  const oldId = line.of('request')[0]?.id;
  line.break();
  await expect(lost).rejects.toThrow();
  timing.advance(125);
  transport.line().welcome();
  const asked = client.request('shelf.sort', {});
  transport.line().say({ kind: 'answer', id: oldId, reply: { ok: true, value: { moved: 1 } } });
  const newId = transport.line().of('request')[0]?.id;
  transport.line().say({ kind: 'answer', id: newId, reply: { ok: true, value: { moved: 2 } } });
  expect(await asked).toEqual({ moved: 2 });
});
