import { SIGN_OUT_PATH } from '../../shared/contract/upload.ts';
import { AppError } from '../../shared/errors.ts';
import { signOutTexts } from '../texts/sign-out.ts';

/**
 * Ends the session of this browser, of all its pages. The server then closes their connections and they say so.
 * Rejects with AppError where the server did not take it. `send` is there for tests.
 */
export async function signOut(send: typeof fetch = (...request) => fetch(...request)): Promise<void> {
  // The answer leads to the page for signing in, which nobody has asked to see yet: it is left alone.
  const answer = await send(SIGN_OUT_PATH, { method: 'POST', redirect: 'manual' }).catch(() => null);
  if (answer === null)
    throw new AppError({ code: 'connection.lost', ...signOutTexts.unreached, retryable: true });
  if (answer.type !== 'opaqueredirect')
    throw new AppError({ code: 'connection.refused', ...signOutTexts.refused });
}
