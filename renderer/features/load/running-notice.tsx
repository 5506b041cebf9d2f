import { Banner } from '../../components/banner.tsx';
import { addressOf } from '../../lib/place.ts';
import { useRunningLoads } from '../../lib/use-running-loads.ts';
import { loadTexts } from '../../texts/load.ts';
import { targetInWords } from '../../texts/targets.ts';

/** A load goes on when its page is closed: whoever comes back finds it here. */
export function RunningNotice() {
  const running = useRunningLoads();
  if (running.kind !== 'known') return null;
  return running.loads.map((load) => (
    <Banner
      key={load.loadId}
      tone="info"
      title={loadTexts.start.running(targetInWords(load))}
      actions={
        <a className="button button-plain" href={addressOf('history', load.loadId)}>
          {loadTexts.start.showRunning}
        </a>
      }
    />
  ));
}
