import { expect, test } from 'vitest';
import { unsavedChanges } from '../../../electron/main/unsaved-changes.ts';

const ours = { senderFrame: { url: 'app://accession/index.html' } };
const stranger = { senderFrame: { url: 'https://elsewhere.example/' } };
const changes = () => unsavedChanges({ isTrusted: (sender) => sender === ours });

test('what the page says is kept until it says otherwise, or is gone', () => {
  const { what, receive, forget } = changes();
  expect(what()).toBe(null);
  receive(ours, 'Lincoln Elementary');
  expect(what()).toBe('Lincoln Elementary');
  receive(ours, null);
  expect(what()).toBe(null);
  receive(ours, 'Lincoln Elementary');
  forget();
  expect(what()).toBe(null);
});

test('a stranger can neither keep the window open nor have it closed unasked', () => {
  const { what, receive } = changes();
  receive(stranger, 'mine');
  expect(what()).toBe(null);
  receive(ours, 'Lincoln Elementary');
  receive(stranger, null);
  expect(what()).toBe('Lincoln Elementary');
});

test('what is no name is dropped, and a long one is cut', () => {
  const { what, receive } = changes();
  receive(ours, 'Lincoln Elementary');
  for (const nonsense of [undefined, 7, '', {}, ['x']]) receive(ours, nonsense);
  expect(what()).toBe('Lincoln Elementary');
  receive(ours, 'x'.repeat(5_000));
  expect(what()).toHaveLength(200);
});
