import { EmptyScreen } from '../../components/empty-screen.tsx';
import { screenTexts } from '../../texts/screens.ts';

export function SearchScreen() {
  return <EmptyScreen texts={screenTexts.search} />;
}
