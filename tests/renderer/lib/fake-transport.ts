import type { Transport, TransportListener } from '../../../renderer/lib/transport.ts';
import type { ClientMessage } from '../../../shared/contract/protocol.ts';
import type { ErrorReport } from '../../../shared/errors.ts';

/** One attempt to connect, in the hands of the test. */
export interface FakeLine {
  readonly sent: ClientMessage[];
  closed: boolean;
  open(): void;
  say(message: unknown): void;
  /** Opens and welcomes as the backend run `server`. */
  welcome(server?: string): void;
  break(reason?: { error?: ErrorReport; final?: boolean }): void;
  /** What was sent, of one kind. */
  of<K extends ClientMessage['kind']>(kind: K): Extract<ClientMessage, { kind: K }>[];
}

export function createFakeTransport(options: { mayDieSilently?: boolean } = {}): Transport & {
  readonly lines: FakeLine[];
  /** The line of the newest attempt. */
  line(): FakeLine;
} {
  const lines: FakeLine[] = [];
  return {
    mayDieSilently: options.mayDieSilently ?? false,
    lines,
    line() {
      const line = lines.at(-1);
      if (line === undefined) throw new Error('nobody has connected');
      return line;
    },
    connect(listener) {
      const line = fakeLine(listener);
      lines.push(line);
      return {
        send(message) {
          if (!line.closed) line.sent.push(structuredClone(message));
        },
        close() {
          line.closed = true;
        },
      };
    },
  };
}

function fakeLine(listener: TransportListener): FakeLine {
  const sent: ClientMessage[] = [];
  return {
    sent,
    closed: false,
    open: () => listener.onOpen(),
    say: (message) => listener.onMessage(message),
    welcome(server = 'run-1') {
      listener.onOpen();
      listener.onMessage({ kind: 'welcome', contract: 1, server, version: '1.2.3' });
    },
    break({ error, final = false } = {}) {
      listener.onClose({ error: error ?? null, final });
    },
    of: <K extends ClientMessage['kind']>(kind: K) =>
      sent.filter((message): message is Extract<ClientMessage, { kind: K }> => message.kind === kind),
  };
}
