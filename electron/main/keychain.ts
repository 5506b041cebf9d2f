import type { KeychainAnswer, KeychainQuestion } from '../../shared/desktop/keychain.ts';

/** The part of Electron's safeStorage that is used. */
export interface SystemEncryption {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(bytes: Buffer): Promise<{ result: string }>;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
}

/** Answers the backend's questions. What the system refuses is answered with null, and its words go nowhere. */
export function keychain(
  system: SystemEncryption,
  post: (answer: KeychainAnswer) => void,
  platform = process.platform,
): (question: KeychainQuestion) => Promise<void> {
  async function protection(): Promise<string> {
    if (!(await system.isAsyncEncryptionAvailable())) return 'no';
    // On other systems there is no such choice, and Electron has no such function.
    return platform === 'linux' && system.getSelectedStorageBackend?.() === 'basic_text'
      ? 'basic_text'
      : 'yes';
  }

  async function valueFor(ask: KeychainQuestion['ask']): Promise<string> {
    switch (ask.to) {
      case 'tell':
        return protection();
      case 'encrypt':
        return (await system.encryptStringAsync(ask.text)).toString('base64');
      case 'decrypt':
        return (await system.decryptStringAsync(Buffer.from(ask.base64, 'base64'))).result;
    }
  }

  return async ({ id, ask }) => {
    const value = await valueFor(ask).catch(() => null);
    post({ kind: 'keychain-answer', id, value });
  };
}

/** Whether a message of the backend is for here. The backend is our own program, so the kind alone is looked at. */
export function isKeychainQuestion(message: unknown): message is KeychainQuestion {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === 'keychain-question'
  );
}
