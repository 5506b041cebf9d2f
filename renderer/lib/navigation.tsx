import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Place, placeOf } from './place.ts';

/** Asked before a place is left. True: not now; `proceed` goes there after all. */
type Guard = (target: Place, proceed: () => void) => boolean;

interface Navigation {
  place: Place;
  /** `replace`: without a new step for the Back button. `unguarded`: nobody is asked, what was unsaved is dealt with. */
  go: (address: string, options?: { replace?: boolean; unguarded?: boolean }) => void;
  guards: Set<Guard>;
}

const NavigationContext = createContext<Navigation | null>(null);

/** Follows the address after `#`, so that every place has a link and Back works; asks the guards first. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const [address, setAddress] = useState(() => window.location.hash);
  const accepted = useRef(address);
  const guards = useRef(new Set<Guard>()).current;

  const accept = useCallback((target: string) => {
    accepted.current = target;
    setAddress(target);
  }, []);

  useEffect(() => {
    function onHashChange(): void {
      const target = window.location.hash;
      if (target === accepted.current) return;
      const proceed = (): void => {
        window.history.replaceState(null, '', target);
        accept(target);
      };
      // The address bar already shows the new place: it is put back until the guard has been answered.
      const stays = [...guards].some((guard) => guard(placeOf(target), proceed));
      if (stays) window.history.replaceState(null, '', accepted.current || '#/');
      else accept(target);
    }
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, [guards, accept]);

  const navigation = useMemo<Navigation>(
    () => ({
      place: placeOf(address),
      go: (target, { replace = false, unguarded = false } = {}) => {
        if (unguarded) {
          if (replace) window.history.replaceState(null, '', target);
          else window.history.pushState(null, '', target);
          accept(target);
        } else if (replace) window.location.replace(target);
        else window.location.hash = target;
      },
      guards,
    }),
    [address, guards, accept],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Pick<Navigation, 'place' | 'go'> {
  return useNavigationContext();
}

/** While `guard` is not null it is asked before any place is left. */
export function useLeaveGuard(guard: Guard | null): void {
  const { guards } = useNavigationContext();
  // At once: a person may be gone before an effect after painting has run.
  useLayoutEffect(() => {
    if (guard === null) return;
    guards.add(guard);
    return () => {
      guards.delete(guard);
    };
  }, [guard, guards]);
}

function useNavigationContext(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('NavigationProvider is missing.');
  return navigation;
}
