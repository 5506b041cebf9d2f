import type { ClientMessage } from '../../shared/contract/protocol.ts';
import type { ErrorReport } from '../../shared/errors.ts';

export interface TransportListener {
  /** Messages may be sent from now on. */
  onOpen(): void;
  onMessage(message: unknown): void;
  /**
   * The connection has ended, or could not be made. `error`: what is known of the reason, in words for the page.
   * `final`: connecting again would end the same way.
   */
  onClose(reason: { error: ErrorReport | null; final: boolean }): void;
}

export interface Connection {
  /** Sends, or drops the message if the connection has ended. Never throws. */
  send(message: ClientMessage): void;
  /** Ends the connection; the listener hears nothing any more. */
  close(): void;
}

/** A way to the backend. The client on top of it cannot tell one from another. */
export interface Transport {
  /** True where a connection can die without either side noticing (a network): the client then asks now and then. */
  readonly mayDieSilently: boolean;
  /** Begins to connect. The listener is not called before this has returned. */
  connect(listener: TransportListener): Connection;
}
