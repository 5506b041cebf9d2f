import type { EventDefinition } from '../../shared/contract/define.ts';
import type { ClientMessage, Cursor, ServerMessage } from '../../shared/contract/protocol.ts';
import type { ErrorReport } from '../../shared/errors.ts';

export interface EventListener<P> {
  onEvent(payload: P): void;
  /** Some events are lost, for instance to a backend that was started anew: ask for the present state instead. */
  onGap(): void;
  /** There is no such event, or not for this page; nothing more will come. */
  onRefused?(error: ErrorReport): void;
}

type SubscriptionMessage = Extract<ServerMessage, { kind: 'subscribed' | 'event' | 'gap' | 'unheard' }>;

interface Subscription {
  event: string;
  scope: string | null;
  listener: EventListener<unknown>;
  /** The last that was heard; null before the backend has confirmed the subscription. */
  cursor: Cursor | null;
}

export interface Subscriptions {
  add(event: string, scope: string | null, listener: EventListener<unknown>): () => void;
  receive(message: SubscriptionMessage): void;
  /** A connection stands: takes every subscription up again where it was cut. */
  resume(server: string): void;
  /** The connection is gone; nothing that still arrives of it counts. */
  pause(): void;
}

/** What a page listens to, kept over lost connections. On each connection a subscription has an id of its own. */
export function createSubscriptions(
  events: readonly EventDefinition[],
  line: { nextId: () => number; send: (message: ClientMessage) => void },
): Subscriptions {
  const payloads = new Map(events.map((event) => [event.name, event.payload]));
  const wanted = new Set<Subscription>();
  const live = new Map<number, Subscription>();
  let server: string | null = null;

  function open(subscription: Subscription): void {
    const id = line.nextId();
    live.set(id, subscription);
    const { event, scope, cursor } = subscription;
    line.send({ kind: 'subscribe', id, event, scope, after: cursor });
  }

  function remove(subscription: Subscription): void {
    wanted.delete(subscription);
    for (const [id, other] of live)
      if (other === subscription) {
        live.delete(id);
        line.send({ kind: 'unsubscribe', id });
      }
  }

  function deliver(subscription: Subscription, payload: unknown): void {
    const parsed = payloads.get(subscription.event)?.safeParse(payload);
    // Not to be understood is as good as not to have come.
    if (parsed?.success === true) subscription.listener.onEvent(parsed.data);
    else subscription.listener.onGap();
  }

  function receive(message: SubscriptionMessage): void {
    const subscription = live.get(message.id);
    if (subscription === undefined || server === null) return;
    if (message.kind === 'unheard') {
      live.delete(message.id);
      wanted.delete(subscription);
      subscription.listener.onRefused?.(message.error);
      return;
    }
    subscription.cursor = { server, seq: message.seq };
    if (message.kind === 'subscribed') return;
    try {
      if (message.kind === 'event') deliver(subscription, message.payload);
      else subscription.listener.onGap();
    } finally {
      // Also after a listener that threw: it must not silence the rest.
      if (live.has(message.id)) line.send({ kind: 'ack', id: message.id, seq: message.seq });
    }
  }

  return {
    add(event, scope, listener) {
      const subscription: Subscription = { event, scope, listener, cursor: null };
      wanted.add(subscription);
      if (server !== null) open(subscription);
      return () => remove(subscription);
    },
    receive,
    resume(newServer) {
      server = newServer;
      for (const subscription of wanted) open(subscription);
    },
    pause() {
      server = null;
      live.clear();
    },
  };
}
