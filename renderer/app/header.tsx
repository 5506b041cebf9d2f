import { Button } from '../components/button.tsx';
import { ProfileChip } from '../components/profile-chip.tsx';
import { entryOf, useProfiles } from '../features/profiles/profiles-store.tsx';
import type { ConnectionState } from '../lib/client-state.ts';
import { addressOf } from '../lib/place.ts';
import { shellTexts } from '../texts/shell.ts';
import { unchosenTarget } from '../texts/targets.ts';
import markUrl from './mark.svg';
import { SignOutButton } from './sign-out-button.tsx';
import { StateLamp } from './state-lamp.tsx';
import { useTargetState } from './use-target-state.ts';

const texts = shellTexts;
const LAMPS = { connecting: 'busy', open: 'good', lost: 'bad', refused: 'bad' } as const;

/** Always there: the profile in use in its colour, and whether program and database answer. */
export function Header({
  connection,
  onHelp,
  signOut,
}: {
  connection: ConnectionState;
  onHelp: () => void;
  /** Null where nobody signs in. */
  signOut: (() => Promise<void>) | null;
}) {
  const target = useTargetState();
  return (
    <header className="header">
      <a className="brand" href={addressOf('load')}>
        <img src={markUrl} alt="" width="20" height="20" />
        <span>{texts.product}</span>
      </a>
      <ProfileInUse />
      {/* Read aloud when it changes. */}
      <div className="lamps" role="status">
        <StateLamp
          label={texts.connection.label}
          words={texts.connection[connection.kind]}
          state={LAMPS[connection.kind]}
        />
        <StateLamp label={texts.target.label} words={texts.target[target.words]} state={target.lamp} />
      </div>
      <div className="header-actions">
        {signOut !== null && connection.kind !== 'refused' && <SignOutButton signOut={signOut} />}
        <Button look="quiet" icon="keyboard" aria-label={texts.help.open} onPress={onHelp} />
      </div>
    </header>
  );
}

function ProfileInUse() {
  const { state } = useProfiles();
  if (state.kind === 'loading') return <span className="profile-chip soft">{texts.profile.loading}</span>;
  const entry = state.kind === 'ready' ? entryOf(state.list, state.list.defaultId) : null;
  return (
    <a
      className="profile-in-use"
      href={entry === null ? addressOf('profiles') : addressOf('profiles', entry.profile.id)}
    >
      <span className="hidden-text">{texts.profile.label}: </span>
      {state.kind === 'ready' && (
        <ProfileChip profile={entry?.profile ?? unchosenTarget(state.list.unchosen)} />
      )}
      {state.kind === 'failed' && (
        <span className="profile-chip" data-colour="grey">
          <span className="colour-mark" data-colour="grey" aria-hidden="true" />
          <span className="profile-chip-name">{texts.profile.unknown}</span>
        </span>
      )}
    </a>
  );
}
