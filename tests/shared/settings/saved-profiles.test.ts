import { describe, expect, it } from 'vitest';
import { secretsGoingElsewhere, secretsNeeded } from '../../../shared/settings/profile-secret.ts';
import {
  inOrder,
  NO_PROFILES,
  profilesOf,
  revisionOf,
  type SavedProfiles,
  withoutProfile,
  withProfile,
} from '../../../shared/settings/saved-profiles.ts';
import { readSavedProfiles } from '../../../shared/settings/saved-profiles-versions.ts';
import { ADAMS_ID, adams, complete, LINCOLN_ID, lincoln } from './profile-fixtures.ts';

const BOTH: SavedProfiles = withProfile(withProfile(NO_PROFILES, lincoln()), adams());
const names = (saved: SavedProfiles): string[] => profilesOf(saved).map(({ name }) => name);

describe('the saved profiles', () => {
  it('keep the order that a person gave them', () => {
    expect(names(BOTH)).toEqual(['Lincoln', 'Adams']);
    expect(names(inOrder(BOTH, [ADAMS_ID, LINCOLN_ID]))).toEqual(['Adams', 'Lincoln']);
    expect(names(inOrder(BOTH, [ADAMS_ID]))).toEqual(['Adams', 'Lincoln']);
    expect(names(inOrder(BOTH, ['33333333-3333-4333-8333-333333333333']))).toEqual(['Lincoln', 'Adams']);
    expect(names(withProfile(BOTH, lincoln({ name: 'Lincoln West' })))).toEqual(['Lincoln West', 'Adams']);
  });

  it('forget the default with its profile', () => {
    const saved = { ...BOTH, default: LINCOLN_ID };
    expect(withoutProfile(saved, ADAMS_ID).default).toBe(LINCOLN_ID);
    expect(withoutProfile(saved, LINCOLN_ID)).toEqual(withProfile(NO_PROFILES, adams()));
  });

  it('have another revision after any change', () => {
    expect(revisionOf(lincoln())).toBe(revisionOf(lincoln()));
    expect(revisionOf(lincoln({ readOnly: true }))).not.toBe(revisionOf(lincoln()));
  });
});

describe('the text of profiles.json', () => {
  it('is read as it was written', () => {
    const saved = withProfile(BOTH, complete());
    expect(readSavedProfiles(JSON.stringify(saved))).toEqual({ kind: 'profiles', saved, migrated: false });
  });

  it('of version 0, a list, becomes version 1 in the same order', () => {
    const text = JSON.stringify({ profiles: [adams(), lincoln()], default: LINCOLN_ID });
    const read = readSavedProfiles(text);
    expect(read).toMatchObject({
      kind: 'profiles',
      migrated: true,
      saved: { version: 1, default: LINCOLN_ID },
    });
    expect(read.kind === 'profiles' && names(read.saved)).toEqual(['Adams', 'Lincoln']);
  });

  it('of a newer version is left alone', () => {
    expect(readSavedProfiles(JSON.stringify({ version: 2, whatever: [] }))).toEqual({
      kind: 'newer',
      version: 2,
    });
  });

  it.each([
    '',
    '{"version":1,"order":[],"prof',
    '[]',
    'null',
    '{"version":"1"}',
    '{"version":1,"order":[],"profiles":{}}',
    '{"profiles":[{"id":"x"}]}',
  ])('%j is damaged', (text) => {
    expect(readSavedProfiles(text)).toEqual({ kind: 'damaged' });
  });

  it('puts order, ids and default right where somebody edited it by hand', () => {
    const text = JSON.stringify({
      ...BOTH,
      order: [ADAMS_ID],
      default: '33333333-3333-4333-8333-333333333333',
    });
    const read = readSavedProfiles(text);
    expect(read).toMatchObject({ saved: { order: [ADAMS_ID, LINCOLN_ID], default: null } });
  });
});

describe('the secrets of a profile', () => {
  it('are needed for what it reaches', () => {
    expect(secretsNeeded(complete())).toEqual([
      'postgres-password',
      'kafka-password',
      'kafka-client-key',
      'openai-api-key',
    ]);
    expect(secretsNeeded(lincoln({ postgres: { host: '/run/pg', database: 'd', user: 'u' } }))).toEqual([]);
  });

  it('have to be entered again where an edit would hand them to another server', () => {
    const { kafka, postgres, openai } = complete();
    if (kafka === null || postgres === null || openai === null) throw new Error('It has every part.');
    const going = (otherwise: object) => secretsGoingElsewhere(complete(), { ...complete(), ...otherwise });
    expect(going({ name: 'Other', readOnly: true })).toEqual([]);
    expect(going({ postgres: { ...postgres, host: 'DB.School.example', database: 'other' } })).toEqual([]);
    expect(going({ postgres: { ...postgres, host: 'evil.example' } })).toEqual(['postgres-password']);
    expect(going({ postgres: { ...postgres, port: 1 } })).toEqual(['postgres-password']);
    expect(going({ kafka: { ...kafka, brokers: kafka.brokers.slice(1) } })).toEqual([]);
    expect(going({ kafka: { ...kafka, brokers: [...kafka.brokers, 'evil.example:9092'] } })).toEqual([
      'kafka-password',
      'kafka-client-key',
    ]);
    expect(going({ openai: { ...openai, baseUrl: 'https://models.school.example/v2' } })).toEqual([]);
    expect(going({ openai: { ...openai, baseUrl: null } })).toEqual(['openai-api-key']);
  });
});
