import type { EventDefinition } from '../../shared/contract/define.ts';

export type HubMessage =
  /** The subscription stands and begins after `seq`. Not sent where a gap comes first. */
  | { kind: 'subscribed'; seq: number }
  | { kind: 'event'; seq: number; payload: unknown }
  /** Everything up to `seq` is lost to this listener. */
  | { kind: 'gap'; seq: number };

interface KeptEvent {
  seq: number;
  payload: unknown;
}

export interface TopicListener {
  ack(seq: number): void;
  close(): void;
}

/** One event of one scope: its last events, and its listeners as places in them. */
export interface EventTopic {
  add(event: KeptEvent): void;
  /** Begins after `afterSeq`; null: at an unknown place, so with a gap. */
  listen(afterSeq: number | null, send: (message: HubMessage) => void): TopicListener;
  hasListeners(): boolean;
  newestSeq(): number;
  /** Up to here, what was said may be lost. */
  lostSeq(): number;
}

/** How many messages may be under way to one listener before it has acked: enough to hide a round trip. */
const WINDOW = 64;

/**
 * Listeners share the kept events instead of having queues of their own, so that a slow one costs nothing: it is
 * a place in them, and when they have moved on past that place it is told of a gap, once it can hear it.
 */
export function createEventTopic(
  delivery: EventDefinition['delivery'],
  limits: { kept: number; lostSeq: number },
): EventTopic {
  const latest = delivery === 'latest';
  const window = latest ? 1 : WINDOW;
  const pumps = new Set<() => void>();
  let kept: KeptEvent[] = [];
  let lostSeq = limits.lostSeq;
  let newestSeq = limits.lostSeq;

  function add(event: KeptEvent): void {
    newestSeq = event.seq;
    if (latest) kept = [event];
    else kept.push(event);
    // Half at a time: cutting one off the front at each event would move the whole list each time.
    if (kept.length >= limits.kept * 2) {
      const gone = kept.splice(0, kept.length - limits.kept);
      lostSeq = gone.at(-1)?.seq ?? lostSeq;
    }
    for (const pump of [...pumps]) pump();
  }

  function listen(afterSeq: number | null, send: (message: HubMessage) => void): TopicListener {
    let place = afterSeq ?? 0;
    let gap = afterSeq === null;
    let underway: number[] = [];

    function next(): HubMessage | null {
      if (gap || place < lostSeq) {
        gap = false;
        // `latest` still has the one that counts, so the gap ends before it.
        return { kind: 'gap', seq: latest && kept.length > 0 ? newestSeq - 1 : newestSeq };
      }
      const event = kept[firstAfter(kept, place)];
      return event === undefined ? null : { kind: 'event', ...event };
    }

    function pump(): void {
      while (underway.length < window && pumps.has(pump)) {
        const message = next();
        if (message === null) return;
        place = message.seq;
        underway.push(message.seq);
        send(message);
      }
    }

    if (afterSeq !== null) send({ kind: 'subscribed', seq: afterSeq });
    pumps.add(pump);
    pump();
    return {
      ack(seq) {
        underway = underway.filter((sent) => sent > seq);
        pump();
      },
      close() {
        pumps.delete(pump);
      },
    };
  }

  return {
    add,
    listen,
    hasListeners: () => pumps.size > 0,
    newestSeq: () => newestSeq,
    lostSeq: () => lostSeq,
  };
}

/** Index of the first event after `seq`, by halving; the list's length where there is none. */
function firstAfter(events: readonly KeptEvent[], seq: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
