import { entryOf, useProfiles } from '../features/profiles/profiles-store.tsx';
import type { LampState } from './state-lamp.tsx';

/** What is known of the database of the profile in use: nothing before it has been tested on this page. */
export function useTargetState(): {
  words: 'unknown' | 'testing' | 'ok' | 'unready' | 'failed' | 'sandbox';
  lamp: LampState;
} {
  const { state, tests } = useProfiles();
  if (state.kind !== 'ready') return { words: 'unknown', lamp: 'idle' };
  const entry = entryOf(state.list, state.list.defaultId);
  if ((entry?.profile ?? state.list.unchosen).kind === 'sandbox') return { words: 'sandbox', lamp: 'good' };
  // What the server was started with is tested by no page.
  if (entry === null) return { words: 'unknown', lamp: 'idle' };
  const part = tests.runs[entry.profile.id]?.postgres;
  if (part?.kind === 'running') return { words: 'testing', lamp: 'busy' };
  if (part?.kind !== 'done') return { words: 'unknown', lamp: 'idle' };
  if (part.result.state !== 'failed') return { words: 'ok', lamp: 'good' };
  // A server that told its version was reached: something in it is missing, such as the schema or a right.
  return { words: part.result.version === null ? 'failed' : 'unready', lamp: 'bad' };
}
