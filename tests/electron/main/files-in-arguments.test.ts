import { expect, test } from 'vitest';
import { filesInArguments } from '../../../electron/main/files-in-arguments.ts';

test('a file named on the command line is found from the folder it was typed in', () => {
  expect(filesInArguments(['/opt/Accession/accession', 'books.csv', '/x/Students.XLSX'], '/home/a')).toEqual([
    '/home/a/books.csv',
    '/x/Students.XLSX',
  ]);
});

test('program, application folder, switches and other files are no files to open', () => {
  const argv = [
    '/usr/bin/x.csv',
    '/src/accession',
    '--user-data-dir=/tmp/a.csv',
    '-v',
    'notes.pdf',
    'a.csv.exe',
  ];
  expect(filesInArguments(argv, '/')).toEqual([]);
});

test('a file named twice is opened once', () => {
  expect(filesInArguments(['app', 'a.csv', './a.csv'], '/d')).toEqual(['/d/a.csv']);
});
