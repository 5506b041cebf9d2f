import { entryOf, useProfiles } from '../features/profiles/profiles-store.tsx';
import type { LampState } from './state-lamp.tsx';

/** What is known of the database of the profile in use: nothing before it has been tested on this page. */
export function useTargetState(): {
  words: 'unknown' | 'testing' | 'ok' | 'failed' | 'sandbox';
  lamp: LampState;
} {
  const { state, tests } = useProfiles();
  if (state.kind !== 'ready') return { words: 'unknown', lamp: 'idle' };
  const entry = entryOf(state.list, state.list.defaultId);
  if (entry === null || entry.profile.kind === 'sandbox') return { words: 'sandbox', lamp: 'good' };
  const part = tests.runs[entry.profile.id]?.postgres;
  if (part?.kind === 'running') return { words: 'testing', lamp: 'busy' };
  if (part?.kind !== 'done') return { words: 'unknown', lamp: 'idle' };
  return part.result.state === 'failed' ? { words: 'failed', lamp: 'bad' } : { words: 'ok', lamp: 'good' };
}
