import { expect, test } from 'vitest';
import { signOut } from '../../../renderer/lib/sign-out.ts';

/** What a browser gives for a redirect that it was told to leave alone. */
const redirected = { type: 'opaqueredirect' } as Response;

test('a sign-out is a POST whose answer is left where it is', async () => {
  const sent: unknown[] = [];
  await signOut(async (...request) => {
    sent.push(request);
    return redirected;
  });
  expect(sent).toEqual([['/sign-out', { method: 'POST', redirect: 'manual' }]]);
});

test('a server that refuses or cannot be reached leaves one signed in, and that is said', async () => {
  await expect(signOut(async () => new Response('', { status: 403 }))).rejects.toMatchObject({
    code: 'connection.refused',
    message: 'Accession did not take it.',
  });
  await expect(signOut(async () => Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({
    code: 'connection.lost',
    retryable: true,
  });
});
