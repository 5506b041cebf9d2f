import { ProgressBar } from 'react-aria-components/ProgressBar';

/** How far something has come; `share` from 0 to 1, null while nobody knows. */
export function Progress({ label, share }: { label: string; share: number | null }) {
  const value = share === null ? 0 : Math.min(1, Math.max(0, share));
  return (
    <ProgressBar className="progress" aria-label={label} value={value * 100} isIndeterminate={share === null}>
      <span className="progress-done" style={{ inlineSize: `${share === null ? 30 : value * 100}%` }} />
    </ProgressBar>
  );
}
