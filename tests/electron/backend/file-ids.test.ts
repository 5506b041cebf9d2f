import { expect, test } from 'vitest';
import { createFileIds } from '../../../electron/backend/file-ids.ts';
import { AppError } from '../../../shared/errors.ts';

const path = '/home/ada/Grade 5/students.csv';

test('an id leads back to its path, for the client it was issued to', () => {
  const ids = createFileIds();
  const id = ids.issue('client-1', path);
  expect(ids.filesOf('client-1').pathOf(id)).toBe(path);
});

test('an id says nothing of the path and cannot be guessed', () => {
  const ids = createFileIds();
  const first = ids.issue('client-1', path);
  const second = ids.issue('client-1', path);
  expect(first).toMatch(/^file-[\w-]{32}$/);
  expect(first).not.toBe(second);
  expect(first).not.toContain('students');
});

test('the id of one client is unknown to another', () => {
  const ids = createFileIds();
  const id = ids.issue('client-1', path);
  ids.issue('client-2', '/b.csv');
  expect(() => ids.filesOf('client-2').pathOf(id)).toThrow(AppError);
});

test.each([[path], ['constructor'], ['__proto__'], ['']])('%j is no id', (id) => {
  const ids = createFileIds();
  ids.issue('client-1', path);
  expect(() => ids.filesOf('client-1').pathOf(id)).toThrow(
    expect.objectContaining({ code: 'file.missing', message: expect.not.stringContaining('csv') }),
  );
});

test('an id that main issued can be taken over', () => {
  const ids = createFileIds();
  ids.adopt('desktop', 'id-of-main', path);
  expect(ids.filesOf('desktop').pathOf('id-of-main')).toBe(path);
});

test('an id ends alone, or with its client', () => {
  const ids = createFileIds();
  const files = ids.filesOf('client-1');
  const [first, second] = [ids.issue('client-1', '/a.csv'), ids.issue('client-1', '/b.csv')];
  expect(ids.revoke('client-1', first)).toBe('/a.csv');
  expect(ids.revoke('client-1', first)).toBe(null);
  expect(() => files.pathOf(first)).toThrow(AppError);
  expect(files.pathOf(second)).toBe('/b.csv');
  expect(ids.forget('client-1')).toEqual(['/b.csv']);
  expect(() => files.pathOf(second)).toThrow(AppError);
});
