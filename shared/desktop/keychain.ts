/*
 * How the desktop's backend uses the system's own encryption, which only the main process can reach: over the parent
 * port, like the notices, and never near a page. Encrypted bytes go as base64.
 */

/** Backend → main process. */
export interface KeychainQuestion {
  kind: 'keychain-question';
  id: number;
  ask: { to: 'tell' } | { to: 'encrypt'; text: string } | { to: 'decrypt'; base64: string };
}

/**
 * Main process → backend. `value`: for `tell` one of `yes`, `basic_text`, `no`; for `encrypt` base64; for `decrypt`
 * the text; null where the system refused.
 */
export interface KeychainAnswer {
  kind: 'keychain-answer';
  id: number;
  value: string | null;
}
