import { expect, test } from 'vitest';
import { backendStoppedEvent, originOf, requestHandler } from '../../../electron/main/ipc.ts';
import { backendStoppedEvent as eventThePageHears } from '../../../renderer/features/health/backend-state.ts';

const page = { url: 'app://accession/index.html' };

function door(mainFrame: unknown = page) {
  const asked: [string, unknown][] = [];
  const handle = requestHandler({
    mainFrame: () => mainFrame,
    trustedOrigin: 'app://accession',
    backend: {
      async request(route, input) {
        asked.push([route, input]);
        return { ok: true, value: 'answer' };
      },
    },
  });
  return { asked, handle };
}

test('a request of our own page reaches the backend and its answer comes back', async () => {
  const { asked, handle } = door();
  expect(await handle({ senderFrame: page }, { route: 'app.about', input: { a: 1 } })).toEqual({
    ok: true,
    value: 'answer',
  });
  expect(asked).toEqual([['app.about', { a: 1 }]]);
});

test.each([
  ['a frame inside the page', { url: 'app://accession/index.html' }, page],
  ['a frame that is gone', null, page],
  ['no window', page, null],
])('%s is refused', async (_what, senderFrame, mainFrame) => {
  const { asked, handle } = door(mainFrame);
  const reply = await handle({ senderFrame }, { route: 'app.about', input: {} });
  expect(reply).toMatchObject({ ok: false, error: { code: 'usage.invalid', retryable: false } });
  expect(asked).toEqual([]);
});

test('the main frame is refused once it shows another origin', async () => {
  const stranger = { url: 'https://accession/index.html' };
  const { asked, handle } = door(stranger);
  expect(await handle({ senderFrame: stranger }, { route: 'app.about', input: {} })).toMatchObject({
    ok: false,
  });
  expect(asked).toEqual([]);
});

test.each([[undefined], [null], ['app.about'], [{}], [{ route: 7 }]])(
  'the message %j is refused',
  async (message) => {
    const { asked, handle } = door();
    expect(await handle({ senderFrame: page }, message)).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  },
);

test('the end of the backend is told under the name the page listens for', () => {
  expect(eventThePageHears).toBe(backendStoppedEvent);
});

test('origins are told apart by scheme, host and port', () => {
  expect(originOf('app://accession/index.html#x')).toBe('app://accession');
  expect(originOf('http://127.0.0.1:5173/')).toBe('http://127.0.0.1:5173');
  expect(originOf('http://127.0.0.1:5174/')).not.toBe(originOf('http://127.0.0.1:5173/'));
  expect(originOf('nonsense')).toBe('');
});
