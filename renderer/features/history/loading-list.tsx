import { historyTexts } from '../../texts/history.ts';

export function LoadingList() {
  return (
    <div className="skeleton history-loading" role="status">
      <span className="hidden-text">{historyTexts.loading}</span>
      <span className="skeleton-row" />
      <span className="skeleton-row" />
      <span className="skeleton-row" />
    </div>
  );
}
