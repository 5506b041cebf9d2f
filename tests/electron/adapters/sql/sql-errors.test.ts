import { describe, expect, it } from 'vitest';
import { translateSqlError } from '../../../../electron/adapters/sql/sql-errors.ts';
import { AppError, type ErrorCode } from '../../../../shared/errors.ts';

const vendor = (code: string, fields: object = {}, message = 'value "Ann Miller" …') =>
  Object.assign(new Error(message), { code, detail: 'Key (name)=(Ann Miller) already exists.', ...fields });

describe('an error of the database', () => {
  const expected: [state: string, code: ErrorCode, retryable: boolean][] = [
    ['28P01', 'db.login', false],
    ['28000', 'db.login', false],
    ['3D000', 'db.login', false],
    ['42501', 'db.permission', false],
    ['25006', 'db.permission', false],
    ['42P01', 'db.missing-table', false],
    ['3F000', 'db.missing-table', false],
    ['42703', 'db.incompatible', false],
    ['40001', 'db.conflict', true],
    ['40P01', 'db.conflict', true],
    ['55P03', 'db.conflict', true],
    ['22001', 'db.row-refused', false],
    ['22P02', 'db.row-refused', false],
    ['23503', 'db.row-refused', false],
    ['23514', 'db.row-refused', false],
    ['54000', 'db.row-refused', false],
    ['53100', 'db.full', false],
    ['53200', 'db.full', false],
    ['53300', 'db.unreachable', true],
    ['57P01', 'db.unreachable', true],
    ['57P03', 'db.unreachable', true],
    ['08006', 'db.unreachable', true],
    ['57014', 'db.failed', true],
    ['42601', 'db.failed', false],
    ['54001', 'db.failed', false],
    ['ECONNREFUSED', 'db.unreachable', true],
    ['ENOTFOUND', 'db.unreachable', true],
    ['ETIMEDOUT', 'db.unreachable', true],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'db.unreachable', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'db.unreachable', false],
  ];
  it.each(expected)('%s becomes %s', (state, code, retryable) => {
    const error = translateSqlError(vendor(state));
    expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
  });

  it('never lends its text to the message or the hint', () => {
    for (const [state] of expected) {
      const error = translateSqlError(vendor(state));
      expect(`${error.message} ${error.hint}`).not.toContain('Ann Miller');
    }
  });

  it('keeps the whole of it as the cause', () => {
    const original = vendor('23505');
    expect(translateSqlError(original).cause).toBe(original);
  });

  it('names table, column and rule, which are no data', () => {
    const error = translateSqlError(vendor('23502', { table: 'students', column: 'grade_level' }));
    expect(error.message).toContain('students');
    expect(error.message).toContain('grade_level');
  });

  it.each([
    ['42704', 'type "vector" does not exist'],
    ['0A000', 'extension "vector" is not available'],
    ['58P01', 'could not access file "$libdir/vector": No such file or directory'],
  ])('%s about vector becomes db.missing-extension', (state, message) => {
    expect(translateSqlError(vendor(state, {}, message)).code).toBe('db.missing-extension');
  });

  it.each([
    ['Connection terminated unexpectedly', 'db.unreachable'],
    ['timeout expired', 'db.unreachable'],
    ['The server does not support SSL connections', 'db.unreachable'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'db.login'],
    ['something new', 'db.failed'],
  ])('"%s", which has no code, becomes %s', (message, code) => {
    expect(translateSqlError(new Error(message)).code).toBe(code);
  });

  it('is known by its parts when every address of a server refused', () => {
    const refused = new AggregateError([vendor('ECONNREFUSED'), vendor('ECONNREFUSED')]);
    expect(translateSqlError(refused).code).toBe('db.unreachable');
  });

  it('that was translated before stays as it is', () => {
    const error = new AppError({ code: 'load.lease-lost', message: 'm', hint: 'h' });
    expect(translateSqlError(error)).toBe(error);
  });
});
