import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { addressOf } from '../../lib/place.ts';
import { useRunningLoads } from '../../lib/use-running-loads.ts';
import { historyTexts } from '../../texts/history.ts';
import { progressTexts } from '../../texts/progress.ts';
import { targetInWords } from '../../texts/targets.ts';
import { FilesOfLoad } from './files-of-load.tsx';

const texts = historyTexts.one;

/** One load: its report, or how far it has come. One that runs may be of another profile than the one in use. */
export function OneLoad({
  loadId,
  profileId,
  target,
}: {
  loadId: string;
  profileId: string | null;
  target: string;
}) {
  const running = useRunningLoads();
  const own = running.kind === 'known' ? running.loads.find((one) => one.loadId === loadId) : undefined;
  // Remembered: when it has ended it is no longer among those that run, and still of that profile.
  const [place, setPlace] = useState({ profileId, target });
  if (own !== undefined && own.profileId !== place.profileId)
    setPlace({ profileId: own.profileId, target: targetInWords(own) });
  return (
    <div className="screen one-load">
      <div className="one-load-heading">
        <a className="way-back no-print" href={addressOf('history')}>
          <Icon name="left" /> {texts.back}
        </a>
        <h1>{texts.title(loadId)}</h1>
      </div>
      {running.kind === 'asking' ? (
        <p role="status" className="soft">
          {progressTexts.asking}
        </p>
      ) : (
        <LoadView loadId={loadId} profileId={place.profileId} target={place.target}>
          <FilesOfLoad loadId={loadId} />
        </LoadView>
      )}
    </div>
  );
}
