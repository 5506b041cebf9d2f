import { expect, test } from 'vitest';
import type { FilesProgress } from '../../../renderer/lib/page-files.ts';
import { browserPageFiles } from '../../../renderer/lib/page-files-browser.ts';
import { outcomeOf, type SendFile } from '../../../renderer/lib/send-file.ts';

/** Sends that go on when the test says so. */
function heldSends() {
  const underway = new Map<string, { onBytes: (bytes: number) => void; finish: () => void }>();
  const send: SendFile = (file, onBytes, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      underway.set(file.name, {
        onBytes,
        finish() {
          underway.delete(file.name);
          resolve({ id: `id-${file.name}`, name: file.name, sizeBytes: file.size });
        },
      });
    });
  return { underway, send, names: () => [...underway.keys()] };
}

const file = (name: string, size = 10) => new File([new Uint8Array(size)], name);
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

test('at most three files are under way at once, whatever portions they came in, and come out in their order', async () => {
  const { send, names, underway } = heldSends();
  const files = browserPageFiles(send);
  const first = files.take([file('a'), file('b')]);
  const second = files.take([file('c'), file('d')]);
  await settle();
  expect(names()).toEqual(['a', 'b', 'c']);
  underway.get('b')?.finish();
  await settle();
  expect(names()).toEqual(['a', 'c', 'd']);
  for (const name of names()) underway.get(name)?.finish();
  expect((await first).files.map(({ name }) => name)).toEqual(['a', 'b']);
  expect((await second).files.map(({ name }) => name)).toEqual(['c', 'd']);
});

test('progress counts the bytes of all files, and never more than there are', async () => {
  const { send, underway } = heldSends();
  const told: FilesProgress[] = [];
  const done = browserPageFiles(send).take([file('a', 100), file('b', 50)], (progress) =>
    told.push(progress),
  );
  await settle();
  underway.get('a')?.onBytes(40);
  underway.get('b')?.onBytes(51);
  underway.get('b')?.finish();
  await settle();
  underway.get('a')?.finish();
  await done;
  expect(told).toEqual([
    { doneBytes: 40, totalBytes: 150, doneFiles: 0, totalFiles: 2 },
    { doneBytes: 90, totalBytes: 150, doneFiles: 0, totalFiles: 2 },
    { doneBytes: 90, totalBytes: 150, doneFiles: 1, totalFiles: 2 },
    { doneBytes: 150, totalBytes: 150, doneFiles: 2, totalFiles: 2 },
  ]);
});

test('a cancelled portion rejects with the reason, sends nothing more, and gives its places free', async () => {
  const { send, underway, names } = heldSends();
  const files = browserPageFiles(send);
  const stop = new AbortController();
  const cancelled = files.take([file('a'), file('b'), file('c'), file('d')], undefined, stop.signal);
  const other = files.take([file('e')]);
  await settle();
  const reason = new Error('enough');
  underway.clear();
  stop.abort(reason);
  await expect(cancelled).rejects.toBe(reason);
  await settle();
  expect(names()).toEqual(['e']);
  underway.get('e')?.finish();
  expect((await other).files).toHaveLength(1);
});

test('one refused file leaves the others', async () => {
  const files = browserPageFiles(async ({ name, size }) =>
    name === 'b' ? { name, message: 'Too large.', hint: 'Split it.' } : { id: name, name, sizeBytes: size },
  );
  expect(await files.take([file('a'), file('b'), file('c')])).toEqual({
    files: [
      { id: 'a', name: 'a', sizeBytes: 10 },
      { id: 'c', name: 'c', sizeBytes: 10 },
    ],
    refused: [{ name: 'b', message: 'Too large.', hint: 'Split it.' }],
  });
});

const refusal = JSON.stringify({
  error: { code: 'file.too-large', message: 'Too large.', hint: 'Split it.', retryable: false },
});

test.each([
  ['no answer', 0, '', 'The file could not be sent.'],
  ['no sign-in', 401, 'Not signed in\n', 'You are no longer signed in, so the file was not sent.'],
  ['a refusal', 413, refusal, 'Too large.'],
  [
    'something that is no answer',
    502,
    '<html>',
    'Accession gave an answer about this file that this page does not understand.',
  ],
  [
    'a success without an id',
    201,
    '{}',
    'Accession gave an answer about this file that this page does not understand.',
  ],
])('%s of the server is a refusal in words', (_what, status, body, message) => {
  expect(outcomeOf('books.csv', status, body)).toEqual({
    name: 'books.csv',
    message,
    hint: expect.any(String),
  });
});
