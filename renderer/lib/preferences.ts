/** What one person chose for this page alone: the look, the keys. Kept by the browser, lost without harm. */
export interface Preferences {
  theme: 'auto' | 'light' | 'dark';
  singleKeys: boolean;
}

const KEY = 'accession.page';
const DEFAULTS: Preferences = { theme: 'auto', singleKeys: true };

/** Never throws: a browser may forbid storage, and what is stored may be anything. */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    const theme =
      'theme' in stored && (stored.theme === 'light' || stored.theme === 'dark') ? stored.theme : 'auto';
    return { theme, singleKeys: !('singleKeys' in stored && stored.singleKeys === false) };
  } catch {
    return DEFAULTS;
  }
}

export function writePreferences(preferences: Preferences): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Then the choice holds until the page is closed.
  }
}

/** Sets the colours of the whole page; `auto` follows the system. */
export function applyTheme(theme: Preferences['theme']): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
