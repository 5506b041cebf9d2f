import type { z } from 'zod';
import type { EventIn, NameIn } from '../../shared/contract/contract.ts';
import type { EventDefinition } from '../../shared/contract/define.ts';
import type { Cursor } from '../../shared/contract/protocol.ts';
import { AppError, toAppError, traceOf } from '../../shared/errors.ts';
import { createEventTopic, type EventTopic, type HubMessage } from './event-topic.ts';
import type { ReportInternalError } from './router.ts';

export interface EventSubscription {
  /** The client has dealt with everything up to `seq`; more may be sent. */
  ack(seq: number): void;
  close(): void;
}

export interface SubscribeRequest {
  event: string;
  scope: string | null;
  /** Null for a new listener, else the place where an earlier subscription was cut. */
  after: Cursor | null;
}

/** The half that connected clients see. */
export interface EventSource {
  /** Names this run; sequence numbers of another one mean nothing here. */
  readonly serverId: string;
  /**
   * `send` is called from now on, first for what was missed since `after`; a gap where that is no longer known.
   * A new listener to an event of `latest` delivery hears the newest one at once. Throws usage.invalid for an
   * event that does not exist.
   */
  subscribe(request: SubscribeRequest, send: (message: HubMessage) => void): EventSubscription;
}

export interface EventHub<E extends readonly EventDefinition[]> extends EventSource {
  /**
   * Tells everyone who listens to `name` of `scope`. Never throws and never waits: the work that tells of
   * itself must not suffer from those who listen. A payload that does not fit is reported and dropped.
   */
  publish<N extends NameIn<E>>(name: N, scope: string | null, payload: PayloadGiven<E, N>): void;
}

type PayloadGiven<E extends readonly EventDefinition[], N extends NameIn<E>> = z.input<
  EventIn<E, N>['payload']
>;

/**
 * Keeps what was published for those who listen, those who are slow and those who come back. Memory is bounded:
 * per event and scope the last `keptEvents` are kept, at most twice as many, and `quietTopics` scopes that nobody
 * listens to are remembered.
 */
export function createEventHub<const E extends readonly EventDefinition[]>(options: {
  events: E;
  serverId: string;
  onInternalError: ReportInternalError;
  keptEvents?: number;
  quietTopics?: number;
}): EventHub<E> {
  const { serverId, onInternalError, keptEvents = 1000, quietTopics = 200 } = options;
  const definitions = new Map<string, EventDefinition>(options.events.map((event) => [event.name, event]));
  /** In the order of their last use, so that the first quiet one is the one to forget. */
  const topics = new Map<string, EventTopic>();
  let lastSeq = 0;
  /** What a forgotten topic may have said: whoever asks for more than that is told of a gap. */
  let forgottenSeq = 0;

  function topicOf(definition: EventDefinition, scope: string | null): EventTopic {
    const key = JSON.stringify([definition.name, scope]);
    const known = topics.get(key);
    const topic = known ?? createEventTopic(definition.delivery, { kept: keptEvents, lostSeq: forgottenSeq });
    topics.delete(key);
    topics.set(key, topic);
    if (known === undefined) forgetQuietTopics(topic);
    return topic;
  }

  function forgetQuietTopics(newest: EventTopic): void {
    const quiet = [...topics].filter(([, topic]) => topic !== newest && !topic.hasListeners());
    for (const [key, topic] of quiet.slice(0, Math.max(0, quiet.length - quietTopics))) {
      forgottenSeq = Math.max(forgottenSeq, topic.newestSeq());
      topics.delete(key);
    }
  }

  return {
    serverId,
    publish(name, scope, payload) {
      const definition = definitions.get(name);
      try {
        const parsed = definition?.payload.parse(payload);
        if (definition === undefined) return;
        lastSeq += 1;
        topicOf(definition, scope).add({ seq: lastSeq, payload: parsed });
      } catch (thrown) {
        onInternalError({ where: name, trace: traceOf(toAppError(thrown)) });
      }
    },
    subscribe({ event, scope, after }, send) {
      const definition = definitions.get(event);
      if (definition === undefined) throw unknownEvent();
      const topic = topicOf(definition, scope);
      if (after === null)
        return topic.listen(definition.delivery === 'latest' ? topic.lostSeq() : lastSeq, send);
      // An earlier run's numbers say nothing; nor do numbers this run has not reached.
      const known = after.server === serverId && after.seq <= lastSeq;
      return topic.listen(known ? after.seq : null, send);
    },
  };
}

function unknownEvent(): AppError {
  return new AppError({
    code: 'usage.invalid',
    message: 'This page listens for something that this version of Accession does not tell.',
    hint: 'Reload the page, or close Accession and start it again, so that both are of the same version.',
  });
}
