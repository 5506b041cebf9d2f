import { describe, expect, it } from 'vitest';
import { fileError } from '../../../../electron/adapters/csv/file-errors.ts';
import { AppError } from '../../../../shared/errors.ts';

describe('what the operating system says about a file', () => {
  it.each([
    ['ENOENT', 'file.missing', '/books/books.csv'],
    ['ENOTDIR', 'file.missing', '/books/books.csv'],
    ['EISDIR', 'file.is-directory', 'folder'],
    ['EACCES', 'file.unreadable', 'not allowed'],
    ['EBUSY', 'file.unreadable', 'another program'],
    ['EMFILE', 'file.unreadable', 'too many files'],
    ['ENFILE', 'file.unreadable', 'too many files'],
    ['EIO', 'file.unreadable', 'fault'],
    ['ENXIO', 'file.unreadable', 'not a regular file'],
    ['EOTHER', 'file.unreadable', 'books.csv cannot be read'],
  ])('%s becomes %s in plain words', (code, appCode, says) => {
    const thrown = Object.assign(new Error('open'), { code });
    expect(fileError(thrown, '/books/books.csv', 'books.csv')).toMatchObject({
      code: appCode,
      message: expect.stringContaining(says),
      cause: thrown,
    });
  });

  it('stays an AppError where it is one already', () => {
    const error = new AppError({ code: 'file.empty', message: 'm', hint: 'h' });
    expect(fileError(error, '/x', 'x')).toBe(error);
  });
});
