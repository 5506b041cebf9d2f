import { EmptyScreen } from '../../components/empty-screen.tsx';
import { screenTexts } from '../../texts/screens.ts';

export function HistoryScreen() {
  return <EmptyScreen texts={screenTexts.history} />;
}
