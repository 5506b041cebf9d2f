import type { Contract, InputIn, NameIn, OutputIn, PayloadIn } from '../../shared/contract/contract.ts';
import { EVENTS } from '../../shared/contract/events.ts';
import type { ServerMessage } from '../../shared/contract/protocol.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { keepConnected } from './client-connection.ts';
import { createRequests } from './client-requests.ts';
import type { ConnectionState, Observable } from './client-state.ts';
import { createSubscriptions, type EventListener } from './client-subscriptions.ts';
import { browserTiming, type Timing } from './timing.ts';
import type { Transport } from './transport.ts';

/** A page's way to the backend, typed by the contract. */
export interface ContractClient<C extends Contract> {
  /**
   * Asks and resolves with the parsed answer. While connecting it waits; a lost connection rejects it with the
   * retryable `connection.lost` and does not repeat it, because it may have been done. Rejects with AppError, or
   * with the signal's reason when that is aborted: then the backend is told to stop.
   */
  request<N extends NameIn<C['routes']>>(
    route: N,
    input: InputIn<C['routes'], N>,
    options?: { signal?: AbortSignal },
  ): Promise<OutputIn<C['routes'], N>>;
  /**
   * Calls the listener until the returned function is called, after which it hears nothing more. Goes on over
   * lost connections: nothing is missed without `onGap`. `scope`: what the event is to be about, such as a
   * load's id, or null.
   */
  subscribe<N extends NameIn<C['events']>>(
    event: N,
    scope: string | null,
    listener: EventListener<PayloadIn<C['events'], N>>,
  ): () => void;
  readonly state: Observable<ConnectionState>;
  /** Connects now instead of later; see ConnectionState. */
  retryNow(): void;
  /** Rejects what is open and stays silent for good. */
  close(): void;
}

export type Client = ContractClient<{ routes: typeof ROUTES; events: typeof EVENTS }>;

/** Connects at once. One client serves a whole page; it has no React in it. */
export function createClient(transport: Transport, timing?: Timing): Client {
  return createContractClient({ routes: ROUTES, events: EVENTS }, transport, timing);
}

export function createContractClient<C extends Contract>(
  contract: C,
  transport: Transport,
  timing: Timing = browserTiming,
): ContractClient<C> {
  let lastId = 0;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const requests = createRequests(contract.routes, {
    nextId,
    send: (message) => connection.send(message),
    state: () => connection.state.get(),
  });
  const subscriptions = createSubscriptions(contract.events, {
    nextId,
    send: (message) => connection.send(message),
  });
  // A transport calls nobody before it has returned, so both know the connection by the time they need it.
  const connection = keepConnected(transport, timing, {
    onOpen(server) {
      // Subscriptions first: what a request starts may tell of itself before it is answered.
      subscriptions.resume(server);
      requests.sendWaiting();
    },
    onMessage,
    onLost(error) {
      subscriptions.pause();
      requests.failAll(error);
    },
  });

  function onMessage(message: ServerMessage): void {
    if (message.kind === 'answer') requests.answer(message.id, message.reply);
    else if ('id' in message) subscriptions.receive(message);
  }

  return {
    request: (route, input, options = {}) =>
      // The route's own schema has parsed the answer.
      requests.ask(route, input, options.signal) as Promise<OutputIn<C['routes'], typeof route>>,
    subscribe: (event, scope, listener) =>
      subscriptions.add(event, scope, listener as EventListener<unknown>),
    state: connection.state,
    retryNow: connection.retryNow,
    close: connection.close,
  };
}
