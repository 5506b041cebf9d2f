import { CONTRACT_VERSION } from '../../shared/contract/define.ts';
import type { ClientFiles } from '../../shared/contract/handlers.ts';
import { type ClientMessage, clientMessage, type ServerMessage } from '../../shared/contract/protocol.ts';
import { type AppError, reportOf, toAppError } from '../../shared/errors.ts';
import type { EventSource, EventSubscription } from './event-hub.ts';
import type { Router } from './router.ts';
import { notForYou, otherVersion, strangeMessages, tooMuch } from './session-errors.ts';

/** A connection to one page, whatever carries it. Neither function may throw. */
export interface Port {
  send(message: ServerMessage): void;
  /** Ends the connection; `onClose` of the session follows, or has been called already. */
  close(): void;
}

export interface SessionOptions {
  /** Names the client beyond this connection: its files are kept under it. */
  client: string;
  port: Port;
  router: Router;
  events: EventSource;
  files: ClientFiles;
  /** The application's version. */
  version: string;
  /** Whether this client may listen to that; all may where it is left out. */
  mayHear?: (event: string, scope: string | null) => boolean;
  limits?: Partial<SessionLimits>;
}

export interface SessionLimits {
  /** Handlers at work for one client, cancelled ones that have not ended included. */
  requests: number;
  subscriptions: number;
  /** Messages that are none of the protocol's before the connection is ended. */
  strayMessages: number;
}

export interface Session {
  /** Takes whatever came in; never throws. */
  receive(message: unknown): void;
  /** The connection has ended: aborts what is at work for it and ends its subscriptions. May be called twice. */
  closed(): void;
}

const LIMITS: SessionLimits = { requests: 100, subscriptions: 200, strayMessages: 20 };

/**
 * One connected page. It is heard once its `hello` names the same contract; a second `hello` begins anew (a
 * page that lost patience), which ends all that was open.
 */
export function openSession(options: SessionOptions): Session {
  const { client, port, router, events, files, version, mayHear = () => true } = options;
  const limits = { ...LIMITS, ...options.limits };
  const requests = new Map<number, AbortController>();
  const subscriptions = new Map<number, EventSubscription>();
  let welcomed = false;
  let ended = false;
  let atWork = 0;
  let strays = 0;

  function endAll(): void {
    for (const subscription of subscriptions.values()) subscription.close();
    subscriptions.clear();
    for (const request of requests.values())
      request.abort(new DOMException('The client left.', 'AbortError'));
    requests.clear();
  }

  function end(): void {
    if (ended) return;
    ended = true;
    endAll();
  }

  function refuse(error: AppError): void {
    port.send({ kind: 'refused', error: reportOf(error) });
    end();
    port.close();
  }

  function greet(contract: number): void {
    if (contract !== CONTRACT_VERSION) {
      refuse(otherVersion());
      return;
    }
    endAll();
    welcomed = true;
    port.send({ kind: 'welcome', contract: CONTRACT_VERSION, server: events.serverId, version });
  }

  async function answer(message: Extract<ClientMessage, { kind: 'request' }>): Promise<void> {
    const { id } = message;
    if (requests.has(id)) {
      stray();
      return;
    }
    if (atWork >= limits.requests) {
      port.send({ kind: 'answer', id, reply: { ok: false, error: reportOf(tooMuch('requests')) } });
      return;
    }
    const controller = new AbortController();
    requests.set(id, controller);
    atWork += 1;
    const reply = await router.answer(message, { client, files, signal: controller.signal });
    atWork -= 1;
    // Cancelled meanwhile, or of a life before a second hello: nobody waits for it.
    if (requests.get(id) !== controller) return;
    requests.delete(id);
    port.send({ kind: 'answer', id, reply });
  }

  function subscribe(message: Extract<ClientMessage, { kind: 'subscribe' }>): void {
    const { id, event, scope } = message;
    if (subscriptions.has(id)) {
      stray();
      return;
    }
    try {
      if (subscriptions.size >= limits.subscriptions) throw tooMuch('subscriptions');
      if (!mayHear(event, scope)) throw notForYou();
      subscriptions.set(
        id,
        events.subscribe(message, (told) => port.send({ id, ...told })),
      );
    } catch (thrown) {
      port.send({ kind: 'unheard', id, error: reportOf(toAppError(thrown)) });
    }
  }

  function stray(): void {
    strays += 1;
    if (strays > limits.strayMessages) refuse(strangeMessages());
  }

  function handle(message: ClientMessage): void {
    switch (message.kind) {
      case 'hello':
        greet(message.contract);
        break;
      case 'request':
        // The router never rejects.
        void answer(message);
        break;
      case 'cancel':
        requests.get(message.id)?.abort(new DOMException('The client cancelled.', 'AbortError'));
        requests.delete(message.id);
        break;
      case 'subscribe':
        subscribe(message);
        break;
      case 'unsubscribe':
        subscriptions.get(message.id)?.close();
        subscriptions.delete(message.id);
        break;
      case 'ack':
        subscriptions.get(message.id)?.ack(message.seq);
        break;
      case 'ping':
        port.send({ kind: 'pong' });
        break;
    }
  }

  return {
    receive(message) {
      if (ended) return;
      const parsed = clientMessage.safeParse(message);
      // What comes before `hello` may be left over from a connection to an earlier run: ignored, not punished.
      if (parsed.success && (welcomed || parsed.data.kind === 'hello')) handle(parsed.data);
      else stray();
    },
    closed: end,
  };
}
