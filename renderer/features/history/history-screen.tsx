import { FailureBanner } from '../../components/failure-banner.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import type { ProfileInUse } from '../../lib/profile-in-use.ts';
import { historyTexts } from '../../texts/history.ts';
import { targetInWords } from '../../texts/targets.ts';
import { HistoryList } from './history-list.tsx';
import { OneLoad } from './one-load.tsx';

const texts = historyTexts;

/** Past loads of the profile in use (`#/history`), or one load of it (`#/history/LOAD`). */
export function HistoryScreen({ profile }: { profile: ProfileInUse }) {
  const [loadId] = useNavigation().place.rest;
  if (profile.kind === 'known') {
    const target = targetInWords({ profileId: profile.profileId, profile: profile.name });
    if (loadId !== undefined)
      return <OneLoad key={loadId} loadId={loadId} profileId={profile.profileId} target={target} />;
    // Keyed: another profile's list is another list, and the old one must not be seen under the new name.
    return <HistoryList key={profile.profileId} profileId={profile.profileId} target={target} />;
  }
  return (
    <div className="screen">
      <ScreenHeading title={texts.title} />
      {profile.kind === 'loading' ? (
        <Skeleton words={texts.loading} rows={3} />
      ) : (
        <FailureBanner title={texts.failed} failure={profile.failure} onAgain={profile.again} />
      )}
    </div>
  );
}
