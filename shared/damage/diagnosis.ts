import type { DamageExample } from './column-summary.ts';
import type { Certainty, Repair } from './finding.ts';
import type { DamageKind } from './kinds.ts';

/** What is known of one kind of damage in one column, before it is put into words. */
export interface Diagnosis {
  kind: DamageKind;
  cells: number;
  examples: readonly DamageExample[];
  certainty: Certainty;
  repair: Repair | null;
  /**
   * Cells that the words set beside these: ids of full length, ids without a decimal tail, dates that are no day
   * numbers, texts that are garbled only in part. Otherwise 0.
   */
  beside: number;
}

/** The column that the words speak of. */
export interface Place {
  /** Its heading in quotation marks, or `column 3`. */
  name: string;
  /** Cells that are not empty. */
  filled: number;
  loaded: boolean;
}

/** Titles and explanations hold counts and headings, never what a cell holds: they travel into logs and terminals. */
export interface DamageText {
  title: string;
  explanation: string;
  advice: string;
}
