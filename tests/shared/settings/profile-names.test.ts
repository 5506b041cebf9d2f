import { describe, expect, it } from 'vitest';
import { findProfile, freeName, nearestName, noSuchProfile } from '../../../shared/settings/profile-names.ts';
import { ADAMS_ID, adams, lincoln } from './profile-fixtures.ts';

const BOTH = [lincoln(), adams()];

describe('the name of a profile', () => {
  it('finds it whatever its capitals and spaces, and so does its id', () => {
    expect(findProfile(BOTH, ' lincoln')?.name).toBe('Lincoln');
    expect(findProfile(BOTH, ADAMS_ID)?.name).toBe('Adams');
    expect(findProfile(BOTH, 'Linco')).toBeNull();
  });

  it.each([
    ['Lincon', 'There is no profile "Lincon". Did you mean "Lincoln"?'],
    ['lnicoln', 'There is no profile "lnicoln". Did you mean "Lincoln"?'],
    ['sandbx', 'There is no profile "sandbx". Did you mean "sandbox"?'],
    ['Roosevelt', 'There is no profile "Roosevelt".'],
  ])('mistyped as %s is answered helpfully', (typed, message) => {
    expect(noSuchProfile(BOTH, typed)).toBe(message);
  });

  it('is nearest where the fewest letters differ', () => {
    expect(nearestName(['Lincoln East', 'Lincoln West'], 'Lincoln Wst')).toBe('Lincoln West');
  });

  it('gets a number where it is taken, and never grows beyond what a name may have', () => {
    expect(freeName(BOTH, 'Grant')).toBe('Grant');
    expect(freeName(BOTH, 'lincoln')).toBe('lincoln (2)');
    expect(freeName([...BOTH, lincoln({ name: 'Lincoln (2)' })], 'Lincoln (2)')).toBe('Lincoln (3)');
    expect(freeName(BOTH, 'sandbox')).toBe('sandbox (2)');
    const long = 'x'.repeat(80);
    expect(freeName([lincoln({ name: long })], long)).toHaveLength(80);
  });
});
