import { Banner } from '../../components/banner.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import { useProfileList } from './profiles-store.tsx';

/** Stays for as long as secrets lie unprotected, or can't be kept: nobody should have to remember that. */
export function ProtectionBanner() {
  const { protection } = useProfileList();
  if (protection.kind === 'none')
    return (
      <Banner tone="warn" title={profileTexts.noStore.title}>
        {profileTexts.noStore.text}
      </Banner>
    );
  if (protection.kind === 'basic-text' && protection.allowed)
    return (
      <Banner tone="warn" title={profileTexts.unprotected.title}>
        {profileTexts.unprotected.text}
      </Banner>
    );
  return null;
}
