export const SCREENS = ['load', 'history', 'search', 'events', 'profiles', 'health'] as const;
export type Screen = (typeof SCREENS)[number];

/** Where on the page somebody is; `rest` belongs to the screen. */
export interface Place {
  screen: Screen | 'unknown';
  rest: readonly string[];
}

const START: Place = { screen: 'load', rest: [] };

/** Reads `#/profiles/ID/kafka`. No address at all is the first screen. Never throws. */
export function placeOf(hash: string): Place {
  const path = hash.replace(/^#\/?/, '');
  if (path === '') return START;
  const [first = '', ...rest] = path.split('/').map(decoded);
  const screen = SCREENS.find((name) => name === first) ?? 'unknown';
  return { screen, rest: rest.filter((part) => part !== '') };
}

/** The address of a screen, or of a place in it, for a link's `href`. */
export function addressOf(screen: Screen, ...rest: readonly string[]): string {
  return `#/${[screen, ...rest].map(encodeURIComponent).join('/')}`;
}

/** A "%" that begins no code stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
