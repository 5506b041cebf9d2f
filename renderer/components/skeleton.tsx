/** In the place of a list that has not come yet. `words` are read aloud. */
export function Skeleton({ words, rows = 2 }: { words: string; rows?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="hidden-text">{words}</span>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <span key={at} className="skeleton-row" />
      ))}
    </div>
  );
}
