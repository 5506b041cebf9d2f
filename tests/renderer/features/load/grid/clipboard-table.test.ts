import { expect, test } from 'vitest';
import {
  readClipboardTable,
  writeClipboardTable,
} from '../../../../../renderer/features/load/grid/clipboard-table.ts';

test('tabs part cells, line breaks part rows, and a last line break begins no row', () => {
  expect(readClipboardTable('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(readClipboardTable('a\n\nb')).toEqual([['a'], [''], ['b']]);
});

test('a quoted cell keeps its tabs, line breaks and quotation marks', () => {
  expect(readClipboardTable('"a\tb"\t"line one\nline two"\n"say ""hi"""\tx')).toEqual([
    ['a\tb', 'line one\nline two'],
    ['say "hi"', 'x'],
  ]);
});

test('a quotation mark that was only typed stays where it is', () => {
  expect(readClipboardTable('"Hello" she said\t5" pipe')).toEqual([['"Hello" she said', '5" pipe']]);
  expect(readClipboardTable('"never closed\tb')).toEqual([['"never closed', 'b']]);
});

test('an empty cell at the end of a row is a cell', () => {
  expect(readClipboardTable('a\t\n\tb')).toEqual([
    ['a', ''],
    ['', 'b'],
  ]);
});

test('what is written is read back the same', () => {
  const rows = [
    ['plain', 'with\ttab', ''],
    ['two\nlines', '"quoted"', ' spaces '],
  ];
  expect(readClipboardTable(writeClipboardTable(rows))).toEqual(rows);
});
