import type { ContractAccess } from '../../../renderer/lib/contract-context.tsx';
import type { EventName, PayloadOf } from '../../../shared/contract/events.ts';
import type { InputOf, OutputOf, RouteName } from '../../../shared/contract/routes.ts';
import { AppError } from '../../../shared/errors.ts';

/** What a scenario answers; a route that is left out is refused. */
export type FakeAnswers = {
  [N in RouteName]?: (input: InputOf<N>) => OutputOf<N> | Promise<OutputOf<N>>;
};

export interface FakeContract extends ContractAccess {
  /** Tells everybody who listens to this event of this scope. */
  tell<N extends EventName>(event: N, scope: string | null, payload: PayloadOf<N>): void;
  /** Tells them that something was missed. */
  tellGap(event: EventName, scope: string | null): void;
}

/** A backend without a process: answers come from functions, events from `tell`. */
export function fakeContract(answers: FakeAnswers): FakeContract {
  const listeners = new Set<{
    event: string;
    scope: string | null;
    hear: (payload: never) => void;
    miss: () => void;
  }>();
  const request = async (route: RouteName, input: unknown): Promise<unknown> => {
    const answer = answers[route] as ((input: unknown) => unknown) | undefined;
    if (answer === undefined)
      throw new AppError({ code: 'internal', message: `${route} has no answer here.`, hint: 'Add one.' });
    return answer(input);
  };
  return {
    request: request as ContractAccess['request'],
    subscribe(event, scope, listener) {
      const own = {
        event,
        scope,
        hear: listener.onEvent as (payload: never) => void,
        miss: listener.onGap,
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    tell(event, scope, payload) {
      for (const listener of [...listeners])
        if (listener.event === event && listener.scope === scope) listener.hear(payload as never);
    },
    tellGap(event, scope) {
      for (const listener of [...listeners])
        if (listener.event === event && listener.scope === scope) listener.miss();
    },
  };
}
