import type { Route } from '../../shared/contract/define.ts';
import type { Reply } from '../../shared/contract/envelope.ts';
import type { ClientMessage } from '../../shared/contract/protocol.ts';
import { AppError, type ErrorReport } from '../../shared/errors.ts';
import { lostBecause } from './client-connection.ts';
import type { ConnectionState } from './client-state.ts';

interface PendingRequest {
  message: Extract<ClientMessage, { kind: 'request' }>;
  /** True once it may have reached the backend. */
  sent: boolean;
  settle(reply: Reply<unknown>): void;
}

export interface Requests {
  ask(route: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown>;
  answer(id: number, reply: Reply<unknown>): void;
  sendWaiting(): void;
  failAll(error: ErrorReport): void;
}

/** The open requests of a client, by id. */
export function createRequests(
  routes: readonly Route[],
  line: { nextId: () => number; send: (message: ClientMessage) => void; state: () => ConnectionState },
): Requests {
  const outputs = new Map(routes.map((route) => [route.name, route.output]));
  const pending = new Map<number, PendingRequest>();

  function transmit(request: PendingRequest): void {
    request.sent = true;
    line.send(request.message);
  }

  function parsed(route: string, reply: Reply<unknown>): unknown {
    if (!reply.ok) throw asError(reply.error);
    const value = outputs.get(route)?.safeParse(reply.value);
    if (value?.success !== true) throw asError(lostBecause('unreadable', 'internal'), value?.error);
    return value.data;
  }

  function ask(route: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const state = line.state();
      if (state.kind === 'lost' || state.kind === 'refused') throw asError(state.error);
      const id = line.nextId();
      const onAbort = (): void => {
        // Where it has not been sent yet, neither is this: the line drops what is said before it stands.
        if (pending.delete(id)) line.send({ kind: 'cancel', id });
        reject(signal?.reason);
      };
      const request: PendingRequest = {
        message: { kind: 'request', id, route, input },
        sent: false,
        settle(reply) {
          signal?.removeEventListener('abort', onAbort);
          pending.delete(id);
          try {
            resolve(parsed(route, reply));
          } catch (thrown) {
            reject(thrown);
          }
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      pending.set(id, request);
      if (state.kind === 'open') transmit(request);
    });
  }

  return {
    ask,
    // An answer that nobody waits for was cancelled, or belongs to an earlier connection.
    answer: (id, reply) => pending.get(id)?.settle(reply),
    sendWaiting() {
      for (const request of pending.values()) if (!request.sent) transmit(request);
    },
    failAll(error) {
      for (const request of [...pending.values()])
        request.settle({
          ok: false,
          error: request.sent && error.code === 'connection.lost' ? lostBecause('lostMeanwhile') : error,
        });
    },
  };
}

function asError(report: ErrorReport, cause?: unknown): AppError {
  return new AppError({ ...report, cause });
}
