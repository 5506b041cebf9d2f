import { type ReactNode, useRef, useState } from 'react';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import type { ConnectionState } from '../lib/client-state.ts';
import { useNavigation } from '../lib/navigation.tsx';
import { addressOf, SCREENS } from '../lib/place.ts';
import { useShortcuts } from '../lib/shortcuts.tsx';
import { shellTexts } from '../texts/shell.ts';
import { Header } from './header.tsx';
import { NavigationBar } from './navigation-bar.tsx';
import { SCREEN_KEYS } from './screen-keys.ts';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import { useLoadNotices } from './use-load-notices.ts';

/** The frame that is on every screen: where one can go, which profile is in use, whether all is connected. */
export function Shell({
  connection,
  onRetry,
  signOut,
  children,
}: {
  connection: ConnectionState;
  onRetry: () => void;
  signOut: (() => Promise<void>) | null;
  children: ReactNode;
}) {
  const { go, place } = useNavigation();
  // Where a table is worked on, it gets the room.
  const isTable = place.screen === 'load' && place.rest.length > 0 && (place.rest[1] ?? 'files') === 'files';
  const [helps, setHelps] = useState(false);
  const content = useRef<HTMLElement>(null);
  useLoadNotices();
  useShortcuts({
    '?': () => setHelps(true),
    ...Object.fromEntries(SCREENS.map((screen) => [`g ${SCREEN_KEYS[screen]}`, () => go(addressOf(screen))])),
  });

  return (
    <div className="shell" data-wide={isTable ? '' : undefined}>
      {/* A button, as the address after # is a place on this page and a link would change it. */}
      <button type="button" className="skip-link" onClick={() => content.current?.focus()}>
        {shellTexts.skipToContent}
      </button>
      <Header connection={connection} onHelp={() => setHelps(true)} signOut={signOut} />
      <NavigationBar />
      <main className="content" id="content" ref={content} tabIndex={-1}>
        {(connection.kind === 'lost' || connection.kind === 'refused') && (
          <Banner
            tone="bad"
            title={connection.error.message}
            actions={<Retry connection={connection} onRetry={onRetry} />}
          >
            {connection.error.hint}
          </Banner>
        )}
        {children}
      </main>
      <StatusBar connection={connection} />
      <ShortcutsSheet isOpen={helps} onClose={() => setHelps(false)} />
    </div>
  );
}

/** A lost connection can be tried at once; one that was refused would be refused again, by this page. */
function Retry({ connection, onRetry }: { connection: ConnectionState; onRetry: () => void }) {
  if (connection.kind === 'lost') return <Button onPress={onRetry}>{shellTexts.connection.retry}</Button>;
  return <Button onPress={() => window.location.reload()}>{shellTexts.connection.reload}</Button>;
}
