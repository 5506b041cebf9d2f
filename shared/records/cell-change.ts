import type { Repair } from '../damage/finding.ts';
import { repairCell } from '../damage/repairs.ts';

/** A rule that changes the cells of one column. Plain data: it crosses threads and is kept in journals. */
export type CellChangeRule =
  /** `find` anywhere in the cell, or only where it is the whole cell (spaces around it aside). */
  | { kind: 'replace'; find: string; replacement: string; whole: boolean; matchCase: boolean }
  /** What the damage doctor proposes for a column. */
  | { kind: 'repair'; repair: Repair | null }
  /** Whole cells by what stands in them (`dictionaryKey`), with what is to stand there. */
  | { kind: 'dictionary'; entries: readonly (readonly [from: string, to: string])[] };

/** The cell's new text, or null where the rule leaves it as it is. */
export function cellChange(rule: CellChangeRule): (cell: string) => string | null {
  switch (rule.kind) {
    case 'repair':
      return (cell) => repairCell(rule, cell);
    case 'replace':
      return replacing(rule);
    case 'dictionary':
      return lookingUp(rule);
  }
}

/** Spaces around a text and its capitals make no difference. */
export function dictionaryKey(text: string): string {
  return text.trim().toLowerCase();
}

function lookingUp({
  entries,
}: Extract<CellChangeRule, { kind: 'dictionary' }>): (cell: string) => string | null {
  const meanings = new Map(entries.map(([from, to]) => [dictionaryKey(from), to]));
  return (cell) => {
    const meaning = meanings.get(dictionaryKey(cell));
    return meaning === undefined || meaning === cell ? null : meaning;
  };
}

function replacing(rule: Extract<CellChangeRule, { kind: 'replace' }>): (cell: string) => string | null {
  const { find, replacement, whole, matchCase } = rule;
  if (find === '' && !whole) return () => null;
  const pattern = find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const expression = new RegExp(whole ? `^\\s*${pattern}\\s*$` : pattern, matchCase ? 'gu' : 'giu');
  return (cell) => {
    const changed = cell.replace(expression, () => replacement);
    return changed === cell ? null : changed;
  };
}
