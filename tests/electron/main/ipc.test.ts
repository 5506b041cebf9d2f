import { expect, test } from 'vitest';
import { createPageRelay, isTrusted, originOf } from '../../../electron/main/ipc.ts';

const frame = { url: 'app://accession/index.html' };
const stopped = { code: 'internal', message: 'It stopped.', hint: 'Wait.', retryable: true } as const;

function relay(mainFrame: unknown = frame) {
  const toBackend: unknown[] = [];
  const toPage: unknown[] = [];
  const made = createPageRelay({
    mainFrame: () => mainFrame,
    trustedOrigin: 'app://accession',
    toBackend: (message) => toBackend.push(message),
    toPage: (message) => toPage.push(message),
  });
  const say = (page: string, message: unknown) => made.fromPage({ senderFrame: frame }, { page, message });
  return { ...made, say, toBackend, toPage };
}

test('what our own page says reaches the backend as it is, and the answer comes back to it', () => {
  const { say, fromBackend, toBackend, toPage } = relay();
  say('p1', { anything: 1 });
  expect(toBackend).toEqual([{ kind: 'page-message', page: 'p1', message: { anything: 1 } }]);
  expect(fromBackend({ kind: 'page-message', page: 'p1', message: ['answer'] })).toBe(true);
  expect(toPage).toEqual([{ kind: 'message', page: 'p1', message: ['answer'] }]);
});

test.each([
  ['a frame inside the page', { url: 'app://accession/index.html' }, frame],
  ['a frame that is gone', null, frame],
  ['no window', frame, null],
])('%s is not heard', (_what, senderFrame, mainFrame) => {
  const { fromPage, toBackend } = relay(mainFrame);
  fromPage({ senderFrame }, { page: 'p1', message: {} });
  expect(toBackend).toEqual([]);
});

test('the main frame is not heard once it shows another origin', () => {
  const stranger = { url: 'https://accession/index.html' };
  const { fromPage, toBackend } = relay(stranger);
  fromPage({ senderFrame: stranger }, { page: 'p1', message: {} });
  expect(toBackend).toEqual([]);
  expect(isTrusted({ senderFrame: stranger }, stranger, 'app://accession')).toBe(false);
  expect(isTrusted({ senderFrame: frame }, frame, 'app://accession')).toBe(true);
});

test.each([[undefined], [null], ['p1'], [{}], [{ page: 'p1' }], [{ page: 7, message: 1 }], [{ message: 1 }]])(
  'the message %j is dropped',
  (message) => {
    const { fromPage, toBackend } = relay();
    fromPage({ senderFrame: frame }, message);
    fromPage({ senderFrame: frame }, { page: 'x'.repeat(101), message: 1 });
    expect(toBackend).toEqual([]);
  },
);

test('a page that comes in place of another ends it; the old one’s answers and last words count no more', () => {
  const { say, fromBackend, toBackend, toPage } = relay();
  say('p1', 'hello');
  say('p2', 'hello');
  say('p1', 'last words');
  fromBackend({ kind: 'page-message', page: 'p1', message: 'late answer' });
  expect(toBackend).toEqual([
    { kind: 'page-message', page: 'p1', message: 'hello' },
    { kind: 'page-gone', page: 'p1' },
    { kind: 'page-message', page: 'p2', message: 'hello' },
  ]);
  expect(toPage).toEqual([]);
});

test('a window that is gone ends its page, once', () => {
  const { say, pageGone, backendStopped, toBackend, toPage } = relay();
  pageGone();
  say('p1', 'hello');
  pageGone();
  pageGone();
  backendStopped(stopped);
  expect(toBackend.slice(1)).toEqual([{ kind: 'page-gone', page: 'p1' }]);
  expect(toPage).toEqual([]);
});

test('the page is told when the backend has ended, and why', () => {
  const { say, backendStopped, toPage } = relay();
  say('p1', 'hello');
  backendStopped(stopped);
  expect(toPage).toEqual([{ kind: 'closed', page: 'p1', error: stopped }]);
});

test('the page is told when the backend wants no more of it', () => {
  const { say, fromBackend, toPage } = relay();
  say('p1', 'hello');
  fromBackend({ kind: 'page-closed', page: 'p1' });
  expect(toPage).toEqual([{ kind: 'closed', page: 'p1', error: null }]);
});

test.each([[{ kind: 'load-event', event: {} }], [{ kind: 'page-message' }], ['page-message'], [null]])(
  '%j of the backend is not for the page',
  (message) => {
    const { say, fromBackend, toPage } = relay();
    say('p1', 'hello');
    expect(fromBackend(message)).toBe(false);
    expect(toPage).toEqual([]);
  },
);

test('origins are told apart by scheme, host and port', () => {
  expect(originOf('app://accession/index.html#x')).toBe('app://accession');
  expect(originOf('http://127.0.0.1:5173/')).toBe('http://127.0.0.1:5173');
  expect(originOf('http://127.0.0.1:5174/')).not.toBe(originOf('http://127.0.0.1:5173/'));
  expect(originOf('nonsense')).toBe('');
});
