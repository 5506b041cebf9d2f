import type { Reply } from '../../shared/contract/about.ts';
import type { BackendProcess } from './backend-process.ts';

/** The two ways through the wall between the page and this process; preload.ts names the same. */
export const requestChannel = 'accession:request';
export const eventChannel = 'accession:event';

/** Sent when the backend ended although nobody asked it to; payload: an ErrorReport. */
export const backendStoppedEvent = 'app.backend-stopped';

/** What of an IPC event is looked at before anything else is. */
export interface RequestSender {
  /** Null once the frame has navigated away or is gone. */
  senderFrame: { url: string } | null;
}

/** Scheme and host of an address: what `URL.origin` is for http, and what it is not for `app:`, whose origin is "null". */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '' : `${parsed.protocol}//${parsed.host}`;
}

/**
 * The handler of `accession:request`. Only the main frame of our own window, showing our own page, is heard;
 * anything else (a frame inside it, another origin, a malformed message) is refused without reaching the backend.
 */
export function requestHandler(options: {
  /** The frame that may ask, or null while there is no window. */
  mainFrame: () => unknown;
  trustedOrigin: string;
  backend: Pick<BackendProcess, 'request'>;
}): (event: RequestSender, message: unknown) => Promise<Reply<unknown>> {
  return async (event, message) => {
    const frame = event.senderFrame;
    const trusted =
      frame !== null && frame === options.mainFrame() && originOf(frame.url) === options.trustedOrigin;
    if (!trusted || !isRequest(message)) return refused;
    return options.backend.request(message.route, message.input);
  };
}

function isRequest(message: unknown): message is { route: string; input: unknown } {
  return (
    typeof message === 'object' && message !== null && 'route' in message && typeof message.route === 'string'
  );
}

const refused: Reply<never> = {
  ok: false,
  error: {
    code: 'usage.invalid',
    message: 'Accession answers its own window only.',
    hint: 'Close Accession and open it again.',
    retryable: false,
  },
};
