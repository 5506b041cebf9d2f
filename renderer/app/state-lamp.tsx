export type LampState = 'good' | 'bad' | 'busy' | 'idle';

/** A state in words; the dot beside it only repeats them. */
export function StateLamp({ label, words, state }: { label: string; words: string; state: LampState }) {
  return (
    <span className="lamp" data-state={state}>
      <span className="lamp-dot" aria-hidden="true" />
      <span className="lamp-label">{label}:</span> <span className="lamp-words">{words}</span>
    </span>
  );
}
