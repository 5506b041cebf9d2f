import { createContext, useContext } from 'react';
import type { ProfileEntry } from './profiles-api.ts';

interface Editing {
  /** The saved profile behind the form; null: it is a new one. */
  entry: ProfileEntry | null;
}

export const EditingContext = createContext<Editing>({ entry: null });

export function useEditing(): Editing {
  return useContext(EditingContext);
}
