import { useMemo } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { useShortcuts } from '../../lib/shortcuts.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import { CreateProfile } from './create-profile.tsx';
import { formOf } from './form-values.ts';
import { NoProfile } from './no-profile.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { ProfileList } from './profile-list.tsx';
import type { ProfileEntry } from './profiles-api.ts';
import { entryOf, useProfileList, useProfiles } from './profiles-store.tsx';
import { ProtectionBanner } from './protection-banner.tsx';
import { SECTIONS, type Section } from './sections.ts';

const texts = profileTexts.list;
const NEW = 'new';

/** `#/profiles`, `#/profiles/new/…` and `#/profiles/ID/SECTION`: the list, and beside it what is being worked on. */
export function ProfilesScreen() {
  const { state, reload } = useProfiles();
  const { place, go } = useNavigation();
  const [id = null] = place.rest;
  useShortcuts({ n: () => go(addressOf('profiles', NEW)) });

  return (
    <div className="screen screen-split" data-detail={id !== null || undefined}>
      <div className="pane-list">
        <ScreenHeading
          title={profileTexts.title}
          lead={profileTexts.lead}
          actions={
            <Button look="primary" icon="plus" onPress={() => go(addressOf('profiles', NEW))}>
              {profileTexts.newProfile}
            </Button>
          }
        />
        {state.kind === 'loading' && <Skeleton words={texts.loading} rows={3} />}
        {state.kind === 'failed' && (
          <FailureBanner title={texts.failedTitle} failure={state.failure} onAgain={() => void reload()} />
        )}
        {state.kind === 'ready' && <ListPane chosen={id} />}
      </div>
      {/* Keyed: another profile is another form, not the same one with other values. */}
      {state.kind === 'ready' ? <DetailPane key={id} id={id} /> : <div className="pane-detail" />}
    </div>
  );
}

function ListPane({ chosen }: { chosen: string | null }) {
  const { profiles, notices } = useProfileList();
  return (
    <>
      {notices.map(({ message, keptAs }) => (
        <Banner key={message} tone="warn">
          {message} {keptAs !== '' && texts.noticeKept(keptAs)}
        </Banner>
      ))}
      <ProtectionBanner />
      {profiles.length === 0 ? (
        <div className="empty">
          <p className="empty-title">{texts.emptyTitle}</p>
          <p className="soft">{texts.emptyText}</p>
        </div>
      ) : (
        <>
          <ProfileList chosen={chosen} />
          <NoProfile />
        </>
      )}
    </>
  );
}

function DetailPane({ id }: { id: string | null }) {
  const { place } = useNavigation();
  const list = useProfileList();
  const entry = entryOf(list, id);
  if (id === null && list.profiles.length > 0)
    return (
      <div className="pane-detail pane-detail-empty">
        <Icon name="profiles" />
        <p className="soft">{texts.choose}</p>
      </div>
    );
  return (
    <div className="pane-detail">
      {id !== null && (
        <a className="back" href={addressOf('profiles')}>
          <Icon name="left" /> {texts.back}
        </a>
      )}
      {id === NEW || id === null ? (
        <CreateProfile way={place.rest[1] ?? null} />
      ) : entry === null ? (
        <Banner tone="warn">{texts.gone}</Banner>
      ) : (
        <SavedProfile entry={entry} sectionName={place.rest[1]} />
      )}
    </div>
  );
}

function SavedProfile({ entry, sectionName }: { entry: ProfileEntry; sectionName: string | undefined }) {
  const { go } = useNavigation();
  const start = useMemo(() => formOf(entry.profile), [entry]);
  const section: Section = SECTIONS.find((one) => one === sectionName) ?? 'general';
  return (
    <ProfileEditor
      entry={entry}
      start={start}
      section={section}
      onSection={(next) => go(addressOf('profiles', entry.profile.id, next), { replace: true })}
    />
  );
}
