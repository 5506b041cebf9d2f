import type { NameIn, PayloadIn } from './contract.ts';
import { draftEvents } from './drafts.ts';
import { loadEvents } from './loads.ts';
import { profileEvents } from './profiles.ts';

/** Everything a backend tells without being asked. A domain's events are listed in its own file and joined here. */
export const EVENTS = [...loadEvents, ...profileEvents, ...draftEvents] as const;

export type EventName = NameIn<typeof EVENTS>;
export type PayloadOf<N extends EventName> = PayloadIn<typeof EVENTS, N>;
