import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { Icon } from '../../components/icon.tsx';
import { ColourMark, KindTag } from '../../components/profile-chip.tsx';
import { failureOf } from '../../lib/failure.ts';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { moved } from './moved.ts';
import type { ProfileEntry } from './profiles-api.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';

const texts = profileTexts.list;

/** All profiles, in the person's order: chosen with a press or Enter, moved by their handle with mouse or keys. */
export function ProfileList({ chosen }: { chosen: string | null }) {
  const { api, reload } = useProfiles();
  const { profiles, defaultId } = useProfileList();
  const { go } = useNavigation();
  const { say } = usePage();
  // Where a row was just dropped, until the list has come back in that order.
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const shown = order === null ? profiles : inOrder(profiles, order);

  async function reorder(ids: readonly string[]): Promise<void> {
    setOrder(ids);
    try {
      await api.reorder(ids);
      await reload();
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      say(`${message} ${hint}`, 'bad');
    }
    setOrder(null);
  }

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': nameOf(profiles, String(key)) })),
    onReorder({ keys, target }) {
      const ids = shown.map(({ profile }) => profile.id);
      const moving = ids.filter((id) => keys.has(id));
      void reorder(moved(ids, moving, String(target.key), target.dropPosition === 'after'));
    },
  });

  return (
    <GridList
      className="profile-list"
      aria-label={texts.label}
      items={shown}
      dependencies={[defaultId]}
      selectionMode="single"
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [id] = keys === 'all' ? [] : keys;
        // Choosing the chosen one again means it, too.
        const target = id === undefined ? chosen : String(id);
        if (target !== null) go(addressOf('profiles', target));
      }}
      dragAndDropHooks={dragAndDropHooks}
    >
      {(entry) => <Row id={entry.profile.id} entry={entry} isInUse={entry.profile.id === defaultId} />}
    </GridList>
  );
}

function Row({ id, entry, isInUse }: { id: string; entry: ProfileEntry; isInUse: boolean }) {
  const { profile, missing } = entry;
  return (
    <GridListItem id={id} textValue={profile.name} className="profile-row" data-kind={profile.kind}>
      <AriaButton slot="drag" className="grip" aria-label={texts.move(profile.name)}>
        <Icon name="grip" />
      </AriaButton>
      <ColourMark profile={profile} />
      <span className="profile-row-words">
        <span className="profile-row-heading">
          <span className="profile-row-name">{profile.name}</span>
          <KindTag profile={profile} />
          {isInUse && (
            <span className="tag" data-tone="good">
              {texts.inUse}
            </span>
          )}
        </span>
        <span className="profile-row-parts">{partsOf(entry)}</span>
        {missing.length > 0 && (
          <span className="profile-row-missing">
            <Icon name="key" /> {texts.missing(missing.length)}
          </span>
        )}
      </span>
    </GridListItem>
  );
}

function partsOf({ profile }: ProfileEntry): string {
  if (profile.kind === 'sandbox') return texts.parts.sandbox;
  const { postgres, kafka, openai } = profile;
  return [
    postgres === null ? null : postgres.host,
    kafka === null ? null : texts.parts.kafka,
    openai === null ? null : texts.parts.openai,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function nameOf(profiles: readonly ProfileEntry[], id: string): string {
  return profiles.find(({ profile }) => profile.id === id)?.profile.name ?? '';
}

function inOrder(profiles: readonly ProfileEntry[], ids: readonly string[]): ProfileEntry[] {
  return profiles.toSorted((a, b) => ids.indexOf(a.profile.id) - ids.indexOf(b.profile.id));
}
