import { describe, expect, it } from 'vitest';
import { postgresAddressOf, readPostgresAddress } from '../../../shared/settings/profile-address.ts';

function read(text: string) {
  const reading = readPostgresAddress(text);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.address;
}

describe('a database address', () => {
  it.each([
    ['postgresql://u:p@h:6000/d', { host: 'h', port: 6000, database: 'd', user: 'u', tls: null }, 'p'],
    ['postgres://u@h', { host: 'h', port: 5432, database: 'u', user: 'u', tls: null }, null],
    ['postgresql+asyncpg://u:p@h/d', { host: 'h', port: 5432, database: 'd', user: 'u', tls: null }, 'p'],
    ['postgresql://u:p@[::1]:5433/d', { host: '::1', port: 5433, database: 'd', user: 'u', tls: null }, 'p'],
    [
      'postgresql://u:p@/d?host=/var/run/postgresql',
      { host: '/var/run/postgresql', port: 5432, database: 'd', user: 'u', tls: null },
      'p',
    ],
    [
      'postgresql://u@%2Fvar%2Frun%2Fpostgresql/d',
      { host: '/var/run/postgresql', port: 5432, database: 'd', user: 'u', tls: null },
      null,
    ],
    [
      'postgresql://u%40x:p%3A%2F%23@h/my%20d',
      { host: 'h', port: 5432, database: 'my d', user: 'u@x', tls: null },
      'p:/#',
    ],
    ['postgresql://u:p@ss:w@h/d', { host: 'h', port: 5432, database: 'd', user: 'u', tls: null }, 'p@ss:w'],
    ['postgresql://u:100%@h/d', { host: 'h', port: 5432, database: 'd', user: 'u', tls: null }, '100%'],
    [
      'postgresql://h/d?user=u&password=p',
      { host: 'h', port: 5432, database: 'd', user: 'u', tls: null },
      'p',
    ],
  ])('%s is taken apart', (text, settings, password) => {
    expect(read(text)).toEqual({ settings, password, ignored: [] });
  });

  it.each([
    ['disable', 'off'],
    ['allow', null],
    ['prefer', null],
    ['require', 'encrypt'],
    ['no-verify', 'encrypt'],
    ['verify-ca', 'verify'],
    ['verify-full', 'verify'],
    ['require&sslrootcert=/x', 'verify'],
  ])('with sslmode=%s is encrypted: %s', (mode, tls) => {
    expect(read(`postgresql://u@h/d?sslmode=${mode}`).settings.tls).toBe(tls);
  });

  it('names the parameters that were not taken', () => {
    expect(read('postgresql://u@h/d?sslrootcert=/x&options=-c%20a&sslmode=require').ignored).toEqual([
      'sslrootcert',
      'options',
    ]);
  });

  it.each([
    'mysql://u:hidden@h/d',
    'db.school.example',
    'postgresql://u:hidden@h:99999/d',
    'postgresql://u:hid/den@h/d/e@f:x/y',
    'postgresql://u:hidden@one,two/d',
    'postgresql://h/d',
    '',
  ])('%j is refused without being quoted', (text) => {
    const reading = readPostgresAddress(text);
    expect(reading.ok).toBe(false);
    expect(JSON.stringify(reading)).not.toMatch(/hidden|hid\/den/);
  });

  it.each([
    { host: 'db.school.example', port: 6432, database: 'library', user: 'lib', tls: 'verify' as const },
    { host: '::1', port: 5432, database: 'd', user: 'u', tls: null },
    { host: '/var/run/postgresql', port: 5433, database: 'a b', user: 'u@x', tls: 'off' as const },
    { host: 'h', port: 5432, database: 'd/e', user: 'ü', tls: 'encrypt' as const },
  ])('made of $host is read as the same again', (settings) => {
    const password = 'p@:/?#[]%20 ß';
    expect(read(postgresAddressOf(settings, password))).toEqual({ settings, password, ignored: [] });
    expect(read(postgresAddressOf(settings, null)).password).toBeNull();
  });
});
