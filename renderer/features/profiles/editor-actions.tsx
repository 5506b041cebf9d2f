import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ActionMenu } from '../../components/menu.tsx';
import { failureOf } from '../../lib/failure.ts';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { saveFile } from '../../lib/save-file.ts';
import { testTexts } from '../../texts/profile-test.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { LinkDialog } from './link-dialog.tsx';
import type { EnrolmentLink, ProfileEntry } from './profiles-api.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { isRunning } from './use-tests.ts';

const texts = profileTexts.actions;

/** What can be done with a saved profile as a whole. */
export function EditorActions({
  entry,
  isDirty,
  onTest,
}: {
  entry: ProfileEntry;
  isDirty: boolean;
  onTest: () => void;
}) {
  const { api, reload, tests } = useProfiles();
  const { profiles, defaultId } = useProfileList();
  const { go } = useNavigation();
  const { say } = usePage();
  const [removing, setRemoving] = useState(false);
  const [link, setLink] = useState<EnrolmentLink | null>(null);
  const { id, name } = entry.profile;
  const place = profiles.findIndex(({ profile }) => profile.id === id);

  /** Does something, and says in the status bar how it went. */
  async function run(work: () => Promise<string | null>): Promise<void> {
    try {
      const done = await work();
      await reload();
      if (done !== null) say(done);
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      say(`${message} ${hint}`, 'bad');
    }
  }

  const move = (by: 1 | -1) =>
    run(async () => {
      const ids = profiles.map(({ profile }) => profile.id);
      ids.splice(place, 1);
      ids.splice(place + by, 0, id);
      await api.reorder(ids);
      return profileTexts.list.moved(name, place + by + 1, profiles.length);
    });

  const actions = [
    {
      id: 'duplicate',
      words: texts.duplicate,
      run: () =>
        void run(async () => {
          const copy = await api.duplicate(id);
          await reload();
          go(addressOf('profiles', copy.profile.id));
          return texts.duplicated(copy.profile.name);
        }),
    },
    ...(place > 0 ? [{ id: 'up', words: texts.moveUp, run: () => void move(-1) }] : []),
    ...(place < profiles.length - 1 ? [{ id: 'down', words: texts.moveDown, run: () => void move(1) }] : []),
    {
      id: 'export',
      words: texts.exportFile,
      run: () =>
        void run(async () => {
          saveFile(texts.fileName(name), await api.exportFile(id));
          return texts.exported(name);
        }),
    },
    {
      id: 'link',
      words: texts.link,
      run: () =>
        void run(async () => {
          setLink(await api.link(id));
          return null;
        }),
    },
    { id: 'remove', words: texts.remove, danger: true, run: () => setRemoving(true) },
  ];

  return (
    <div className="editor-actions">
      {defaultId !== id && (
        <Button
          onPress={() =>
            void run(async () => {
              await api.use(id);
              return profileTexts.editor.used(name);
            })
          }
        >
          {profileTexts.editor.use}
        </Button>
      )}
      <Button icon="pulse" isDisabled={isRunning(tests.runs[id])} onPress={onTest}>
        {isDirty ? profileTexts.editor.saveAndTest : testTexts.run}
      </Button>
      <ActionMenu label={profileTexts.editor.more} actions={actions} />
      <RemoveDialog entry={entry} isOpen={removing} onClose={() => setRemoving(false)} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </div>
  );
}
