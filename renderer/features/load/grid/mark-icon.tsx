const PATHS = {
  error: 'M6 .5 11.5 6 6 11.5.5 6zM6 3.2v3.4M6 8.7h.01',
  warning: 'M6 1.3 11.2 10.5H.8zM6 4.6v2.8M6 9h.01',
  fixed: 'm2 6.5 2.8 2.8L10 3',
  skipped: 'M2 6h8',
} as const;

export type Mark = keyof typeof PATHS;

/** A mark in a cell, which tells its kind by its shape; what it means is said beside it. */
export function MarkIcon({ mark }: { mark: Mark }) {
  return (
    <svg
      className={`grid-mark grid-mark-${mark}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      <path d={PATHS[mark]} />
    </svg>
  );
}
