import { describe, expect, it } from 'vitest';
import { checkProfile } from '../../../shared/settings/profile-problems.ts';
import { adams, CERTIFICATE, complete, LINCOLN_ID, lincoln, PRIVATE_KEY } from './profile-fixtures.ts';

const POSTGRES = { host: 'db.school.example', database: 'library', user: 'librarian' };

function problems(draft: unknown, others = [adams()]): Record<string, string> {
  const checked = checkProfile(LINCOLN_ID, draft, others);
  return checked.ok ? {} : checked.problems;
}

describe('a profile as entered', () => {
  it('will do with a name, a kind and a database', () => {
    expect(problems({ name: 'Lincoln', kind: 'production', postgres: POSTGRES })).toEqual({});
    expect(problems({ name: 'Try it', kind: 'sandbox' })).toEqual({});
    expect(problems(complete())).toEqual({});
  });

  it('gets every problem at its field at once', () => {
    const found = problems({
      name: ' ',
      kind: 'staging',
      postgres: { host: '', port: 70_000, database: 'd', user: 'u', colour: 1 },
      kafka: { brokers: [] },
      batchRows: 0,
      openai: { baseUrl: 'models.example' },
    });
    expect(Object.keys(found).sort()).toEqual([
      'batchRows',
      'kafka.brokers',
      'kind',
      'name',
      'openai.baseUrl',
      'postgres.colour',
      'postgres.host',
      'postgres.port',
    ]);
    expect(found['postgres.port']).toContain('1 to 65535');
  });

  it.each([
    ['a taken name', { name: ' ADAMS ' }, 'name'],
    ['a name of Accession itself', { name: 'Sandbox' }, 'name'],
    ['no database outside a sandbox', { postgres: null }, 'postgres'],
    ['a database in a sandbox', { kind: 'sandbox' }, 'postgres'],
    [
      'an address in place of a server',
      { postgres: { ...POSTGRES, host: 'postgresql://u:p@h/d' } },
      'postgres.host',
    ],
    ['a private key in place of an authority', { postgres: { ...POSTGRES, ca: PRIVATE_KEY } }, 'postgres.ca'],
    [
      'a key behind a certificate',
      { postgres: { ...POSTGRES, ca: CERTIFICATE + PRIVATE_KEY } },
      'postgres.ca',
    ],
    [
      'an unverified production database',
      { kind: 'production', postgres: { ...POSTGRES, tls: 'encrypt' } },
      'postgres.tls',
    ],
    [
      'a password on the way to Kafka',
      { kafka: { brokers: ['k:9092'], sasl: { mechanism: 'plain', username: 'u' } } },
      'kafka.tls',
    ],
    ['a broker without a port', { kafka: { brokers: ['k:9092', 'kafka'] } }, 'kafka.brokers.1'],
    ['a broker with a login', { kafka: { brokers: ['u:hidden@k:9092'] } }, 'kafka.brokers.0'],
    ['a key in the address', { openai: { baseUrl: 'https://u:hidden@models.example/v1' } }, 'openai.baseUrl'],
    [
      'a key behind the address',
      { openai: { baseUrl: 'https://models.example/v1?api_key=hidden' } },
      'openai.baseUrl',
    ],
    [
      'a key unencrypted from production',
      { kind: 'production', openai: { baseUrl: 'http://models.example/v1' } },
      'openai.baseUrl',
    ],
  ])('is refused for %s, at the field, unquoted', (_, otherwise, path) => {
    const found = problems({ ...lincoln(), ...otherwise });
    expect(Object.keys(found)).toEqual([path]);
    expect(found[path]).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(found)).not.toContain('hidden');
  });

  it('may send what it likes to this computer', () => {
    const kafka = { brokers: ['localhost:9092', '[::1]:9092'], sasl: { mechanism: 'plain', username: 'u' } };
    expect(
      problems({
        ...lincoln(),
        kind: 'production',
        kafka,
        postgres: { ...POSTGRES, host: '127.0.0.1', tls: 'off' },
      }),
    ).toEqual({});
  });

  it('is refused, not thrown at, where it is no profile at all', () => {
    for (const draft of [null, 'x', 7, []]) expect(problems(draft).name).toBeDefined();
  });
});
