import { Banner } from '../../components/banner.tsx';
import { addressOf } from '../../lib/place.ts';
import { useRunningLoads } from '../../lib/use-running-loads.ts';
import { loadTexts } from '../../texts/load.ts';

/** A load goes on when its page is closed: whoever comes back finds it here. */
export function RunningNotice() {
  const running = useRunningLoads();
  if (running.kind !== 'known') return null;
  return running.loads.map(({ loadId, profile }) => (
    <Banner
      key={loadId}
      tone="info"
      title={loadTexts.start.running(profile)}
      actions={
        <a className="button button-plain" href={addressOf('history', loadId)}>
          {loadTexts.start.showRunning}
        </a>
      }
    />
  ));
}
