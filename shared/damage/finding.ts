import type { DamageExample } from './column-summary.ts';
import type { DamageKind, DateSystem } from './kinds.ts';

/** How one finding is put right, cell by cell (repairs.ts). Plain data. */
export type Repair =
  | { kind: 'isbn-leading-zero' }
  | { kind: 'isbn-decimal-tail' }
  | { kind: 'id-leading-zero'; length: number }
  | { kind: 'id-decimal-tail' }
  | { kind: 'date-serial'; system: DateSystem }
  | { kind: 'mojibake' };

/**
 * `proved`: the cell itself proves what stood there. `suggested`: likely, and a person has to say so.
 * `lost`: what stood there cannot be known from the file.
 */
export type Certainty = 'proved' | 'suggested' | 'lost';

/** One kind of damage in one column, explained to a librarian. Texts never repeat what a cell holds. */
export interface DamageFinding {
  kind: DamageKind;
  /** Canonical name; null for a column that is not loaded. */
  column: string | null;
  /** From 0. */
  position: number;
  heading: string;
  cells: number;
  certainty: Certainty;
  title: string;
  /** What the spreadsheet did, what is proved and what cannot be. */
  explanation: string;
  /** How to avoid it next time. */
  advice: string;
  examples: readonly DamageExample[];
  /** Null where nothing can be put right. */
  repair: Repair | null;
}
