import type { EVENTS } from '../../shared/contract/events.ts';
import type { LoadEvent } from '../engine/load-events.ts';
import type { EventHub } from './event-hub.ts';

/**
 * Tells the pages what happens in a load: those that follow this one, and those that follow all of them. Where in
 * the program it failed stays behind: that is for the log.
 */
export function publishLoadEvent(events: Pick<EventHub<typeof EVENTS>, 'publish'>, event: LoadEvent): void {
  if (event.kind === 'step-progress') {
    events.publish('loads.progress', event.loadId, event);
    return;
  }
  const told = withoutTrace(event);
  events.publish('loads.happened', event.loadId, told);
  events.publish('loads.happened', null, told);
}

function withoutTrace(event: Exclude<LoadEvent, { kind: 'step-progress' }>) {
  if (event.kind !== 'load-failed') return event;
  const { trace: _, ...told } = event;
  return told;
}
