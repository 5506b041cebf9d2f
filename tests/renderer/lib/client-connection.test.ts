import { expect, test } from 'vitest';
import { createContractClient } from '../../../renderer/lib/client.ts';
import { reconnectDelayMs } from '../../../renderer/lib/timing.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';
import { createFakeTiming } from './fake-timing.ts';
import { createFakeTransport } from './fake-transport.ts';

function connecting(options: { mayDieSilently?: boolean } = {}) {
  const timing = createFakeTiming();
  const transport = createFakeTransport(options);
  const client = createContractClient({ routes: shelfRoutes, events: shelfEvents }, transport, timing);
  const states: string[] = [client.state.get().kind];
  client.state.listen(() => states.push(client.state.get().kind));
  return { timing, transport, client, states };
}

test('a client greets with its contract, and is open once it is welcomed', () => {
  const { transport, client, states } = connecting();
  transport.line().open();
  expect(transport.line().sent).toEqual([{ kind: 'hello', contract: 1 }]);
  expect(client.state.get()).toEqual({ kind: 'connecting' });
  transport.line().welcome();
  expect(client.state.get()).toEqual({ kind: 'open', server: 'run-1', version: '1.2.3' });
  expect(states).toEqual(['connecting', 'open']);
});

test('a lost connection is made anew, ever more patiently, until it stands for a while', () => {
  const { timing, transport, client } = connecting();
  const delays: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    // Welcomed and lost again at once: a backend that falls over is not asked again and again without a pause.
    transport.line().welcome();
    transport.line().break();
    const state = client.state.get();
    if (state.kind === 'lost') delays.push(state.retryInMs);
    const before = transport.lines.length;
    timing.advance((delays.at(-1) ?? 0) - 1);
    expect(transport.lines).toHaveLength(before);
    timing.advance(1);
    expect(transport.lines).toHaveLength(before + 1);
  }
  expect(delays).toEqual([125, 250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  transport.line().welcome();
  timing.advance(5_000);
  transport.line().break();
  expect(client.state.get()).toMatchObject({ kind: 'lost', retryInMs: 125 });
});

test('browsers that were cut off together come back at different times', () => {
  expect(reconnectDelayMs(4, 0)).toBe(1000);
  expect(reconnectDelayMs(4, 0.5)).toBe(1500);
  expect(reconnectDelayMs(4, 0.999)).toBe(1999);
  expect(reconnectDelayMs(4000, 0.999)).toBeLessThanOrEqual(15_000);
});

test('the reason for a loss is told as the transport gives it, else in words of the page', () => {
  const { timing, transport, client } = connecting();
  const error = {
    code: 'internal',
    message: 'It stopped (exit code 9).',
    hint: 'Wait.',
    retryable: true,
  } as const;
  transport.line().break({ error });
  expect(client.state.get()).toMatchObject({ kind: 'lost', error });
  timing.advance(125);
  transport.line().break();
  expect(client.state.get()).toMatchObject({
    kind: 'lost',
    error: { code: 'connection.lost', retryable: true },
  });
});

test('retryNow connects at once, and only where there is no connection', () => {
  const { timing, transport, client } = connecting();
  client.retryNow();
  expect(transport.lines).toHaveLength(1);
  transport.line().break();
  client.retryNow();
  expect(transport.lines).toHaveLength(2);
  transport.line().welcome();
  client.retryNow();
  timing.advance(60_000);
  expect(transport.lines).toHaveLength(2);
});

test('a backend of another version is refused in clear words and not asked again', () => {
  const { timing, transport, client } = connecting();
  transport.line().open();
  transport.line().say({ kind: 'welcome', contract: 2, server: 'run-1', version: '9.0.0' });
  expect(client.state.get()).toMatchObject({
    kind: 'refused',
    error: { code: 'connection.refused', message: expect.stringContaining('different versions') },
  });
  expect(transport.line().closed).toBe(true);
  timing.advance(600_000);
  expect(transport.lines).toHaveLength(1);
});

test('a refusal of the backend is final, in the backend’s words, until the user tries again', () => {
  const { timing, transport, client } = connecting();
  const error = { code: 'connection.refused', message: 'No.', hint: 'Reload.', retryable: false } as const;
  transport.line().open();
  transport.line().say({ kind: 'refused', error });
  expect(client.state.get()).toEqual({ kind: 'refused', error });
  timing.advance(600_000);
  expect(transport.lines).toHaveLength(1);
  client.retryNow();
  transport.line().welcome();
  expect(client.state.get().kind).toBe('open');
});

test('a close that the transport calls final is not tried again', () => {
  const { timing, transport, client } = connecting();
  transport.line().break({ final: true });
  timing.advance(600_000);
  expect(client.state.get().kind).toBe('refused');
  expect(transport.lines).toHaveLength(1);
});

test('a backend that never welcomes is given up after 30 seconds and tried again', () => {
  const { timing, transport, client } = connecting();
  transport.line().open();
  timing.advance(29_999);
  expect(client.state.get().kind).toBe('connecting');
  timing.advance(1);
  expect(client.state.get().kind).toBe('lost');
  expect(transport.line().closed).toBe(true);
  timing.advance(125);
  expect(transport.lines).toHaveLength(2);
});

test('a line that may die silently is asked now and then, and lost when it does not answer', () => {
  const { timing, transport, client } = connecting({ mayDieSilently: true });
  const line = transport.line();
  line.welcome();
  for (let n = 1; n <= 3; n += 1) {
    timing.advance(15_000);
    expect(line.of('ping')).toHaveLength(n);
    line.say({ kind: 'pong' });
    timing.advance(15_000);
  }
  expect(client.state.get().kind).toBe('open');
  timing.advance(15_000);
  expect(client.state.get().kind).toBe('open');
  timing.advance(15_000);
  expect(client.state.get().kind).toBe('lost');
});

test('a line that tells of its own death is not asked, and no timer is left behind', () => {
  const { timing, transport } = connecting();
  transport.line().welcome();
  timing.advance(3_600_000);
  expect(transport.line().of('ping')).toEqual([]);
  expect(timing.set()).toEqual([]);
});

test.each([
  [undefined],
  [null],
  ['welcome'],
  [{}],
  [{ kind: 'answer', id: 1 }],
  [{ kind: 'answer', id: 99, reply: { ok: true, value: 1 } }],
  [{ kind: 'event', id: 99, seq: 1, payload: 1 }],
])('the message %j changes nothing', (message) => {
  const { transport, client } = connecting();
  transport.line().welcome();
  expect(() => transport.line().say(message)).not.toThrow();
  expect(client.state.get().kind).toBe('open');
});

test('a closed client stays closed', async () => {
  const { timing, transport, client } = connecting();
  transport.line().welcome();
  const open = client.request('shelf.sort', {});
  client.close();
  client.close();
  await expect(open).rejects.toMatchObject({ code: 'stopped' });
  client.retryNow();
  timing.advance(600_000);
  expect(transport.lines).toHaveLength(1);
  expect(transport.line().closed).toBe(true);
});
