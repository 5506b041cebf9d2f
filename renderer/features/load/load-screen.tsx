import { EmptyScreen } from '../../components/empty-screen.tsx';
import { screenTexts } from '../../texts/screens.ts';

export function LoadScreen() {
  return <EmptyScreen texts={screenTexts.load} />;
}
