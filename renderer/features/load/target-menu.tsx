import { useCallback } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import type { SavedProfile } from '../../../shared/settings/profile.ts';
import { Icon } from '../../components/icon.tsx';
import { ColourMark, KindTag, ProfileChip } from '../../components/profile-chip.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { failureOf } from '../../lib/failure.ts';
import { usePage } from '../../lib/page-context.tsx';
import { useAnswer } from '../../lib/use-answer.ts';
import { loadTexts } from '../../texts/load.ts';
import { targetInWords, targetName, unchosenTarget } from '../../texts/targets.ts';

const texts = loadTexts.draft;
const UNCHOSEN = 'unchosen';

type Target = Pick<SavedProfile, 'name' | 'kind' | 'colour' | 'readOnly'>;

/** Where a draft would be loaded, and the way to choose another. */
export function TargetMenu({
  draft,
  onDraft,
  isDisabled,
}: {
  draft: DraftView;
  onDraft: (draft: DraftView) => void;
  isDisabled: boolean;
}) {
  const contract = useContract();
  const { say } = usePage();
  const { answer, again } = useAnswer(
    useCallback((signal: AbortSignal) => contract.request('profiles.list', {}, { signal }), [contract]),
  );
  const list = answer.kind === 'ready' ? answer.value : null;
  const profiles = list?.profiles.map(({ profile }) => profile) ?? [];
  const targets: { id: string; target: Target }[] = [
    ...(list === null ? [] : [{ id: UNCHOSEN, target: unchosenTarget(list.unchosen) }]),
    ...profiles.map((profile) => ({ id: profile.id, target: profile })),
  ];
  const now: Target = {
    name: targetName(draft),
    kind: draft.profileKind,
    colour: profiles.find(({ id }) => id === draft.profileId)?.colour ?? 'grey',
    readOnly: draft.readOnly,
  };

  async function choose(id: string): Promise<void> {
    const profileId = id === UNCHOSEN ? null : id;
    if (profileId === draft.profileId) return;
    try {
      const { draft: changed } = await contract.request('drafts.target', {
        draftId: draft.draftId,
        profileId,
      });
      onDraft(changed);
      say(texts.changed(targetInWords(changed)));
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      say(`${message} ${hint}`, 'bad');
    }
  }

  return (
    <MenuTrigger
      onOpenChange={(open) => {
        if (open) again();
      }}
    >
      <AriaButton className="target" isDisabled={isDisabled}>
        <span className="hidden-text">{texts.into}</span> <ProfileChip profile={now} />{' '}
        <span className="hidden-text">{texts.change}</span>
        <Icon name="down" />
      </AriaButton>
      <Popover className="popover" placement="bottom start">
        <AriaMenu
          className="menu"
          aria-label={texts.targets}
          selectionMode="single"
          selectedKeys={[draft.profileId ?? UNCHOSEN]}
          disallowEmptySelection
          onAction={(key) => void choose(String(key))}
        >
          {targets.map(({ id, target }) => (
            <MenuItem key={id} id={id} textValue={target.name} className="menu-item target-item">
              <ColourMark profile={target} />
              <span className="target-name">{target.name}</span>
              <KindTag profile={target} />
              <span className="select-check" aria-hidden="true">
                <Icon name="check" />
              </span>
            </MenuItem>
          ))}
          {answer.kind !== 'ready' && (
            <MenuItem id="others" className="menu-item soft" isDisabled>
              {answer.kind === 'loading' ? texts.targetsReading : texts.targetsFailed}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
