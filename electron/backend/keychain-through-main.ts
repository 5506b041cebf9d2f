import type { KeychainAnswer, KeychainQuestion } from '../../shared/desktop/keychain.ts';
import type { Encrypter } from '../engine/secret-port.ts';

export interface KeychainThroughMain {
  encrypter: Encrypter;
  /** Takes a message of main's; false where it is none of these. */
  receive(message: unknown): boolean;
}

/** A person may have to unlock the keychain first. */
const ANSWER_WITHIN_MS = 120_000;

/**
 * The system's encryption, which only the desktop's main process reaches. `within` is there for tests. Rejects where
 * main does not answer or the system refuses; no error holds what was to be encrypted.
 */
export function keychainThroughMain(
  toMain: (question: KeychainQuestion) => void,
  within: (ms: number) => AbortSignal = AbortSignal.timeout,
): KeychainThroughMain {
  const waiting = new Map<number, (value: string | null) => void>();
  let lastId = 0;

  function ask(question: KeychainQuestion['ask']): Promise<string> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const tooLate = within(ANSWER_WITHIN_MS);
      const fail = (): void => {
        waiting.delete(id);
        reject(new Error(`The keychain did not ${question.to}.`));
      };
      tooLate.addEventListener('abort', fail, { once: true });
      waiting.set(id, (value) => {
        waiting.delete(id);
        tooLate.removeEventListener('abort', fail);
        if (value === null) fail();
        else resolve(value);
      });
      toMain({ kind: 'keychain-question', id, ask: question });
    });
  }

  return {
    encrypter: {
      async available() {
        const answer = await ask({ to: 'tell' });
        return answer === 'yes' || answer === 'basic_text' ? answer : 'no';
      },
      encrypt: async (text) => Buffer.from(await ask({ to: 'encrypt', text }), 'base64'),
      decrypt: (bytes) => ask({ to: 'decrypt', base64: Buffer.from(bytes).toString('base64') }),
    },
    receive(message) {
      if (!isAnswer(message)) return false;
      waiting.get(message.id)?.(message.value);
      return true;
    },
  };
}

/** Main is ours, so its messages are told apart by their kind alone. */
function isAnswer(message: unknown): message is KeychainAnswer {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'keychain-answer'
  );
}
