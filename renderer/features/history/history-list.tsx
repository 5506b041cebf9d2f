import { Button } from '../../components/button.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { addressOf } from '../../lib/place.ts';
import { useRunningLoads } from '../../lib/use-running-loads.ts';
import { historyTexts } from '../../texts/history.ts';
import { PastLoads } from './past-loads.tsx';
import { RunningLine } from './running-line.tsx';
import { useHistory } from './use-history.ts';

const texts = historyTexts;

/** Loads that run now, each with how far it has come; below them what was loaded before, newest first. */
export function HistoryList({ profileId, target }: { profileId: string | null; target: string }) {
  const { history, again, more } = useHistory(profileId);
  const running = useRunningLoads();
  const now = running.kind === 'known' ? running.loads : [];
  const past =
    history.kind === 'known'
      ? history.loads.filter(({ loadId }) => !now.some((one) => one.loadId === loadId))
      : [];
  return (
    <div className="screen">
      <ScreenHeading
        title={texts.title}
        lead={texts.lead(target)}
        actions={
          <Button look="quiet" icon="again" onPress={again}>
            {texts.refresh}
          </Button>
        }
      />
      {now.length > 0 && (
        <section className="history-running" aria-labelledby="history-running">
          <h2 id="history-running">{texts.running.title}</h2>
          <ul>
            {now.map((load) => (
              <RunningLine key={load.loadId} load={load} />
            ))}
          </ul>
        </section>
      )}
      {history.kind === 'asking' && <Skeleton words={texts.loading} rows={3} />}
      {history.kind === 'failed' && (
        <FailureBanner title={texts.failed} failure={history.failure} onAgain={again} />
      )}
      {history.kind === 'known' && past.length > 0 && <PastLoads loads={past} />}
      {history.kind === 'known' && past.length === 0 && now.length === 0 && (
        <div className="empty history-empty">
          <p className="empty-title">{texts.empty.title}</p>
          <p className="soft">{texts.empty.text(target)}</p>
          <p>
            <a className="button button-primary" href={addressOf('load')}>
              <Icon name="load" /> {texts.empty.start}
            </a>
          </p>
        </div>
      )}
      {more !== null && (
        <p className="history-more">
          <span className="soft">{texts.list.more(past.length)}</span>{' '}
          <Button onPress={more}>{texts.list.showMore}</Button>
        </p>
      )}
    </div>
  );
}
