import { useEffect } from 'react';
import { EventsScreen } from '../features/events/events-screen.tsx';
import { HealthScreen } from '../features/health/health-screen.tsx';
import { HistoryScreen } from '../features/history/history-screen.tsx';
import { LoadScreen } from '../features/load/load-screen.tsx';
import { ProfilesScreen } from '../features/profiles/profiles-screen.tsx';
import { SearchScreen } from '../features/search/search-screen.tsx';
import type { ConnectionState } from '../lib/client-state.ts';
import { useNavigation } from '../lib/navigation.tsx';
import { shellTexts } from '../texts/shell.ts';
import type { Services } from './services.ts';
import { UnknownScreen } from './unknown-screen.tsx';
import { useProfileInUse } from './use-profile-in-use.ts';

/** The screen that the address names; the window's title follows it. */
export function Screens({ services, connection }: { services: Services; connection: ConnectionState }) {
  const { screen } = useNavigation().place;
  const profile = useProfileInUse();
  useEffect(() => {
    const name = screen === 'unknown' ? shellTexts.unknownScreen.title : shellTexts.screens[screen];
    document.title = shellTexts.titleOf(name);
  }, [screen]);
  switch (screen) {
    case 'load':
      return <LoadScreen />;
    case 'history':
      return <HistoryScreen profile={profile} />;
    case 'search':
      return <SearchScreen />;
    case 'events':
      return <EventsScreen />;
    case 'profiles':
      return <ProfilesScreen />;
    case 'health':
      return <HealthScreen connection={connection} about={services.about} />;
    case 'unknown':
      return <UnknownScreen />;
  }
}
