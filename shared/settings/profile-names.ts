import type { SavedProfile } from './profile.ts';

/** Names that every door understands without any saved profile. */
export const BUILT_IN_PROFILES = ['sandbox', 'environment'] as const;

/** Whether two names are the same to a person: capitals and the spaces around do not tell profiles apart. */
export function sameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(name: string): string {
  return name.trim().replace(/\s+/g, ' ').normalize('NFC').toLowerCase();
}

/** The profile of this name or id; null where there is none. */
export function findProfile(profiles: readonly SavedProfile[], nameOrId: string): SavedProfile | null {
  return (
    profiles.find(({ name }) => sameName(name, nameOrId)) ??
    profiles.find(({ id }) => id === nameOrId.trim().toLowerCase()) ??
    null
  );
}

/** `There is no profile "Lincon". Did you mean "Lincoln"?` */
export function noSuchProfile(profiles: readonly SavedProfile[], name: string): string {
  const nearest = nearestName([...profiles.map((profile) => profile.name), ...BUILT_IN_PROFILES], name);
  return `There is no profile "${name}".${nearest === null ? '' : ` Did you mean "${nearest}"?`}`;
}

/** The known name that was probably meant: at most a third of its letters differ. Null where none is near. */
export function nearestName(names: readonly string[], typed: string): string | null {
  let nearest: { name: string; distance: number } | null = null;
  for (const name of names) {
    const distance = editDistance(folded(name), folded(typed));
    if (distance > Math.max(1, Math.floor(name.length / 3))) continue;
    if (nearest === null || distance < nearest.distance) nearest = { name, distance };
  }
  return nearest?.name ?? null;
}

/** Letters to add, drop, change or swap with their neighbour ("optimal string alignment"). */
function editDistance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(beforeLast, j - 2) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** The longest name that a profile may have; `profileSchema` says the same. */
const MAX_NAME = 80;

/** The wanted name, or `Lincoln (2)`, `Lincoln (3)` … where it is taken. */
export function freeName(profiles: readonly SavedProfile[], wanted: string): string {
  const taken = [...profiles.map(({ name }) => name), ...BUILT_IN_PROFILES];
  const isFree = (name: string): boolean => !taken.some((other) => sameName(other, name));
  const plain = wanted.trim().replace(/ \(\d+\)$/, '') || 'Profile';
  if (isFree(wanted.trim()) && wanted.trim() !== '') return wanted.trim();
  for (let count = 2; ; count += 1) {
    const ending = ` (${count})`;
    const name = `${plain.slice(0, MAX_NAME - ending.length).trimEnd()}${ending}`;
    if (isFree(name)) return name;
  }
}
