import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import { createPageSessions, isRelayed } from '../../../electron/backend/page-sessions.ts';
import { createRouter } from '../../../electron/backend/router.ts';
import type { RelayFromBackend } from '../../../shared/contract/relay.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';

function desktop() {
  const toMain: RelayFromBackend[] = [];
  const signals: AbortSignal[] = [];
  const onInternalError = (): void => {};
  const receive = createPageSessions({
    router: createRouter(
      shelfRoutes,
      {
        'shelf.find': (_input, { files, client }) => ({ title: `${client} ${files.pathOf('id')}` }),
        'shelf.sort': (_input, { signal }) => {
          signals.push(signal);
          return new Promise(() => {});
        },
      },
      onInternalError,
    ),
    events: createEventHub({ events: shelfEvents, serverId: 'run-1', onInternalError }),
    files: { pathOf: () => '/a.csv' },
    version: '1.2.3',
    toMain: (message) => toMain.push(message),
  });
  const say = (page: string, message: unknown) => receive({ kind: 'page-message', page, message });
  return { receive, say, toMain, signals };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('each page has a session of its own and gets its own answers', async () => {
  const { say, toMain } = desktop();
  say('page-1', { kind: 'hello', contract: 1 });
  say('page-2', { kind: 'request', id: 1, route: 'shelf.find', input: { bookId: 'B1' } });
  say('page-1', { kind: 'request', id: 1, route: 'shelf.find', input: { bookId: 'B1' } });
  await settled();
  expect(toMain).toMatchObject([
    { kind: 'page-message', page: 'page-1', message: { kind: 'welcome', server: 'run-1' } },
    {
      kind: 'page-message',
      page: 'page-1',
      message: { kind: 'answer', id: 1, reply: { ok: true, value: { title: 'desktop /a.csv' } } },
    },
  ]);
});

test('what a page that is gone asked for is aborted', async () => {
  const { receive, say, signals } = desktop();
  say('page-1', { kind: 'hello', contract: 1 });
  say('page-1', { kind: 'request', id: 1, route: 'shelf.sort', input: {} });
  await settled();
  receive({ kind: 'page-gone', page: 'page-1' });
  receive({ kind: 'page-gone', page: 'page-1' });
  expect(signals.map((signal) => signal.aborted)).toEqual([true]);
});

test('a page of another contract is told so, then that it is not listened to', () => {
  const { say, toMain } = desktop();
  say('page-1', { kind: 'hello', contract: 99 });
  expect(toMain).toMatchObject([
    { kind: 'page-message', page: 'page-1', message: { kind: 'refused' } },
    { kind: 'page-closed', page: 'page-1' },
  ]);
});

test.each([
  [{ kind: 'page-message', page: 'p', message: null }, true],
  [{ kind: 'page-gone', page: 'p' }, true],
  [{ kind: 'page-gone', page: 7 }, false],
  [{ kind: 'file-chosen', fileId: 'f', path: '/a.csv' }, false],
  ['page-gone', false],
  [null, false],
])('%j is of a page: %s', (message, expected) => {
  expect(isRelayed(message)).toBe(expected);
});
