import { EmptyScreen } from '../../components/empty-screen.tsx';
import { screenTexts } from '../../texts/screens.ts';

export function EventsScreen() {
  return <EmptyScreen texts={screenTexts.events} />;
}
