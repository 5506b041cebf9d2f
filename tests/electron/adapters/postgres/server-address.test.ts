import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readServerAddress } from '../../../../electron/adapters/postgres/server-address.ts';
import { AppError } from '../../../../shared/errors.ts';

const ssl = (address: string) => readServerAddress(address).ssl;
const SERVER = 'postgres://u:p@db.school.example/library';
const HERE = 'postgres://u:p@localhost/library';

const folder = mkdtempSync(join(tmpdir(), 'accession-address-'));
const authority = join(folder, 'ca.pem');
writeFileSync(authority, 'the authority');
afterAll(() => rmSync(folder, { recursive: true }));

describe('a database address', () => {
  it('gives host, port, user, password and database', () => {
    expect(
      readServerAddress('postgresql://ann:p%40ss%2Fw@db.school.example:6543/my%20library'),
    ).toMatchObject({
      host: 'db.school.example',
      port: 6543,
      user: 'ann',
      password: 'p@ss/w',
      database: 'my library',
    });
  });

  it('means port 5432 and the database of the user where they are left out', () => {
    expect(readServerAddress('postgres://ann@db')).toMatchObject({
      port: 5432,
      database: 'ann',
      password: '',
    });
  });

  it('may name a socket in either way that is in use', () => {
    const expected = { host: '/run/postgresql', database: 'library', ssl: false };
    expect(readServerAddress('postgres://u@/library?host=/run/postgresql')).toMatchObject(expected);
    expect(readServerAddress('postgres://u@%2Frun%2Fpostgresql/library')).toMatchObject(expected);
  });

  it('may name an IPv6 host', () => {
    expect(readServerAddress('postgres://u@[::1]:5433/library')).toMatchObject({
      host: '::1',
      port: 5433,
      ssl: false,
    });
  });

  it('may carry the name of a Python driver, as the old service has it', () => {
    expect(readServerAddress('postgresql+asyncpg://u:p@db/library')).toMatchObject({
      host: 'db',
      database: 'library',
    });
  });

  it('is refused without quoting it when it cannot be read', () => {
    for (const address of [
      'mysql://u:secret@db/x',
      'u:secret@db',
      'postgres://u:se#cret@db/x',
      'postgres://u:%zz@db/x',
    ]) {
      let thrown: unknown;
      try {
        readServerAddress(address);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(AppError);
      expect(thrown).toMatchObject({ code: 'settings.invalid' });
      expect(`${thrown} ${(thrown as AppError).cause}`).not.toMatch(/secret|se#|%zz/);
    }
  });
});

describe('encryption', () => {
  it('is there and verified unless the address says otherwise', () => {
    expect(ssl(SERVER)).toEqual({ rejectUnauthorized: true });
    expect(ssl(`${SERVER}?sslmode=prefer`)).toEqual({ rejectUnauthorized: true });
    expect(ssl(`${SERVER}?sslmode=verify-full`)).toEqual({ rejectUnauthorized: true });
  });

  it('is left out on this computer unless the address asks for it', () => {
    expect(ssl(HERE)).toBe(false);
    expect(ssl('postgres://u@127.0.0.1/library')).toBe(false);
    expect(ssl(`${HERE}?sslmode=verify-full`)).toEqual({ rejectUnauthorized: true });
  });

  it('is left out with sslmode=disable', () => {
    expect(ssl(`${SERVER}?sslmode=disable`)).toBe(false);
    expect(ssl(`${SERVER}?ssl=false`)).toBe(false);
  });

  it('does not ask who answers with require, as the Postgres manual has it, nor with no-verify', () => {
    expect(ssl(`${SERVER}?sslmode=require`)).toEqual({ rejectUnauthorized: false });
    expect(ssl(`${SERVER}?sslmode=no-verify`)).toEqual({ rejectUnauthorized: false });
    expect(ssl(`${SERVER}?ssl=require`)).toEqual({ rejectUnauthorized: false });
  });

  it('verifies the authority that the address names, and with verify-ca or require not the name', () => {
    expect(ssl(`${SERVER}?sslrootcert=${authority}`)).toEqual({
      ca: 'the authority',
      rejectUnauthorized: true,
    });
    const nameIsFree = {
      ca: 'the authority',
      rejectUnauthorized: true,
      checkServerIdentity: expect.any(Function),
    };
    expect(ssl(`${SERVER}?sslmode=verify-ca&sslrootcert=${authority}`)).toEqual(nameIsFree);
    expect(ssl(`${SERVER}?sslmode=require&sslrootcert=${authority}`)).toEqual(nameIsFree);
  });

  it('reports a certificate file that cannot be read and a mode that nobody knows', () => {
    expect(() => ssl(`${SERVER}?sslrootcert=${join(folder, 'absent.pem')}`)).toThrow(/sslrootcert/);
    expect(() => ssl(`${SERVER}?sslmode=sometimes`)).toThrow(/sslmode/);
  });
});
