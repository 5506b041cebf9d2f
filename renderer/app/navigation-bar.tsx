import { Icon } from '../components/icon.tsx';
import { useNavigation } from '../lib/navigation.tsx';
import { addressOf, SCREENS } from '../lib/place.ts';
import { shellTexts } from '../texts/shell.ts';

export function NavigationBar() {
  const { place } = useNavigation();
  return (
    <nav className="navigation" aria-label={shellTexts.navigation}>
      <ul>
        {SCREENS.map((screen) => (
          <li key={screen}>
            <a
              className="navigation-link"
              href={addressOf(screen)}
              aria-current={place.screen === screen ? 'page' : undefined}
            >
              <Icon name={screen} />
              <span>{shellTexts.screens[screen]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
